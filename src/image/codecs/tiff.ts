/**
 * Baseline TIFF, plus tiles, LZW, Deflate, CMYK and 16 bits. imagescript's TIFF decoder traps on
 * every file, so this one is ours.
 *
 * @module
 */
import type { ImageCodec } from "./codec.ts";
import { isTiff } from "./exif.ts";
import { readDirectory } from "./ifd.ts";
import { tiffHeader, type TiffLayout, tiffLayout } from "./tiff_layout.ts";
import { reverseBits, unpack } from "./tiff_unpack.ts";
import type { RgbImage } from "../types.ts";

const ICC_TAG = 34675;

/** TIFF: the first image. */
export const tiffCodec: ImageCodec = {
  format: "TIFF",
  recognizes: isTiff,
  readHeader: tiffHeader,
  profile(bytes) {
    const icc = readDirectory(bytes).values(ICC_TAG);
    return icc && Uint8Array.from(icc);
  },
  decode: async (bytes, _header, use) => use(await decodeTiff(bytes)),
};

/**
 * Decodes the first image of a TIFF file; orientation not applied, alpha dropped, 16 bits rounded
 * to 8.
 *
 * @throws {InferenceError} `FILE`
 */
export async function decodeTiff(bytes: Uint8Array): Promise<RgbImage> {
  const layout = tiffLayout(bytes);
  const { width, height, samples } = layout;
  const planes = layout.planar ? samples : 1;
  const across = Math.ceil(width / layout.chunkWidth);
  const down = Math.ceil(height / layout.chunkHeight);
  const pixels = new Uint8Array(width * height * samples);
  for (let index = 0; index < across * down * planes; index++) {
    const plane = Math.floor(index / (across * down));
    const x = index % across * layout.chunkWidth;
    const y = Math.floor(index / across) % down * layout.chunkHeight;
    const start = layout.offsets[index];
    const packed = bytes.subarray(start, start! + layout.byteCounts[index]!);
    await readChunk(layout, packed, { x, y, plane }, pixels);
  }
  return { width, height, channels: 3, data: toRgb(layout, pixels) };
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly plane: number;
}

/** Unpacks a chunk and puts its samples, 8 bits each, in their places. */
async function readChunk(
  layout: TiffLayout,
  packed: Uint8Array,
  { x, y, plane }: Place,
  pixels: Uint8Array,
): Promise<void> {
  const { width, samples, bits, chunkWidth } = layout;
  const perPixel = layout.planar ? 1 : samples;
  const rowSamples = chunkWidth * perPixel;
  const rowBytes = Math.ceil(rowSamples * bits / 8);
  // Tiles are stored whole, the last strip is not.
  const rows = Math.min(layout.chunkHeight, layout.height - y);
  const columns = Math.min(chunkWidth, width - x);
  const input = layout.reversed ? reverseBits(packed) : packed;
  const data = await unpack(layout.packing, input, rowBytes * rows);
  const row = new Uint16Array(rowSamples);
  const scale = layout.colours === "palette" ? 1 : bits < 8 ? 255 / ((1 << bits) - 1) : 1;
  for (let r = 0; r < rows; r++) {
    readRow(row, data, r * rowBytes, layout);
    if (layout.differenced) sumUp(row, perPixel, bits);
    let to = ((y + r) * width + x) * samples + plane;
    const step = layout.planar ? samples : 1;
    for (let i = 0; i < columns * perPixel; i++, to += step) {
      // As libtiff brings 16 bits down to 8.
      pixels[to] = bits === 16 ? Math.floor((row[i]! + 128) / 257) : row[i]! * scale;
    }
  }
}

function readRow(row: Uint16Array, data: Uint8Array, at: number, layout: TiffLayout): void {
  const { bits, littleEndian } = layout;
  if (bits === 16) {
    const [low, high] = littleEndian ? [0, 1] : [1, 0];
    for (let i = 0; i < row.length; i++) {
      row[i] = data[at + 2 * i + low]! | data[at + 2 * i + high]! << 8;
    }
  } else if (bits === 8) {
    for (let i = 0; i < row.length; i++) row[i] = data[at + i]!;
  } else {
    const mask = (1 << bits) - 1;
    for (let i = 0; i < row.length; i++) {
      const bit = i * bits;
      row[i] = data[at + (bit >> 3)]! >> 8 - bits - (bit & 7) & mask;
    }
  }
}

function sumUp(row: Uint16Array, perPixel: number, bits: number): void {
  const mask = bits === 16 ? 0xffff : 0xff;
  for (let i = perPixel; i < row.length; i++) row[i] = row[i]! + row[i - perPixel]! & mask;
}

function toRgb(layout: TiffLayout, pixels: Uint8Array): Uint8Array {
  const { colours, samples, palette, bits } = layout;
  if (colours === "rgb" && samples === 3) return pixels;
  const count = layout.width * layout.height;
  const data = new Uint8Array(count * 3);
  for (let i = 0, from = 0, to = 0; i < count; i++, from += samples, to += 3) {
    const first = pixels[from]!;
    if (colours === "rgb") {
      data[to] = first;
      data[to + 1] = pixels[from + 1]!;
      data[to + 2] = pixels[from + 2]!;
    } else if (colours === "palette") {
      for (let c = 0; c < 3; c++) data[to + c] = palette![(c << bits) + first]! >> 8;
    } else if (colours === "cmyk") {
      const light = 255 - pixels[from + 3]!;
      for (let c = 0; c < 3; c++) {
        data[to + c] = Math.floor(light * (255 - pixels[from + c]!) / 255);
      }
    } else data.fill(colours === "white-is-zero" ? 255 - first : first, to, to + 3);
  }
  return data;
}
