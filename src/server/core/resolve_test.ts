import { assertEquals, assertThrows } from "@std/assert";
import { InferenceError } from "../../base/errors.ts";
import { testConfig } from "../testing/models.ts";
import { compileConfig, type InputConfig } from "./config.ts";
import { checkBatchSize, type GivenInput, resolveInputs } from "./resolve.ts";

const FIXED: InputConfig = { name: "IN", dataType: "TYPE_INT32", dims: [2n, 8n] };
const VARIABLE: InputConfig = { name: "IN", dataType: "TYPE_FP64", dims: [-1n, 3n] };
const TEXT: InputConfig = { name: "IN", dataType: "TYPE_STRING", dims: [16n] };

function given(change: Partial<GivenInput> = {}): GivenInput {
  return { name: "IN", shape: [], byteSize: 0, ...change };
}

function resolve(input: InputConfig, batchSize: number, ...inputs: GivenInput[]) {
  return resolveInputs(compileConfig(testConfig({ input: [input] })), batchSize, inputs);
}

Deno.test("resolve: shapes and sizes of good requests", () => {
  assertEquals(resolve(FIXED, 3, given()), [{ name: "IN", shape: [2, 8], byteSize: 192 }]);
  assertEquals(resolve(FIXED, 1, given({ shape: [2, 8], byteSize: 64 }))[0]!.byteSize, 64);
  assertEquals(resolve(VARIABLE, 2, given({ shape: [5, 3] }))[0]!.byteSize, 240);
  assertEquals(resolve(VARIABLE, 2, given({ shape: [0, 3] }))[0]!.byteSize, 0);
  assertEquals(resolve(TEXT, 2, given({ byteSize: 77 }))[0]!.byteSize, 77);
});

const REFUSED: readonly (readonly [InputConfig, readonly GivenInput[], string])[] = [
  [FIXED, [], "expected 1 inputs but got 0 inputs for model 'm'"],
  [FIXED, [given(), given()], "expected 1 inputs but got 2 inputs for model 'm'"],
  [FIXED, [given({ name: "X" })], "unexpected inference input 'X' for model 'm'"],
  [
    FIXED,
    [given({ shape: [16] })],
    "unexpected shape for input 'IN' for model 'm'. Expected [2,8], got [16]",
  ],
  [
    VARIABLE,
    [given({ shape: [-1, 3] })],
    "unexpected shape for input 'IN' for model 'm'. Expected [-1,3], got [-1,3]",
  ],
  [
    VARIABLE,
    [given()],
    "model supports variable-size for input 'IN', request must specify input shape for model 'm'",
  ],
  [
    FIXED,
    [given({ byteSize: 65 })],
    "specific batch-byte-size for input 'IN' does not match expected byte-size calculated from " +
    "shape and datatype for model 'm'",
  ],
];

for (const [config, inputs, message] of REFUSED) {
  Deno.test(`resolve: ${message}`, () => {
    const error = assertThrows(() => resolve(config, 1, ...inputs), InferenceError);
    assertEquals([error.code, error.message], ["INVALID_ARG", message]);
  });
}

Deno.test("resolve: batch sizes", () => {
  const spec = compileConfig(testConfig({ maxBatchSize: 8 }));
  const unbatched = compileConfig(testConfig({ maxBatchSize: 0 }));
  checkBatchSize(spec, 8);
  checkBatchSize(unbatched, 1);
  const refused = (check: () => void) => assertThrows(check, InferenceError).message;
  assertEquals(
    refused(() => checkBatchSize(spec, 9)),
    "inference request batch-size must be <= 8 for 'm'",
  );
  assertEquals(
    refused(() => checkBatchSize(spec, 0)),
    "inference request batch-size must be >= 1 for 'm'",
  );
  assertEquals(
    refused(() => checkBatchSize(unbatched, 2)),
    "inference request batch-size must be <= 0 for 'm'",
  );
});
