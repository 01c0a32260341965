import { deflateSync } from "node:zlib";
import { assertEquals, assertLess, assertRejects } from "@std/assert";
import { InferenceError } from "../../base/errors.ts";
import { decodeTiff } from "./tiff.ts";
import { fixture, HEIGHT, testPixels, WIDTH } from "../testing/fixtures.ts";
import { packSamples, type TiffTags, writeTiff } from "../testing/writers.ts";

Deno.test("tiff: packings, tiles, planes, both byte orders", async () => {
  for (const name of ["tiffLzw", "tiffDeflate16", "tiffTiles"] as const) {
    const { width, height, data } = await decodeTiff(fixture(name));
    assertEquals([width, height], [WIDTH, HEIGHT]);
    assertEquals(data, testPixels(), name);
  }
});

/** A TIFF of one row and one strip. */
function row(bits: number, samples: number[], perPixel: number, tags: TiffTags) {
  const data = packSamples(samples, bits);
  const common = {
    256: samples.length / perPixel,
    257: 1,
    277: perPixel,
    278: 1,
    279: data.length,
  };
  return writeTiff({ ...common, 258: new Array(perPixel).fill(bits), ...tags }, data, false);
}

Deno.test("tiff: colour spaces and depths", async () => {
  const palette = Array.from({ length: 3 * 4 }, (_, i) => i * 5000);
  const cases: [string, Uint8Array, number[]][] = [
    ["black is zero, 1 bit", row(1, [0, 1, 1], 1, { 262: 1 }), [0, 255, 255]],
    ["white is zero, 1 bit", row(1, [0, 1, 1], 1, { 262: 0 }), [255, 0, 0]],
    ["gray, 2 bits", row(2, [0, 1, 2, 3], 1, { 262: 1 }), [0, 85, 170, 255]],
    ["gray, 4 bits", row(4, [0, 7, 15], 1, { 262: 1 }), [0, 119, 255]],
    ["gray, 8 bits", row(8, [0, 7, 255], 1, { 262: 1 }), [0, 7, 255]],
    ["gray, 16 bits", row(16, [0, 257 * 9, 65_535, 385, 386], 1, { 262: 1 }), [0, 9, 255, 1, 2]],
    ["the other bit first", row(8, [0x80, 0x01, 0xf0], 1, { 262: 1, 266: 2 }), [1, 128, 15]],
    ["gray and alpha", row(8, [4, 99, 5, 98], 2, { 262: 1, 338: 2 }), [4, 5]],
  ];
  for (const [name, bytes, gray] of cases) {
    const { data } = await decodeTiff(bytes as Uint8Array<ArrayBuffer>);
    assertEquals([...data], gray.flatMap((v) => [v, v, v]), name);
  }
  const colour: [string, Uint8Array, number[]][] = [
    ["rgb", row(8, [1, 2, 3, 4, 5, 6], 3, { 262: 2 }), [1, 2, 3, 4, 5, 6]],
    ["rgb and alpha", row(8, [1, 2, 3, 0, 4, 5, 6, 9], 4, { 262: 2 }), [1, 2, 3, 4, 5, 6]],
    ["cmyk", row(8, [0, 255, 51, 0, 0, 0, 0, 255], 4, { 262: 5 }), [255, 0, 204, 0, 0, 0]],
    ["palette", row(2, [3, 0], 1, { 262: 3, 320: palette }), [58, 136, 214, 0, 78, 156]],
  ];
  for (const [name, bytes, expected] of colour) {
    const { data } = await decodeTiff(bytes as Uint8Array<ArrayBuffer>);
    assertEquals([...data], expected, name);
  }
});

Deno.test("tiff: packed data that end early", async () => {
  for (const compression of [5, 8, 32773]) {
    for (const data of [[], [0x80], [0, 1], [0x80, 0x40, 0x40]]) {
      const tags = { 256: 90, 257: 1, 258: 8, 259: compression, 262: 1, 278: 1, 279: data.length };
      const file = writeTiff({ ...tags, 273: 8 }, data);
      const error = await assertRejects(() => decodeTiff(file), InferenceError);
      assertEquals(error.code, "FILE");
    }
  }
});

Deno.test("tiff: bombs are refused before any work", async () => {
  const strip = deflateSync(new Uint8Array(1_000_000));
  const rows = 20_000;
  const shared = writeTiff({
    ...{ 256: 1000, 257: rows, 258: 8, 259: 8, 262: 1, 277: 1, 278: 1 },
    ...{ 273: new Array(rows).fill(8), 279: new Array(rows).fill(strip.length) },
  });
  const tiles = (width: number, height: number, count: number, size: [number, number]) =>
    writeTiff({
      ...{ 256: width, 257: height, 258: 8, 259: 8, 262: 1, 277: 1, 322: size[0], 323: size[1] },
      ...{ 324: Array.from({ length: count }, (_, i) => 8 + i), 325: new Array(count).fill(1) },
    });
  const cases: [string, Uint8Array<ArrayBuffer>, string][] = [
    ["strips that share their data", shared, "overlap"],
    ["tiles of one pixel", tiles(200, 200, 40_000, [1, 1]), "no usable size"],
    ["tiles much wider than the image", tiles(60, 256, 16, [65_584, 16]), "far larger"],
  ];
  for (const [name, file, reason] of cases) {
    const started = performance.now();
    const error = await assertRejects(() => decodeTiff(file), InferenceError, reason, name);
    assertEquals(error.code, "FILE");
    // Such a file took from 12 s to over 150 s.
    assertLess(performance.now() - started, 5000, name);
  }
});

Deno.test("tiff: what is not read is called by its name", async () => {
  const kinds: [TiffTags, string][] = [
    [{ 259: 7 }, "JPEG"],
    [{ 259: 3 }, "fax"],
    [{ 259: 34925 }, "LZMA"],
    [{ 262: 6, 277: 3, 258: [8, 8, 8] }, "YCbCr"],
    [{ 262: 8, 277: 3, 258: [8, 8, 8] }, "L*a*b*"],
  ];
  for (const [tags, name] of kinds) {
    await assertRejects(() => decodeTiff(row(8, [1, 2, 3], 1, { 262: 1, ...tags })), Error, name);
  }
});
