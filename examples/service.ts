/**
 * A service that answers from a model: one client, limits, retries, cancellation, an orderly end. It asks
 * itself three times and ends. It runs on Node and Bun as well; only the arguments are Deno's.
 *
 *     deno run --allow-net examples/service.ts localhost:8000
 */
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { InferenceClient } from "@trtis/trtis";

const [address = "localhost:8000"] = Deno.args;
const client = await InferenceClient.connect({
  url: address,
  timeoutMs: 2000,
  retry: { attempts: 3 },
});

const server = createServer(async ({ url = "" }, response) => {
  const value = Number(new URL(url, "http://localhost").searchParams.get("value"));
  if (!Number.isInteger(value)) return send(response, 400, "value must be a whole number");
  // A caller who hangs up cancels his inference.
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  const result = await client.infer("simple", {
    inputs: { INPUT0: new Int32Array(16).fill(value), INPUT1: new Int32Array(16).fill(1) },
    signal: gone.signal,
  });
  if (result.error) {
    console.error(JSON.stringify(result.error));
    return send(response, result.error.retryable ? 503 : 502, result.error.code);
  }
  send(response, 200, JSON.stringify({ sum: result.output("OUTPUT0").as("INT32")[0] }));
});

function send(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { connection: "close" }).end(text);
}

await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const { port } = server.address() as AddressInfo;
for (const value of ["1", "41", "x"]) {
  const response = await fetch(`http://127.0.0.1:${port}/?value=${value}`);
  console.log(response.status, await response.text());
}
await new Promise((resolve) => server.close(resolve));
await client.drain({ timeoutMs: 5000 });
