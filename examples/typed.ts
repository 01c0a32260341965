/**
 * Typed models: the compiler knows the names and array types of the model `simple`. The interface is what
 * `trtis types -m simple` writes; in a project it stands in a file of its own.
 *
 *     deno run --allow-net examples/typed.ts localhost:8000
 */
import { InferenceClient, type InputOf } from "@trtis/trtis";

/** By name; use it as `client.model<Models["name"]>("name")`. */
export interface Models {
  /** Batches up to 8. */
  simple: {
    inputs: {
      /** [16] */
      INPUT0: InputOf<"INT32">;
      /** [16] */
      INPUT1: InputOf<"INT32">;
    };
    outputs: {
      /** [16] */
      OUTPUT0: "INT32";
      /** [16] */
      OUTPUT1: "INT32";
    };
  };
}

const [address = "localhost:8000"] = Deno.args;
await using client = await InferenceClient.connect(address);
const model = await client.model<Models["simple"]>("simple");
const result = await model.inferOrThrow({
  inputs: { INPUT0: new Int32Array(16).fill(40), INPUT1: new Int32Array(16).fill(2) },
});
const sums: Int32Array = result.output("OUTPUT0").data;
const differences: Int32Array = result.output("OUTPUT1").data;
console.log(sums[0], differences[0]);
