import { assertEquals, assertRejects } from "@std/assert";
import { InferenceError } from "../../base/errors.ts";
import { bytesOf } from "../testing/writers.ts";
import { decodeImage } from "./decode.ts";

interface Kind {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  readonly packing?: number;
  /** Between the header and the pixels: masks or palette. */
  readonly table?: readonly number[];
  readonly pixels: readonly number[];
  /** OS/2's header of 12 bytes. */
  readonly core?: boolean;
}

function bmp({ width, height, bits, packing = 0, table = [], pixels, core = false }: Kind) {
  const size = core ? 12 : 40;
  const bytes = new Uint8Array(14 + size + table.length + pixels.length);
  const view = new DataView(bytes.buffer);
  bytes.set([0x42, 0x4d]);
  view.setUint32(2, bytes.length, true);
  view.setUint32(10, 14 + size + table.length, true);
  view.setUint32(14, size, true);
  if (core) {
    [width, height, 1, bits].forEach((value, i) => view.setUint16(18 + 2 * i, value, true));
  } else {
    view.setInt32(18, width, true);
    view.setInt32(22, height, true);
    view.setUint16(26, 1, true);
    view.setUint16(28, bits, true);
    view.setUint32(30, packing, true);
  }
  bytes.set(table, 14 + size);
  bytes.set(pixels, 14 + size + table.length);
  return bytes;
}

const pixels = async (bytes: Uint8Array) => {
  const { width, height, data } = await decodeImage(bytes, "a.bmp");
  return [width, height, [...data]];
};

/** Black, red, green, blue as B, G, R, spare. */
const PALETTE = [0, 0, 0, 0, 0, 0, 255, 0, 0, 255, 0, 0, 255, 0, 0, 0];
const [K, R, G, B] = [[0, 0, 0], [255, 0, 0], [0, 255, 0], [0, 0, 255]] as const;

Deno.test("BMP: true colour, bottom row first, or top row first", async () => {
  const rows = [3, 2, 1, 6, 5, 4, 0, 0, 9, 8, 7, 12, 11, 10, 0, 0];
  const up = [7, 8, 9, 10, 11, 12, 1, 2, 3, 4, 5, 6];
  assertEquals(await pixels(bmp({ width: 2, height: 2, bits: 24, pixels: rows })), [2, 2, up]);
  assertEquals(await pixels(bmp({ width: 2, height: -2, bits: 24, pixels: rows })), [
    ...[2, 2],
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
  ]);
  const core = bmp({ width: 1, height: 1, bits: 24, pixels: [3, 2, 1, 0], core: true });
  assertEquals(await pixels(core), [1, 1, [1, 2, 3]]);
  assertEquals(await pixels(bmp({ width: 1, height: 1, bits: 32, pixels: [3, 2, 1, 9] })), [
    ...[1, 1],
    [1, 2, 3],
  ]);
});

Deno.test("BMP: palettes of 1, 4 and 8 bits", async () => {
  const one = bmp({
    width: 3,
    height: 1,
    bits: 1,
    table: PALETTE.slice(0, 8),
    pixels: [0xa0, 0, 0, 0],
  });
  assertEquals(await pixels(one), [3, 1, [...R, ...K, ...R]]);
  const four = bmp({ width: 3, height: 1, bits: 4, table: PALETTE, pixels: [0x12, 0x30, 0, 0] });
  assertEquals(await pixels(four), [3, 1, [...R, ...G, ...B]]);
  // A colour that the palette doesn't have is black.
  const eight = bmp({ width: 3, height: 1, bits: 8, table: PALETTE, pixels: [3, 2, 200, 0] });
  assertEquals(await pixels(eight), [3, 1, [...B, ...G, ...K]]);
});

Deno.test("BMP: 16 bits and bit fields", async () => {
  const plain = bmp({ width: 2, height: 1, bits: 16, pixels: [0x00, 0x7c, 0xe0, 0x03] });
  assertEquals(await pixels(plain), [2, 1, [...R, ...G]]);
  const word = (value: number) => [0, 8, 16, 24].map((shift) => value >>> shift & 255);
  const table = [...word(0xf800), ...word(0x7e0), ...word(0x1f)];
  const fields = bmp({
    width: 2,
    height: 1,
    bits: 16,
    packing: 3,
    table,
    pixels: [0xe0, 7, 0x1f, 0],
  });
  assertEquals(await pixels(fields), [2, 1, [...G, ...B]]);
  const high = [...word(0xff000000), ...word(0xff0000), ...word(0xff00)];
  const wide = bmp({
    width: 1,
    height: 1,
    bits: 32,
    packing: 3,
    table: high,
    pixels: [9, 3, 2, 1],
  });
  assertEquals(await pixels(wide), [1, 1, [1, 2, 3]]);
});

Deno.test("BMP: RLE8 and RLE4, with jumps and runs beyond the edge", async () => {
  const rle = (bits: 4 | 8, codes: number[]) =>
    bmp({ width: 3, height: 2, bits, packing: bits === 8 ? 1 : 2, table: PALETTE, pixels: codes });
  const bottom = [...R, ...R, ...G];
  assertEquals(await pixels(rle(8, [2, 1, 1, 2, 0, 0, 0, 3, 3, 2, 1, 0, 0, 1])), [
    ...[3, 2],
    [...B, ...G, ...R, ...bottom],
  ]);
  assertEquals(await pixels(rle(4, [3, 0x12, 0, 2, 0, 1, 200, 0x33, 0, 1])), [
    ...[3, 2],
    [...K, ...K, ...K, ...R, ...G, ...R],
  ]);
  // Nothing is left of a file that ends early but the first colour.
  assertEquals(await pixels(rle(8, [2, 1])), [3, 2, [...K, ...K, ...K, ...R, ...R, ...K]]);
});

Deno.test("BMP: damaged and foreign files say what is wrong", async () => {
  const good = { width: 2, height: 2, bits: 24, pixels: new Array(16).fill(0) };
  const start = bmp(good);
  new DataView(start.buffer).setUint32(10, 9_000_000, true);
  const table: [Uint8Array, string][] = [
    [bmp(good).subarray(0, 30), "cut off or damaged"],
    [bmp(good).subarray(0, 60), "end too early"],
    [start, "where they can't be"],
    [bmp({ ...good, packing: 4 }), "JPEG or PNG in a BMP"],
    [bmp({ ...good, bits: 7 }), "7 bits a pixel"],
    [bmp({ ...good, packing: 1 }), "24 bits a pixel and packing 1"],
    [bmp({ ...good, width: -2 }), "0 x 2"],
    [bmp({ ...good, width: 30_000, height: 300 }), "truncated or forged"],
    [bmp({ ...good, height: -2147483648 }), "2147483648"],
    [bytesOf("BM\x46\0\0\0"), "not an image"],
  ];
  for (const [bytes, reason] of table) {
    const error = await assertRejects(() => pixels(bytes), InferenceError);
    assertEquals([error.code, error.message.includes(reason)], ["FILE", true], error.message);
  }
});
