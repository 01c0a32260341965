import { assert, assertEquals, assertLessOrEqual, assertRejects } from "@std/assert";
import { InferenceError } from "../../base/errors.ts";
import { decodeImage } from "./decode.ts";
import { decodeJpegPortably } from "./portable_jpeg.ts";
import { FILES, fixture, HEIGHT, testPixels, WIDTH } from "../testing/fixtures.ts";
import { bytesOf, pngChunk, writePng } from "../testing/writers.ts";
import { DEFAULT_LIMITS } from "../types.ts";

const decode = (bytes: Uint8Array) => decodeImage(bytes, "p");

/** The largest difference between two rows of bytes of one length. */
function worst(actual: Uint8Array, expected: Uint8Array): number {
  assertEquals(actual.length, expected.length);
  return actual.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i]!)), 0);
}

async function refused(bytes: Uint8Array, message: string, limits = DEFAULT_LIMITS) {
  const error = await assertRejects(
    () => decodeImage(bytes, "dir/a b.jpg", limits),
    InferenceError,
  );
  assertEquals(error.code, "FILE");
  assert(error.message.startsWith('Cannot decode image "dir/a b.jpg": '), error.message);
  assert(error.message.includes(message), error.message);
  assert(!error.message.includes("\n"), error.message);
  return error;
}

Deno.test("decode: JPEG, pixel for pixel as libjpeg", async () => {
  for (const name of ["baseline", "progressive", "restarts", "gray"] as const) {
    const { width, height, channels, data } = await decode(fixture(name));
    assertEquals([width, height, channels], [WIDTH, HEIGHT, 3]);
    assertEquals(data, fixture(`${name}Pixels`), name);
  }
});

Deno.test("decode: CMYK JPEG", async () => {
  const { data } = await decode(fixture("cmyk"));
  assertLessOrEqual(worst(data, fixture("cmykPixels")), 2);
});

Deno.test("decode: JPEG without libjpeg-turbo", async () => {
  for (const name of ["baseline", "progressive", "restarts", "gray"] as const) {
    const { data } = await decodeJpegPortably(fixture(name));
    assertLessOrEqual(worst(data, fixture(`${name}Pixels`)), 3, name);
  }
});

Deno.test("decode: a JPEG cut anywhere is an error, not an image with a gray rest", async () => {
  for (const name of ["baseline", "progressive", "gray", "cmyk"] as const) {
    const whole = fixture(name);
    for (const share of [0.1, 0.5, 0.9]) {
      await refused(whole.subarray(0, whole.length * share), "");
    }
    await refused(whole.subarray(0, whole.length - 2), "looks truncated");
    await refused(whole.subarray(0, whole.length - 20), "looks truncated");
  }
  for (const name of ["baseline", "cmyk"] as const) {
    const cut = fixture(name).subarray(0, fixture(name).length - (name === "cmyk" ? 80 : 12));
    await refused(bytesOf(cut, [0xff, 0xd9]), name === "cmyk" ? "damaged" : "missing or damaged");
  }
});

Deno.test("decode: stray bytes in a JPEG do no harm", async () => {
  const jpeg = fixture("baseline");
  const behind = await decode(bytesOf(jpeg, "trailing text"));
  assertEquals(behind.data, fixture("baselinePixels"));
  const inside = bytesOf(jpeg.subarray(0, -2), new Array(9).fill(0), [0xff, 0xd9]);
  assertLessOrEqual(worst((await decode(inside)).data, fixture("baselinePixels")), 3);
});

Deno.test("decode: PNG of every colour type and depth, interlaced or not", async () => {
  const rgb = testPixels();
  const pixels = WIDTH * HEIGHT;
  const red = Array.from({ length: pixels }, (_, i) => rgb[i * 3]!);
  const alpha = (i: number) => i * 31 % 256;
  const gray = (values: number[]) => Uint8Array.from(values.flatMap((v) => [v, v, v]));
  const palette = pngChunk("PLTE", Array.from({ length: 256 * 3 }, (_, i) => (i * 7 + 3) % 256));
  const wide = (value: number, i: number) => value << 8 | i * 59 & 255;
  type Case = [colourType: number, bits: number, samples: number[], expected: Uint8Array];
  const cases: Case[] = [
    [2, 8, [...rgb], rgb],
    [2, 16, [...rgb].map(wide), rgb],
    [6, 8, red.flatMap((_, i) => [...rgb.subarray(i * 3, i * 3 + 3), alpha(i)]), rgb],
    [
      6,
      16,
      red.flatMap((_, i) => [...[...rgb.subarray(i * 3, i * 3 + 3)].map(wide), alpha(i) * 256]),
      rgb,
    ],
    [4, 8, red.flatMap((v, i) => [v, alpha(i)]), gray(red)],
    [4, 16, red.flatMap((v, i) => [wide(v, i), alpha(i) * 256]), gray(red)],
    [0, 8, red, gray(red)],
    [0, 16, red.map(wide), gray(red)],
  ];
  for (const bits of [1, 2, 4]) {
    const samples = red.map((v) => v >> 8 - bits);
    cases.push([0, bits, samples, gray(samples.map((v) => v * 255 / ((1 << bits) - 1)))]);
  }
  for (const bits of [1, 2, 4, 8]) {
    const samples = red.map((v) => v >> 8 - bits);
    const expected = samples.flatMap((v) => [0, 1, 2].map((c) => ((v * 3 + c) * 7 + 3) % 256));
    cases.push([3, bits, samples, Uint8Array.from(expected)]);
  }
  for (const [colourType, bits, samples, expected] of cases) {
    for (const interlaced of [false, true]) {
      const chunks = colourType === 3 ? [palette] : [];
      const size = { width: WIDTH, height: HEIGHT };
      const png = writePng({ ...size, bits, colourType, samples, interlaced, chunks });
      const { data } = await decode(png);
      assertEquals(data, expected, `colour type ${colourType}, ${bits} bits`);
    }
  }
});

Deno.test("decode: a PNG's transparent colour keeps its pixels", async () => {
  const source = { width: 2, height: 1, bits: 8, colourType: 2, samples: [9, 8, 7, 200, 100, 50] };
  const chunks = [pngChunk("tRNS", [0, 200, 0, 100, 0, 50])];
  const { data } = await decode(writePng({ ...source, chunks }));
  assertEquals([...data], source.samples);
});

Deno.test("decode: GIF, first frame", async () => {
  for (const name of ["gif", "animatedGif"] as const) {
    const { width, height, data } = await decode(fixture(name));
    assertEquals([width, height], [WIDTH, HEIGHT]);
    assertEquals(data, fixture("gifPixels"), name);
  }
});

Deno.test("decode: a GIF frame smaller than its screen", async () => {
  // Screen 3 x 2; frame 1 x 1 at (2, 1) in colour 1 of the table.
  const gif = bytesOf(
    "GIF89a",
    [3, 0, 2, 0, 0x80, 0, 0, 0, 0, 0, 255, 128, 64],
    [0x2c, 2, 0, 1, 0, 1, 0, 1, 0, 0, 2, 2, 0x4c, 0x01, 0, 0x3b],
  );
  const { width, height, data } = await decode(gif);
  assertEquals([width, height], [3, 2]);
  assertEquals([...data], [...new Array(15).fill(0), 255, 128, 64]);
});

Deno.test("decode: what is no usable picture, in one line with the file's name", async () => {
  const hint = "convert the image to JPEG or PNG";
  await refused(bytesOf("hello"), "not an image");
  await refused(new Uint8Array(0), "the file is empty");
  assertEquals((await refused(bytesOf("%PDF-1.4"), "PDF is not supported")).hint, hint);
  assertEquals((await refused(bytesOf("8BPS", new Array(60).fill(0)), "Photoshop")).hint, hint);
  const png = writePng({
    width: 9,
    height: 9,
    bits: 8,
    colourType: 0,
    samples: new Array(81).fill(1),
  });
  await refused(png.subarray(0, png.length - 20), "PNG data can't be decoded");
  const gif = fixture("gif");
  await refused(gif.subarray(0, gif.length - 30), "GIF data can't be decoded");
});

/** A sound PNG whose header says another size. */
function claims(width: number, height: number): Uint8Array {
  const png = writePng({ width: 1, height: 1, bits: 8, colourType: 0, samples: [1] });
  const view = new DataView(png.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  return png;
}

Deno.test("decode: a forged size takes no memory", async () => {
  await refused(claims(60_000, 60_000), "claims 60000 x 60000 pixels, more than the limit");
  await refused(claims(70_000, 1), "more than 65500 on a side");
  await refused(claims(9_999, 9_999), "more than a file of");
  await refused(claims(0, 5), "claims 0 x 5 pixels");
  const jpeg = fixture("baseline");
  const frame = jpeg.findIndex((byte, i) => byte === 0xff && jpeg[i + 1] === 0xc0);
  jpeg.set([0x23, 0, 0x23, 0], frame + 5);
  await refused(jpeg, "8960 x 8960 pixels, more than a file of 325 bytes can hold");
  await refused(fixture("gif"), "limit of 100 pixels", { ...DEFAULT_LIMITS, maxPixels: 100 });
});

Deno.test("decode: damaged files end in an error or a picture, never in anything else", async () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  console.log(`seed ${seed}`);
  let state = seed;
  const random = (below: number) => {
    state = Math.imul(state, 1_103_515_245) + 12_345 >>> 0;
    return (state >>> 8) % below;
  };
  const names = (Object.keys(FILES) as (keyof typeof FILES)[]).filter((n) => !n.endsWith("Pixels"));
  for (let round = 0; round < 150; round++) {
    const name = names[round % names.length];
    const bytes = fixture(name!);
    for (let flips = 1 + random(4); flips > 0; flips--) bytes[random(bytes.length)] = random(256);
    const file = random(3) === 0 ? bytes.subarray(0, random(bytes.length)) : bytes;
    try {
      const { width, height, data } = await decodeImage(file, name!);
      assertEquals(data.length, width * height * 3);
    } catch (error) {
      assert(error instanceof InferenceError && error.code === "FILE", String(error));
    }
  }
  // The codecs still work after whatever happened above.
  assertEquals((await decode(fixture("gif"))).data, fixture("gifPixels"));
  assertEquals((await decode(fixture("baseline"))).data, fixture("baselinePixels"));
});

Deno.test("decode: a CMYK JPEG without Adobe's marker is read as Adobe's", async () => {
  const marked = fixture("cmyk");
  const at = marked.findIndex((byte, i) => byte === 0xff && marked[i + 1] === 0xee);
  const size = marked[at + 2]! << 8 | marked[at + 3]!;
  const bare = bytesOf(marked.subarray(0, at), marked.subarray(at + 2 + size));
  assertEquals((await decode(bare)).data, (await decode(marked)).data);
});

Deno.test("decode: an animated PNG's still image need not be part of the animation", async () => {
  const png = { width: 2, height: 1, bits: 8, colourType: 2, samples: [1, 2, 3, 4, 5, 6] };
  const animation = [pngChunk("acTL", [0, 0, 0, 1, 0, 0, 0, 0])];
  const { data } = await decode(writePng({ ...png, chunks: animation }));
  assertEquals([...data], png.samples);
});

Deno.test("decode: a GIF frame smaller than its screen stands on the background", async () => {
  // 3 x 1 pixels of screen, background 1 = (9, 8, 7), a frame of one pixel of colour 0.
  const gif = bytesOf(
    "GIF89a",
    [3, 0, 1, 0, 0x80, 1, 0, 200, 100, 50, 9, 8, 7],
    [0x2c, 1, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 0x01, 0, 0x3b],
  );
  const { width, data } = await decode(gif);
  assertEquals(width, 3);
  assertEquals([...data], [9, 8, 7, 200, 100, 50, 9, 8, 7]);
});

Deno.test("decode: the limit of pixels can be raised", async () => {
  const few = { ...DEFAULT_LIMITS, maxPixels: WIDTH * HEIGHT - 1 };
  const error = await refused(fixture("baseline"), "more than the limit of", few);
  assertEquals(error.remedy, "more-pixels");
  const enough = { ...few, maxPixels: WIDTH * HEIGHT };
  assertEquals((await decodeImage(fixture("baseline"), "p", enough)).width, WIDTH);
});
