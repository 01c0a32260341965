import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { COLOR_WORDS, colorWordTable, nearestColorWord, toLab } from "./color_words.ts";
import { colorShares, IMAGE_SIZE } from "./colors.ts";
import { detectPixelRange } from "./pixel_range.ts";

const PIXELS = IMAGE_SIZE * IMAGE_SIZE;

function word(hex: string): string {
  const rgb = parseInt(hex, 16);
  return COLOR_WORDS[nearestColorWord(rgb >> 16, rgb >> 8 & 255, rgb & 255)]!;
}

const NAMED: Readonly<Record<string, string>> = {
  "000000": "black",
  "0a0a0a": "black",
  "ffffff": "white",
  "f5f5f5": "white",
  "ff0000": "red",
  "dc143c": "red",
  "008000": "green",
  "00ff00": "green",
  "228b22": "green",
  "ffff00": "yellow",
  "ffd700": "yellow",
  "0000ff": "blue",
  "87ceeb": "blue",
  "000080": "blue",
  "8b4513": "brown",
  "a0522d": "brown",
  "d2b48c": "brown",
  "800080": "purple",
  "4b0082": "purple",
  "ffc0cb": "pink",
  "ff69b4": "pink",
  "ffa500": "orange",
  "ff8c00": "orange",
  "808080": "gray",
  "c0c0c0": "gray",
};

for (const [hex, expected] of Object.entries(NAMED)) {
  Deno.test(`colours: #${hex} is ${expected}`, () => {
    assertEquals(word(hex), expected);
    const [red, green, blue] = hex.match(/../g)!.map((part) =>
      Math.round(parseInt(part, 16) * 31 / 255)
    );
    const rounded = COLOR_WORDS[colorWordTable()[red! << 10 | green! << 5 | blue!]!];
    assertEquals(rounded, expected, "rounded to five bits a channel");
  });
}

Deno.test("colours: CIELAB of known colours", () => {
  const known: readonly (readonly [readonly number[], readonly number[]])[] = [
    [[255, 255, 255], [100, 0, 0]],
    [[0, 0, 0], [0, 0, 0]],
    [[255, 0, 0], [53.24, 80.09, 67.2]],
    [[0, 0, 255], [32.3, 79.19, -107.86]],
  ];
  for (const [[red, green, blue], lab] of known) {
    toLab(red!, green!, blue!).forEach((value, i) => assertAlmostEquals(value, lab[i]!, 0.05));
  }
});

/** Half orange, a quarter blue, a quarter white; levels of R, G, B, pixel after pixel. */
function picture(): Uint8Array {
  const colors = [[255, 165, 0], [255, 165, 0], [0, 0, 255], [255, 255, 255]];
  return Uint8Array.from({ length: PIXELS * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    return colors[Math.floor(pixel * 4 / PIXELS)]![i % 3]!;
  });
}

const SCALINGS: Readonly<Record<string, (level: number, channel: number) => number>> = {
  NONE: (level) => level,
  INCEPTION: (level) => level / 128 - 1,
  VGG: (level, channel) => level - [104, 117, 123][channel]!,
};

for (const [scaling, scale] of Object.entries(SCALINGS)) {
  Deno.test(`colours: the same shares under ${scaling}, in both layouts`, () => {
    const nhwc = Float32Array.from(picture(), (level, i) => scale(level, i % 3));
    const nchw = Float32Array.from({ length: nhwc.length }, (_, i) => {
      return nhwc[(i % PIXELS) * 3 + Math.floor(i / PIXELS)]!;
    });
    assertEquals(detectPixelRange(nhwc).scaling, scaling);
    for (const shares of [colorShares(nhwc, "NHWC"), colorShares(nchw, "NCHW")]) {
      const found = COLOR_WORDS.map((name, i) => [name, shares[i]]).filter(([, share]) => share);
      assertEquals(found, [["white", 0.25], ["blue", 0.25], ["orange", 0.5]]);
    }
  });
}

Deno.test("colours: what can't be told apart counts as not scaled", () => {
  const scaling = (...values: number[]) => detectPixelRange(Float32Array.from(values)).scaling;
  assertEquals(scaling(0, 0, 0), "NONE");
  assertEquals(scaling(0, 1, 1), "NONE");
  assertEquals(scaling(0, 0.5), "INCEPTION");
  assertEquals(scaling(-1, -1), "INCEPTION");
  assertEquals(scaling(-123, -1), "VGG");
  assertEquals(scaling(20, 255), "NONE");
});

Deno.test("colours: any numbers give shares that add up to 1", () => {
  const seed = crypto.getRandomValues(new Uint32Array(1))[0];
  console.log(`seed ${seed}`);
  let state = seed;
  const random = () => (state = Math.imul(state!, 1664525) + 1013904223 >>> 0) / 2 ** 32;
  const values = Float32Array.from({ length: PIXELS * 3 }, () => (random() - 0.5) * 1e6);
  values.set([NaN, Infinity, -Infinity, NaN], 3);
  const sum = colorShares(values, "NHWC").reduce((a, b) => a + b, 0);
  assert(Math.abs(sum - 1) < 1e-5);
});
