import { assertEquals, assertThrows } from "@std/assert";
import { InferenceError } from "../base/errors.ts";
import type { ModelInfo, TensorFormat, TensorInfo } from "../protocol/types.ts";
import { imageModel } from "./image_model.ts";

const tensor = (name: string, shape: number[], more: Partial<TensorInfo> = {}): TensorInfo => ({
  name,
  dataType: "FP32",
  shape,
  format: "NONE",
  ...more,
});

function model(input: Partial<TensorInfo> = {}, more: Partial<ModelInfo> = {}): ModelInfo {
  return {
    name: "m",
    versions: ["1"],
    platform: "p",
    maxBatchSize: 8,
    inputs: [{ ...tensor("IN", [224, 224, 3]), format: "NHWC" as TensorFormat, ...input }],
    outputs: [tensor("OUT", [1000])],
    scheduling: "default",
    decoupled: false,
    steps: [],
    ...more,
  };
}

Deno.test("what a model's input expects", () => {
  const { inputName, outputName, spec } = imageModel(model(), { scaling: "VGG" });
  assertEquals([inputName, outputName], ["IN", "OUT"]);
  assertEquals([spec.height, spec.width, spec.channels, spec.format, spec.scaling], [
    224,
    224,
    3,
    "NHWC",
    "VGG",
  ]);
  const planes = imageModel(model({ shape: [1, 28, 32], format: "NCHW" })).spec;
  assertEquals([planes.height, planes.width, planes.channels], [28, 32, 1]);
});

Deno.test("v2 models name no layout: it is read off the shape; v1 ones are refused", () => {
  for (const [shape, format] of [[[3, 10, 12], "NCHW"], [[10, 12, 3], "NHWC"]] as const) {
    assertEquals(imageModel(model({ shape, format: "NONE" })).spec.format, format);
  }
  assertThrows(
    () => imageModel(model({ format: "NONE" }), {}, "v1"),
    InferenceError,
    "unexpected input format FORMAT_NONE",
  );
});

Deno.test("models that can't classify pictures are refused in r19.07's words", () => {
  const table: [ModelInfo, string][] = [
    [model({}, { inputs: [] }), "expecting 1 input"],
    [model({}, { outputs: [tensor("A", [2]), tensor("B", [2])] }), "expecting 1 output"],
    [model({}, { outputs: [tensor("A", [-1])] }), "variable-size dimension in model output"],
    [model({}, { outputs: [tensor("A", [2, 2])] }), "expecting model output to be a vector"],
    [model({}, { outputs: [tensor("A", [2], { dataType: "INT32" })] }), "output datatype"],
    [model({ shape: [224, 224] }), "expecting model input to have 3 dimensions"],
    [model({ shape: [-1, 224, 3] }), "variable-size dimension in model input not supported"],
    [model({ shape: [224, 224, 4] }), "only 1 or 3 are supported"],
  ];
  for (const [wrong, text] of table) {
    const error = assertThrows(() => imageModel(wrong), InferenceError, text);
    assertEquals(error.code, "INVALID_ARG");
  }
});

Deno.test("batches that the model doesn't take are refused", () => {
  const tooMany = () => imageModel(model(), { batchSize: 9 });
  assertThrows(tooMany, InferenceError, 'expecting batch size <= 8 for model "m"');
  const none = () => imageModel(model({}, { maxBatchSize: 0 }), { batchSize: 2 });
  assertThrows(none, InferenceError, 'batching not supported for model "m"');
  assertEquals(imageModel(model({}, { maxBatchSize: 0 })).inputName, "IN");
});
