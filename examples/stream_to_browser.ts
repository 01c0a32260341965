/**
 * Answers of a decoupled model to a browser, as server-sent events. The program reads five of its own
 * events and hangs up, which cancels the request.
 *
 *     deno run --allow-net examples/stream_to_browser.ts localhost:8001
 */
import { InferenceClient } from "@trtis/trtis";

const [address = "localhost:8001"] = Deno.args;
await using client = await InferenceClient.connect({ url: `grpc://${address}`, api: "v2" });
const model = await client.model("repeat");

const cancelled = Promise.withResolvers<void>();

function events(count: number): Response {
  const stream = model.stream();
  const answers = stream.inferMany({ inputs: { IN: [7], COUNT: [count] } });
  const body = new ReadableStream<string>({
    // Called when the browser takes more: a slow one holds the server back.
    async pull(controller) {
      const { done, value } = await answers.next();
      if (done) return controller.close();
      const data = value.error ? { error: value.error.message } : value.output("INDEX").numbers();
      controller.enqueue(`data: ${JSON.stringify(data)}\n\n`);
    },
    async cancel() {
      await answers.return();
      await stream.close({ timeoutMs: 1000 });
      cancelled.resolve();
    },
  });
  const headers = { "content-type": "text/event-stream" };
  return new Response(body.pipeThrough(new TextEncoderStream()), { headers });
}

const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => events(100_000));
const response = await fetch(`http://127.0.0.1:${server.addr.port}/`);
const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
let text = "";
while ((text.match(/\n\n/g)?.length ?? 0) < 5) text += (await reader.read()).value;
console.log(text.split("\n\n").slice(0, 5).join(" "));
await reader.cancel();
await cancelled.promise;
console.log("cancelled");
await server.shutdown();
