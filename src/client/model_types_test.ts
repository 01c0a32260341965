import { assertEquals } from "@std/assert";
import { modelTypes } from "./model_types.ts";

Deno.test("models as types, whatever their names", () => {
  const tensor = { dataType: "INT32", shape: [-1, 3], format: "NONE" } as const;
  const text = modelTypes([{
    name: 'odd "name" */',
    versions: ["1"],
    platform: "",
    maxBatchSize: 8,
    inputs: [{ ...tensor, name: "IN" }, { ...tensor, name: "0", optional: true }],
    outputs: [{ ...tensor, name: "OUT", dataType: "STRING" }],
    scheduling: "default",
    decoupled: true,
    steps: [],
  }], "@trtis/trtis");
  assertEquals(
    text,
    `// Written by trtis types.
import type { InputOf } from "@trtis/trtis";

/** By name; use it as \`client.model<Models["name"]>("name")\`. */
export interface Models {
  /** Batches up to 8. Any number of answers to a request. */
  "odd \\"name\\" */": {
    inputs: {
      /** [-1,3] */
      IN: InputOf<"INT32">;
      /** [-1,3] */
      "0"?: InputOf<"INT32">;
    };
    outputs: {
      /** [-1,3] */
      OUT: "STRING";
    };
  };
}
`,
  );
});
