/**
 * Batching: a hundred callers, each with one request, and what the server sees of them.
 *
 *     deno run --allow-net examples/batching.ts localhost:8000
 */
import { InferenceClient } from "@trtis/trtis";

const [address = "localhost:8000"] = Deno.args;
await using client = await InferenceClient.connect(address);
const executions = async () => (await client.statistics("simple"))[0]?.executionCount ?? 0n;
const batcher = (await client.model("simple")).batch({ maxSize: 8, maxDelayMs: 2 });

async function caller(value: number): Promise<number> {
  const result = await batcher.inferOrThrow({
    inputs: { INPUT0: new Int32Array(16).fill(value), INPUT1: new Int32Array(16).fill(1) },
  });
  return result.output("OUTPUT0").as("INT32")[0]!;
}

const before = await executions();
const sums = await Promise.all(Array.from({ length: 100 }, (_, value) => caller(value)));
const right = sums.every((sum, value) => sum === value + 1);
console.log(`${sums.length} answers, ${right ? "all right" : "some wrong"}`);
console.log(`${await executions() - before} executions of the model`);
