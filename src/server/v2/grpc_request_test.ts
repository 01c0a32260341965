import { assertEquals, assertThrows } from "@std/assert";
import { InferenceError } from "../../base/errors.ts";
import type { ModelInferRequest } from "../../protocol/v2/generated/messages.js";
import { readInferCall, readVersion } from "./grpc_request.ts";

const input = { name: "X", datatype: "INT32", shape: [2n] };
const request = (more: Partial<ModelInferRequest>): ModelInferRequest => ({
  modelName: "m",
  ...more,
});

Deno.test("a request with typed lists, raw contents, classes and parameters", () => {
  const call = readInferCall(request({
    modelVersion: "3",
    id: "a",
    inputs: [{ ...input, contents: { intContents: [1, -1] } }],
    outputs: [{ name: "Y", parameters: { classification: { int64Param: 2n } } }, { name: "Z" }],
    parameters: { sequence_id: { int64Param: 7n }, sequence_start: { boolParam: true } },
  }));
  assertEquals([call.modelName, call.modelVersion, call.id], ["m", 3n, "a"]);
  assertEquals([...call.inputs[0]!.data], [1, 0, 0, 0, 255, 255, 255, 255]);
  assertEquals(call.inputs[0]!.shape, [2]);
  assertEquals(call.outputs, [{ name: "Y", classCount: 2 }, { name: "Z", classCount: 0 }]);
  assertEquals(call.parameters, { sequence_id: 7n, sequence_start: true });
  const raw = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
  assertEquals(
    readInferCall(request({ inputs: [input], rawInputContents: [raw] })).inputs[0]!.data,
    raw,
  );
  const empty = readInferCall(request({ inputs: [{ ...input, shape: [0n], contents: {} }] }));
  assertEquals(empty.inputs[0]!.data.length, 0);
});

Deno.test("versions: none is the newest, what is no number is refused", () => {
  assertEquals([readVersion(), readVersion(""), readVersion("12")], [undefined, undefined, 12n]);
  for (const text of ["x", "1.5", "99999999999999999999"]) {
    assertThrows(() => readVersion(text), InferenceError, `version string '${text}'`);
  }
});

Deno.test("requests that Triton refuses are refused in its words", () => {
  const table: [Partial<ModelInferRequest>, string][] = [
    [{ inputs: [input] }, "unable to find data for input tensor 'X' for model 'm'"],
    [
      {
        inputs: [{ ...input, contents: { intContents: [1, 2] } }],
        rawInputContents: [new Uint8Array(8)],
      },
      "contents field must not be specified when using raw_input_contents for 'X'",
    ],
    [
      { inputs: [{ ...input, contents: { fp32Contents: [1, 2] } }] },
      "of type 'FP32', expected datatype 'INT32'",
    ],
    [
      { inputs: [{ ...input, datatype: "FP8", contents: { intContents: [1] } }] },
      "expected datatype '<invalid>'",
    ],
    [
      { inputs: [{ ...input, datatype: "INT8", contents: { intContents: [300] } }] },
      "unexpected explicit tensor data for input tensor 'X' for model 'm'",
    ],
    [
      { outputs: [{ name: "Y", parameters: { classification: { stringParam: "2" } } }] },
      "invalid value type for 'classification' parameter, expected int64_param",
    ],
    [
      { outputs: [{ name: "Y", parameters: { classification: { int64Param: -1n } } }] },
      "expected >= 0",
    ],
    [
      { parameters: { sequence_id: { boolParam: true } } },
      "'sequence_id' parameter, expected int64_param or string_param",
    ],
    [
      { parameters: { sequence_start: { int64Param: 1n } } },
      "'sequence_start' parameter, expected bool_param",
    ],
    [{ parameters: { some: { uint64Param: 1n } } }, "invalid value type for 'some' parameter"],
  ];
  for (const [more, text] of table) {
    const error = assertThrows(() => readInferCall(request(more)), InferenceError, text);
    assertEquals(error.code, "INVALID_ARG");
  }
  assertEquals(
    readInferCall(request({ parameters: { priority: { uint64Param: 1n } } })).parameters,
    {
      priority: 1n,
    },
  );
});
