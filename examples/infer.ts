/**
 * One request: adds and subtracts two vectors with the model `simple`.
 *
 *     deno run --allow-net examples/infer.ts localhost:8000
 *     deno run --allow-net examples/infer.ts grpc://localhost:8001
 */
import { InferenceClient } from "@trtis/trtis";

const [address = "localhost:8000"] = Deno.args;
await using client = await InferenceClient.connect(address);

const a = Int32Array.from({ length: 16 }, (_, i) => i);
const b = new Int32Array(16).fill(1);
const result = await client.infer("simple", { inputs: { INPUT0: a, INPUT1: b } });
if (result.error) {
  console.error(`${result.error.code}: ${result.error.message}`);
  Deno.exit(1);
}

const sums = result.output("OUTPUT0").data;
const differences = result.output("OUTPUT1").data;
for (let i = 0; i < a.length; i++) {
  console.log(`${a[i]} + ${b[i]} = ${sums[i]}, ${a[i]} - ${b[i]} = ${differences[i]}`);
}
