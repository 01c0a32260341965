/**
 * A differential of preprocessing: every interpolation beside Pillow's, every preset beside the library
 * that it is named after, on 30 pictures of all formats and sizes.
 *
 * @module
 */
import { assert, assertEquals, assertLessOrEqual } from "@std/assert";
import { fileURLToPath } from "node:url";
import { decodeImage } from "../../src/image/codecs/decode.ts";
import { preprocess } from "../../src/image/preprocess/preprocess.ts";
import {
  type Interpolation,
  type Preset,
  type RecipeOptions,
  resolveRecipe,
} from "../../src/image/preprocess/recipe.ts";
import type { PreprocessSpec } from "../../src/image/types.ts";
import { interopTest, vision } from "./fixture.ts";

interface Case {
  /** Number of the picture. */
  readonly picture: number;
  readonly asked: {
    readonly preset?: Preset;
    readonly interpolation?: Interpolation;
    readonly width?: number;
    readonly height?: number;
  };
  /** Levels as height x width x 3, or numbers as 3 x 224 x 224. */
  readonly kind: "u8" | "f32";
  readonly expected: string;
}

interface Difference {
  pictures: number;
  max: number;
  sum: number;
  count: number;
}

/** How far a preset's numbers may be apart: a hundredth of a standard deviation; Keras's by a level. */
const LIMITS: Partial<Record<Preset, number>> = {
  torchvision: 0.01,
  timm: 0.01,
  clip: 0.01,
  "keras-caffe": 1.001,
  "keras-tf": 1.001 / 127.5,
  inception: 1e-6,
  vgg: 1e-6,
};

interopTest("preprocessing: as Pillow, torchvision, timm, Keras and Triton do it", async () => {
  const { python } = await vision();
  const directory = await Deno.makeTempDir({ prefix: "trtis-preprocess-" });
  try {
    const script = fileURLToPath(new URL("preprocess.py", import.meta.url));
    const { success, stderr } = await new Deno.Command(python, { args: [script, directory] })
      .output();
    assert(success, new TextDecoder().decode(stderr));
    const cases: Case[] = JSON.parse(await Deno.readTextFile(`${directory}/list.json`));
    const rows = new Map<string, Difference>();
    for (const one of cases) await compare(directory, one, rows);
    report(rows);
    assertEquals(new Set(cases.map(({ picture }) => picture)).size, 30);
    for (const [name, { max }] of rows) {
      assertLessOrEqual(max, LIMITS[name as Preset] ?? 1, name);
    }
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

async function compare(directory: string, one: Case, rows: Map<string, Difference>) {
  const { picture, asked, kind } = one;
  const image = await decodeImage(await Deno.readFile(`${directory}/${picture}.bin`), `${picture}`);
  const ours = preprocess(image, specOf(one));
  const theirs = await Deno.readFile(`${directory}/${one.expected}`);
  const [a, b] = kind === "u8"
    ? [ours, theirs]
    : [new Float32Array(ours.buffer), new Float32Array(theirs.buffer)];
  assertEquals(a.length, b.length);
  const name = asked.preset ?? `${asked.interpolation} ${asked.width} x ${asked.height}`;
  const row = rows.get(name) ?? { pictures: 0, max: 0, sum: 0, count: 0 };
  rows.set(name, row);
  row.pictures++;
  row.count += a.length;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i]! - b[i]!);
    row.sum += difference;
    if (!(difference <= row.max)) row.max = difference;
  }
}

function specOf({ kind, asked }: Case): PreprocessSpec {
  const { width = 224, height = 224, ...options } = asked;
  const isLevels = kind === "u8";
  const dataType = isLevels ? "UINT8" : "FP32";
  const recipe = resolveRecipe(options as RecipeOptions, { width, height, dataType });
  const common = { width, height, dataType, channels: 3, scaling: "NONE", recipe } as const;
  return { ...common, format: isLevels ? "NHWC" : "NCHW" };
}

function report(rows: Map<string, Difference>): void {
  console.log("WHAT                PICTURES  MAX        MEAN");
  for (const [name, { pictures, max, sum, count }] of rows) {
    const cells = [name.padEnd(18), `${pictures}`.padStart(8), max.toPrecision(3).padEnd(9)];
    console.log([...cells, (sum / count).toPrecision(3)].join("  "));
  }
}
