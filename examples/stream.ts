/**
 * A sequence over a gRPC stream: the stateful model `simple_sequence` keeps a running sum. Requests are
 * sent without waiting for earlier answers, and the answers come back in order.
 *
 *     deno run --allow-net examples/stream.ts localhost:8001
 */
import { InferenceClient } from "@trtis/trtis";

const [address = "localhost:8001"] = Deno.args;
await using client = await InferenceClient.connect({ url: address, wire: "grpc" });
const model = await client.model("simple_sequence");
await using stream = model.stream();

const values = [3, 4, 5, 6];
const requests = values.map((value, i) => ({
  inputs: { INPUT: [value] },
  sequence: { id: 42n, start: i === 0, end: i === values.length - 1 },
}));
for await (const result of stream.inferEach(requests)) {
  if (result.error) console.error(result.error.message);
  else console.log(`sum so far: ${result.output("OUTPUT").data[0]}`);
}
