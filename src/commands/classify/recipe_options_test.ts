import { assertEquals, assertThrows } from "@std/assert";
import { InferenceError } from "../../base/errors.ts";
import { PRESETS } from "../../image/preprocess/presets.ts";
import { parse } from "../../cli/parse.ts";
import { imageFlags } from "./flags.ts";
import { preprocessFlags, PRESET_NAMES } from "./preprocess_flags.ts";
import { recipeOptionsOf } from "./recipe_options.ts";

const { model, scaling } = imageFlags;
const grammar = { name: "x", flags: { model, scaling, ...preprocessFlags } };

function read(...argv: string[]) {
  const parsed = parse(["-m", "m", ...argv], grammar);
  if (parsed.kind !== "run") throw new Error("help");
  const given = Object.entries(recipeOptionsOf(parsed.options));
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}

Deno.test("preprocessing flags", () => {
  assertEquals(read(), {});
  assertEquals(read("--preset", "torchvision", "--resize", "232"), {
    preset: "torchvision",
    resize: { short: 232 },
  });
  assertEquals(read("--resize", "320x240", "--fit", "letterbox", "--no-antialias", "--bgr"), {
    fit: "letterbox",
    resize: { width: 320, height: 240 },
    antialias: false,
    bgr: true,
  });
  assertEquals(read("--scale", "1/255", "--mean", "0.5", "--std", "1, 2,3", "--antialias"), {
    scale: 1 / 255,
    mean: [0.5],
    std: [1, 2, 3],
    antialias: true,
  });
  assertEquals(read("--layout", "nchw", "--datatype", "fp16", "--crop", "8"), {
    crop: 8,
    layout: "NCHW",
    dataType: "FP16",
  });
});

Deno.test("preprocessing flags: what can't be read or goes together", () => {
  const wrong = [
    ["--resize", "0"],
    ["--resize", "1x2x3"],
    ["--resize", "axb"],
    ["--resize", "70000"],
    ["--mean", "1,2"],
    ["--std", "a"],
    ["--scale", "1/0"],
    ["--scale", ""],
    ["--scale", "0"],
    ["--antialias", "--no-antialias"],
    ["--preset", "clip", "--scaling", "VGG"],
    ["--preset", "resnet"],
    ["--interpolation", "cubic"],
  ];
  for (const argv of wrong) {
    const error = assertThrows(() => read(...argv), InferenceError, undefined, argv.join(" "));
    assertEquals(error.code, "USAGE");
  }
});

Deno.test("the flag knows all presets", () => assertEquals([...PRESET_NAMES], [...PRESETS]));
