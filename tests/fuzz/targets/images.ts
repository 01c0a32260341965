/**
 * The image codecs.
 *
 * @module
 */
import { decodeImage } from "../../../src/image/codecs/decode.ts";
import { jpegHeader } from "../../../src/image/codecs/jpeg_markers.ts";
import { decodePlain } from "../../../src/image/codecs/jpeg_plain.ts";
import { decodeTurbo } from "../../../src/image/codecs/turbo.ts";
import { randomJpeg } from "../../../src/image/testing/jpeg_writer.ts";
import { createRandom } from "../../../src/perf/random.ts";
import { FILES, fixture } from "../../../src/image/testing/fixtures.ts";
import { writePng } from "../../../src/image/testing/writers.ts";
import { ensure, type Target } from "../target.ts";

const LIMITS = { maxSide: 4096, maxPixels: 1 << 20, maxBytes: 1 << 20 };

function fixtures(...prefixes: string[]): Uint8Array[] {
  return (Object.keys(FILES) as (keyof typeof FILES)[])
    .filter((name) =>
      !name.endsWith("Pixels") && prefixes.some((prefix) => name.startsWith(prefix))
    )
    .map(fixture);
}

function pngs(): Uint8Array[] {
  const [width, height] = [7, 5];
  const samples = Array.from({ length: width * height * 4 }, (_, i) => i * 37 & 1);
  return [[0, 1], [0, 8], [2, 8], [2, 16], [4, 8], [6, 8]].flatMap(([colourType, bits]) =>
    [false, true].map((interlaced) =>
      writePng({ width, height, bits: bits!, colourType: colourType!, samples, interlaced })
    )
  );
}

/** Bitmaps of two by two pixels, with and without a palette and RLE. */
function bmps(): Uint8Array[] {
  return [[1, 0], [4, 2], [8, 0], [8, 1], [16, 0], [16, 3], [24, 0], [32, 3]].map(
    ([bits, packing]) => {
      const bytes = new Uint8Array(54 + 64 + 32);
      const view = new DataView(bytes.buffer);
      bytes.set([0x42, 0x4d]);
      view.setUint32(10, 54 + 64, true);
      view.setUint32(14, 40, true);
      view.setInt32(18, 2, true);
      view.setInt32(22, 2, true);
      view.setUint16(28, bits!, true);
      view.setUint32(30, packing!, true);
      for (let at = 54; at < bytes.length; at++) bytes[at] = at * 37;
      return bytes;
    },
  );
}

function ppms(): Uint8Array[] {
  return [
    "P1 2 2 0 1 1 0",
    "P2 1 2 255 7 9",
    "P3 1 1 65535 1 2 3",
    "P4 2 2\n\x80\x40",
    "P6 1 1 255\nabc",
  ]
    .map((text) => Uint8Array.from(text, (char) => char.charCodeAt(0)));
}

function target(name: string, corpus: Uint8Array[], tokens: string[]): Target {
  return {
    name,
    corpus,
    tokens,
    async run(input) {
      const { width, height, data } = await decodeImage(input, "x", LIMITS);
      ensure(data.length === width * height * 3, "three bytes a pixel");
    },
  };
}

/** Files of every density, sizes from less than a block on. */
function plainJpegs(): Uint8Array[] {
  return [0, 0x11, 0x21, 0x22].flatMap((density, i) =>
    [5, 30].map((width) => {
      const random = createRandom(width + i);
      const pick = (below: number) => Math.floor(random.unit() * below);
      return randomJpeg(pick, { width, height: width + 3, density });
    })
  );
}

/** What the project's own decoder takes, libjpeg takes too, with the same pixels. */
const plainJpeg: Target = {
  name: "plain-jpeg",
  corpus: plainJpegs(),
  tokens: ["\xff\xd8", "\xff\xd9", "\xff\xda", "\xff\xc4", "\xff\xdd", "\xff\xd0", "\xff\x00"],
  async run(input) {
    const { width, height } = jpegHeader(input);
    if (width * height > LIMITS.maxPixels) return;
    for (const divisor of [1, 8] as const) {
      const own = await decodePlain(input, divisor, ({ data }) => data.slice());
      if (own === undefined) continue;
      const size = { width: Math.ceil(width / divisor), height: Math.ceil(height / divisor) };
      const theirs = await decodeTurbo(input, size, ({ data }) => data.slice());
      if (theirs === undefined) return;
      ensure("value" in theirs, "libjpeg takes it");
      ensure(theirs.value.every((value, i) => value === own.value[i]), "the same pixels");
    }
  },
};

/** The targets of this file. */
export const targets: readonly Target[] = [
  plainJpeg,
  target("jpeg", fixtures("baseline", "progressive", "restarts", "gray", "cmyk"), [
    "\xff\xd8",
    "\xff\xda",
    "\xff\xc0",
    "\xff\xc2",
    "\xff\xc4",
    "\xff\xd9",
    "\xff\xdd\x00\x04\x00\x01",
    "\xff\xff",
    "\x00\x00",
  ]),
  target("png", pngs(), ["IDAT", "IEND", "PLTE", "tRNS", "IHDR", "\0\0\0\0", "\xff\xff\xff\xff"]),
  target("gif", fixtures("gif", "animatedGif"), [
    "\x21\xf9",
    "\x2c",
    "\x3b",
    "\0",
    "\xff",
    "GIF89a",
  ]),
  target("tiff", fixtures("tiff"), [
    "\xff\xff\xff\xff",
    "\0\0\0\0",
    "\x11\x01",
    "\x17\x01",
    "\x80",
  ]),
  target("webp", fixtures("webp"), [
    "VP8 ",
    "VP8L",
    "VP8X",
    "ANMF",
    "EXIF",
    "\xff\xff\xff",
    "\0\0",
  ]),
  target("avif", fixtures("avif"), [
    "ispe",
    "ipma",
    "irot",
    "mdat",
    "\0\0\0\0",
    "\xff\xff\xff\xff",
  ]),
  target("bmp", bmps(), ["\xff\xff\xff\xff", "\0\0\0\0", "\0\x01", "\0\x02\xff\xff", "\x28\0\0\0"]),
  target("ppm", ppms(), ["P1", "P3", "P6", " 255\n", " 65535\n", "#", "\n", " 99999 "]),
];
