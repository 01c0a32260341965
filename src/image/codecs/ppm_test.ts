import { assertEquals, assertRejects } from "@std/assert";
import { InferenceError } from "../../base/errors.ts";
import { bytesOf } from "../testing/writers.ts";
import { decodeImage } from "./decode.ts";

const pixels = async (bytes: Uint8Array) => {
  const { width, height, data } = await decodeImage(bytes, "a.ppm");
  return [width, height, [...data]];
};

Deno.test("PPM: text and binary, gray, colour and bits", async () => {
  const table: [string, number, number, number[]][] = [
    ["P3 1 2 255\n1 2 3\n4 5 6\n", 1, 2, [1, 2, 3, 4, 5, 6]],
    ["P6\n# a comment\n1 2\n255\n\x01\x02\x03\x04\x05\x06", 1, 2, [1, 2, 3, 4, 5, 6]],
    ["P2 2 1 15 0 15", 2, 1, [0, 0, 0, 255, 255, 255]],
    ["P5 2 1 255\n\x07\xff", 2, 1, [7, 7, 7, 255, 255, 255]],
    // 16 bits, the high byte first.
    ["P5 2 1 65535\n\x80\x00\xff\xff", 2, 1, [128, 128, 128, 255, 255, 255]],
    // 1 is black; P1's digits need no blanks.
    ["P1 2 2 10#x\n01", 2, 2, [0, 0, 0, 255, 255, 255, 255, 255, 255, 0, 0, 0]],
    ["P4 2 2\n\x80\x40", 2, 2, [0, 0, 0, 255, 255, 255, 255, 255, 255, 0, 0, 0]],
    // The first image of several.
    ["P5 1 1 255\n\x05P5 1 1 255\n\x09", 1, 1, [5, 5, 5]],
  ];
  for (const [text, ...expected] of table) {
    assertEquals(await pixels(bytesOf(text)), expected, text);
  }
});

Deno.test("PPM: damaged files say what is wrong", async () => {
  const table = [
    ["P6 2 2 255\n\x01\x02", "end too early"],
    ["P3 1 1 255\n1 2", "end too early"],
    ["P3 1 1 255\n1 2 x", "value is not a number"],
    ["P6 x", "width is not a number"],
    ["P6 1 1 70000\n", "up to 70000"],
    ["P6 1 1 0\n", "up to 0"],
    ["P1 1 1 7", "neither 0 nor 1"],
    ["P6 0 1 255\n", "0 x 1"],
    ["P6 9999999999 1 255\n", "too many digits"],
    ["P6 60000 60000 255\n\x01", "more than the limit"],
    ["P2 9000 9000 255\n1", "truncated or forged"],
  ] as const;
  for (const [text, reason] of table) {
    const error = await assertRejects(() => pixels(bytesOf(text)), InferenceError);
    assertEquals([error.code, error.message.includes(reason)], ["FILE", true], error.message);
  }
});
