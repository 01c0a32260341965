import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { InferenceError } from "../../base/errors.ts";
import type { DataType } from "../../tensor/data_type.ts";
import { resizedSize } from "./fit.ts";
import { preprocess } from "./preprocess.ts";
import { PRESETS, type Recipe, type RecipeOptions, resolveRecipe } from "./recipe.ts";
import type { PreprocessSpec } from "../types.ts";

const INPUT = { width: 224, height: 224, dataType: "FP32" as DataType };

function recipe(options: RecipeOptions, input = INPUT): Recipe {
  return resolveRecipe(options, input)!;
}

Deno.test("recipe: nothing asked, or none, is r19.07's way", () => {
  assertEquals(resolveRecipe({}, INPUT), undefined);
  assertEquals(resolveRecipe({ preset: "none" }, INPUT), undefined);
  assertEquals(resolveRecipe({ mean: undefined }, INPUT), undefined);
});

Deno.test("recipe: presets say what their libraries do", () => {
  const torchvision = recipe({ preset: "torchvision" });
  assertEquals([torchvision.fit, torchvision.resize, torchvision.antialias], [
    "crop",
    { short: 256 },
    true,
  ]);
  assertEquals(recipe({ preset: "timm" }, { ...INPUT, width: 384, height: 384 }).resize, {
    short: 438,
  });
  assertEquals(recipe({ preset: "clip" }).resize, { short: 224 });
  assertEquals(recipe({ preset: "keras-caffe" }).bgr, true);
  assertEquals(recipe({ preset: "keras-tf" }).antialias, false);
  assertEquals(PRESETS.length, 8);
});

Deno.test("recipe: parts win over the preset", () => {
  const changed = recipe({ preset: "torchvision", interpolation: "bicubic", mean: [1] });
  assertEquals([changed.interpolation, changed.mean, changed.std.length], ["bicubic", [1], 3]);
  assertEquals(recipe({ preset: "torchvision", fit: "stretch" }).resize, undefined);
  assertEquals(recipe({ resize: { short: 300 } }).fit, "crop");
  assertEquals(recipe({ crop: 224 }).fit, "crop");
});

Deno.test("recipe: integer inputs get pixels as they are, unless numbers are asked for", () => {
  const plain = recipe({ preset: "torchvision" }, { ...INPUT, dataType: "UINT8" });
  assertEquals([plain.scale, plain.mean, plain.std, plain.fit], [1, [0], [1], "crop"]);
  const asked = recipe({ preset: "torchvision", mean: [128] }, { ...INPUT, dataType: "INT8" });
  assertEquals(asked.mean, [128]);
});

Deno.test("recipe: contradictions are errors", () => {
  for (
    const [options, text] of [
      [{ resize: { short: 256 }, fit: "letterbox" }, "a shorter side"],
      [{ crop: 10, fit: "stretch" }, "a crop"],
      [{ mean: [1, 2] }, "one number, or three"],
      [{ std: [1, 0, 1] }, "standard deviation of 0"],
    ] as const
  ) {
    const error = assertThrows(() => resolveRecipe(options, INPUT), InferenceError, text);
    assertEquals(error.code, "INVALID_ARG");
  }
});

Deno.test("recipe: sizes are rounded as torchvision rounds them", () => {
  const short = recipe({ preset: "torchvision" });
  assertEquals(resizedSize({ width: 500, height: 375 }, INPUT, short), { width: 341, height: 256 });
  assertEquals(resizedSize({ width: 3, height: 500 }, INPUT, short), { width: 256, height: 42666 });
  const bars = recipe({ fit: "letterbox" });
  assertEquals(resizedSize({ width: 500, height: 1 }, INPUT, bars), { width: 224, height: 1 });
  const cover = recipe({ fit: "crop" });
  assertEquals(resizedSize({ width: 100, height: 50 }, INPUT, cover), { width: 448, height: 224 });
});

function tensor(options: RecipeOptions, more: Partial<PreprocessSpec> = {}): number[] {
  const size = { width: 2, height: 2 };
  const spec: PreprocessSpec = {
    ...size,
    ...{ channels: 3, dataType: "FP32", format: "NHWC", scaling: "NONE" },
    recipe: recipe(options, { ...size, dataType: more.dataType ?? "FP32" }),
    ...more,
  };
  const data = Uint8Array.from([10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120]);
  const bytes = preprocess({ ...size, channels: 3, data }, spec);
  return [
    ...spec.dataType === "INT8" ? new Int8Array(bytes.buffer) : new Float32Array(bytes.buffer),
  ];
}

Deno.test("recipe: values, order and layout of the tensor", () => {
  const plain = tensor({ fit: "stretch", scale: 0.5, mean: [5, 6, 7], std: [1, 2, 4] });
  assertEquals(plain.slice(0, 3), [0, 2, 2]);
  const planes = tensor({ scale: 0.5, mean: [5, 6, 7], bgr: true }, { format: "NCHW" });
  assertEquals(planes, [8, 23, 38, 53, 4, 19, 34, 49, 0, 15, 30, 45]);
  assertEquals(tensor({ mean: [128] }, { dataType: "INT8" }).slice(0, 3), [-118, -108, -98]);
  const [red] = tensor({ preset: "torchvision", fit: "stretch" });
  assertAlmostEquals(red!, (10 / 255 - 0.485) / 0.229, 1e-6);
});

Deno.test("recipe: bars are gray, what a crop lacks is black", () => {
  const spec: PreprocessSpec = {
    ...{ width: 2, height: 4, channels: 1, dataType: "UINT8", format: "NHWC", scaling: "NONE" },
    recipe: recipe({ fit: "letterbox" }, { width: 2, height: 4, dataType: "UINT8" }),
  };
  const image = {
    width: 2,
    height: 2,
    channels: 3 as const,
    data: new Uint8Array(12).fill(9),
  };
  assertEquals([...preprocess(image, spec)], [114, 114, 9, 9, 9, 9, 114, 114]);
  const cut = recipe({ resize: { short: 2 } }, { width: 2, height: 4, dataType: "UINT8" });
  assertEquals([...preprocess(image, { ...spec, recipe: cut })], [0, 0, 9, 9, 9, 9, 0, 0]);
});
