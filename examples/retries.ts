/**
 * Retries: two addresses of which one is dead, and a limit for all attempts together.
 *
 *     deno run --allow-net examples/retries.ts localhost:8000
 */
import { InferenceClient } from "@trtis/trtis";

const [address = "localhost:8000"] = Deno.args;
await using client = await InferenceClient.connect({
  url: [address, "127.0.0.1:1"],
  timeoutMs: 5000,
  retry: {
    attempts: 5,
    on: (error) => error.retryable,
    backoff: { firstMs: 20, factor: 2, maxMs: 500, jitter: 0.5 },
  },
});
let failures = 0;
for (let i = 0; i < 20; i++) {
  const { error } = await client.infer("simple", {
    inputs: { INPUT0: new Int32Array(16), INPUT1: new Int32Array(16) },
  });
  if (error) failures++;
}
console.log(`20 requests, ${failures} failures`);
