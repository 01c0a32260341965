/**
 * Time limits and cancellation: the model `slow` takes 10 ms, and these requests don't wait that long.
 * The client stays usable afterwards.
 *
 *     deno run --allow-net examples/cancel.ts localhost:8000
 */
import { InferenceClient } from "@trtis/trtis";

const [address = "localhost:8000"] = Deno.args;
await using client = await InferenceClient.connect(address);
const model = await client.model("slow");
const inputs = { INPUT0: new Float32Array(16).fill(1) };

const late = await model.infer({ inputs, timeoutMs: 1 });
console.log(`with a limit of 1 ms: ${late.error?.code}`);

const controller = new AbortController();
const pending = model.infer({ inputs, signal: controller.signal });
controller.abort();
console.log(`cancelled: ${(await pending).error?.code}`);

const patient = await model.infer({ inputs });
console.log(`without a limit: ${patient.error?.code ?? "ok"}`);
