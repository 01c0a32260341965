/**
 * Uploads: images are decoded in workers, so that the event loop stays free. The program uploads two
 * images to itself, and something that is not an image.
 *
 *     deno run --allow-net --allow-read --allow-sys examples/uploads.ts localhost:8000
 */
import { InferenceClient, InferenceError } from "@trtis/trtis";
import { imageModel, ImagePool } from "@trtis/trtis/image";

const [address = "localhost:8000"] = Deno.args;
await using client = await InferenceClient.connect({ url: address, timeoutMs: 5000 });
using pool = new ImagePool({ workers: 2, maxWaiting: 100 });
const model = await client.model("colors");
const { inputName, outputName, spec } = imageModel(model.info, { scaling: "INCEPTION" });

async function classify(request: Request): Promise<Response> {
  try {
    const bytes = new Uint8Array(await request.arrayBuffer());
    const tensor = await pool.prepare(bytes, spec, { name: "upload" });
    const result = await model.inferOrThrow({
      inputs: { [inputName]: { bytes: tensor } },
      outputs: [{ name: outputName, classes: 1 }],
    });
    return Response.json(result.output(outputName).classes()[0]?.label);
  } catch (error) {
    if (!(error instanceof InferenceError)) throw error;
    const status = error.code === "FILE" ? 415 : error.retryable ? 503 : 502;
    return new Response(error.message, { status });
  }
}

const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, classify);
const images = ["apple_red.jpg", "lemon_yellow.png"];
const uploads = images.map((name) => Deno.readFileSync(`examples/images/${name}`));
for (const body of [...uploads, new TextEncoder().encode("no image")]) {
  const url = `http://127.0.0.1:${server.addr.port}/`;
  const response = await fetch(url, { method: "POST", body });
  console.log(response.status, await response.text());
}
await server.shutdown();
