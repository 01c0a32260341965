import { assertEquals, assertLessOrEqual, assertStrictEquals } from "@std/assert";
import { type Pixels, resize, roundHalfEven } from "./resize.ts";

function pixels(width: number, height: number, channels: number, values: number[]): Pixels {
  return { width, height, channels, data: Uint8Array.from(values) };
}

Deno.test("resize: the same size is the same picture", () => {
  const image = pixels(2, 1, 1, [1, 2]);
  assertStrictEquals(resize(image, 2, 1), image);
});

/** What cv2.resize makes of the images in the test. */
const UP = [0, 40, 100, 193, 255, 9, 55, 125, 167, 195, 28, 87, 176, 115, 74, 37, 102, 201, 89, 14];
const DOWN = [
  80,
  117,
  154,
  84,
  121,
  158,
  87,
  124,
  161,
  103,
  140,
  177,
  106,
  143,
  180,
  109,
  146,
  162,
];

Deno.test("resize: OpenCV's own results", () => {
  const up = resize(pixels(3, 2, 1, [0, 100, 255, 37, 201, 14]), 5, 4);
  assertEquals([...up.data], UP);
  const values = Array.from({ length: 5 * 7 * 3 }, (_, i) => i * 37 & 255);
  const down = resize(pixels(7, 5, 3, values), 3, 2);
  assertEquals([...down.data], DOWN);
});

Deno.test("resize: edges", () => {
  assertEquals([...resize(pixels(1, 1, 3, [5, 6, 7]), 2, 2).data], [
    5,
    6,
    7,
    5,
    6,
    7,
    5,
    6,
    7,
    5,
    6,
    7,
  ]);
  assertEquals([...resize(pixels(2, 2, 1, [0, 255, 255, 1]), 1, 1).data], [128]);
  const row = resize(pixels(4, 1, 1, [10, 20, 30, 40]), 2, 3);
  assertEquals([...row.data], [15, 35, 15, 35, 15, 35]);
});

Deno.test("resize: one colour stays that colour, in every size", () => {
  for (const value of [0, 1, 127, 254, 255]) {
    const image = pixels(7, 5, 1, new Array(35).fill(value));
    for (const [width, height] of [[3, 2], [7, 9], [20, 5], [1, 1], [13, 31]]) {
      const { data } = resize(image, width!, height!);
      assertEquals(data, new Uint8Array(width! * height!).fill(value));
    }
  }
});

Deno.test("resize: within a level of exact bilinear interpolation", () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  console.log(`seed ${seed}`);
  let state = seed;
  const values = Array.from({ length: 23 * 17 * 3 }, () => {
    state = Math.imul(state, 1_103_515_245) + 12_345 >>> 0;
    return state >>> 24;
  });
  const image = pixels(23, 17, 3, values);
  for (const [width, height] of [[10, 30], [50, 9], [224, 224]]) {
    const { data } = resize(image, width!, height!);
    for (let i = 0; i < data.length; i++) {
      const pixel = Math.floor(i / 3);
      const exact = sample(
        image,
        { x: pixel % width!, y: Math.floor(pixel / width!), c: i % 3 },
        { width: width!, height: height! },
      );
      assertLessOrEqual(Math.abs(data[i]! - exact), 1);
    }
  }
});

function sample(
  image: Pixels,
  { x, y, c }: { x: number; y: number; c: number },
  { width, height }: { width: number; height: number },
) {
  const axis = (i: number, from: number, to: number) => {
    const at = Math.min(Math.max((i + 0.5) * from / to - 0.5, 0), from - 1);
    const low = Math.floor(at);
    return [low, Math.min(low + 1, from - 1), at - low];
  };
  const [x0, x1, u] = axis(x, image.width, width);
  const [y0, y1, v] = axis(y, image.height, height);
  const at = (px: number, py: number) => image.data[(py * image.width + px) * image.channels + c];
  return (at(x0!, y0!)! * (1 - u!) + at(x1!, y0!)! * u!) * (1 - v!) +
    (at(x0!, y1!)! * (1 - u!) + at(x1!, y1!)! * u!) * v!;
}

Deno.test("resize: halves round to even", () => {
  const cases = [[0.5, 0], [1.5, 2], [2.5, 2], [-0.5, 0], [-1.5, -2], [0.49, 0], [0.51, 1], [
    -3,
    -3,
  ]];
  for (const [value, expected] of cases) assertEquals(roundHalfEven(value!) + 0, expected);
});
