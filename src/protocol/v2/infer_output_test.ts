import { assertEquals, assertThrows } from "@std/assert";
import { InferenceError } from "../../base/errors.ts";
import type { InferRequest } from "../types.ts";
import { inferResponse, type RawOutput } from "./infer_output.ts";
import { readInferResponse } from "./json_response.ts";

const PLACE = { region: "r", offset: 64, byteSize: 128 };
const REQUEST: InferRequest = {
  ...{ modelName: "m", batchSize: 1, batched: true, inputs: [] },
  outputs: [{ name: "OUT", sharedMemory: PLACE }, { name: "PLAIN" }],
};
const FRAME = { modelName: "m", modelVersion: "1", id: "" };
const NOTHING = new Uint8Array();
const raw = (more: Partial<RawOutput>): RawOutput => (
  { name: "OUT", dataType: "INT32", shape: [1, 8], data: NOTHING, ...more }
);
const read = (more: Partial<RawOutput>) => inferResponse(FRAME, [raw(more)], REQUEST).outputs[0]!;

Deno.test("an output is in shared memory where the server says it, or says nothing else", () => {
  assertEquals(read({}).sharedMemory, { ...PLACE, byteSize: 32 }, "as Triton answers");
  const said = { region: "r", offset: 0, byteSize: 40 };
  assertEquals(read({ sharedMemory: said }).sharedMemory, { ...PLACE, byteSize: 40 });
  assertEquals(read({ dataType: "BYTES" }).sharedMemory, PLACE, "strings may take all of it");
  assertEquals(read({ shape: [1, 99] }).sharedMemory, PLACE, "no more than was given");
  // A server that ignores the wish sends the tensor.
  const data = new Uint8Array(32);
  assertEquals([read({ data }).sharedMemory, read({ data }).data], [undefined, data]);
  assertThrows(() => read({ name: "PLAIN" }), InferenceError, "needs 32 bytes, the answer has 0");
});

Deno.test("over HTTP only an output that was wanted there may come without data", () => {
  const body = (name: string) =>
    new TextEncoder().encode(
      JSON.stringify({ outputs: [{ name, datatype: "INT32", shape: [1, 8] }] }),
    );
  const { outputs } = readInferResponse(body("OUT"), undefined, REQUEST);
  assertEquals(outputs[0]!.sharedMemory, { ...PLACE, byteSize: 32 });
  assertThrows(
    () => readInferResponse(body("PLAIN"), undefined, REQUEST),
    InferenceError,
    "neither binary_data_size nor a list of data",
  );
});
