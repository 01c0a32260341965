/**
 * Writers of small image files for tests.
 *
 * @module
 */
import { crc32, deflateSync } from "node:zlib";

/** Joins byte strings; a string counts a byte a character. */
export function bytesOf(...parts: (string | ArrayLike<number>)[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(
    parts.flatMap((part) =>
      typeof part === "string" ? Array.from(part, (c) => c.charCodeAt(0)) : Array.from(part)
    ),
  );
}

function uint32(value: number): number[] {
  return [value >>> 24, value >>> 16 & 255, value >>> 8 & 255, value & 255];
}

/** A PNG chunk. */
export function pngChunk(type: string, data: ArrayLike<number>): Uint8Array {
  const body = bytesOf(type, data);
  return bytesOf(uint32(data.length), body, uint32(crc32(body)));
}

/** What {@linkcode writePng} writes. */
export interface PngSource {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  readonly colourType: number;
  /** Samples at their own depth, interleaved. */
  readonly samples: ArrayLike<number>;
  readonly interlaced?: boolean;
  /** Chunks before the image data. */
  readonly chunks?: readonly Uint8Array[];
}

const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
];
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** A PNG file of any colour type and depth. */
export function writePng(source: PngSource): Uint8Array<ArrayBuffer> {
  const { width, height, bits, colourType, samples, interlaced = false, chunks = [] } = source;
  const channels = CHANNELS[colourType];
  const passes = interlaced ? ADAM7 : [[0, 0, 1, 1]];
  const raw: number[] = [];
  for (const [x0 = 0, y0 = 0, dx = 1, dy = 1] of passes) {
    if (x0 >= width) continue;
    for (let y = y0; y < height; y += dy) {
      const row: number[] = [];
      for (let x = x0; x < width; x += dx) {
        for (let c = 0; c < channels!; c++) row.push(samples[(y * width + x) * channels! + c]!);
      }
      raw.push(0, ...packSamples(row, bits));
    }
  }
  const header = [...uint32(width), ...uint32(height), bits, colourType, 0, 0, interlaced ? 1 : 0];
  return bytesOf(
    "\x89PNG\r\n\x1a\n",
    pngChunk("IHDR", header),
    ...chunks,
    pngChunk("IDAT", deflateSync(Uint8Array.from(raw))),
    pngChunk("IEND", []),
  );
}

/** Samples as bytes, big-endian, the row filled up to a whole byte. */
export function packSamples(row: readonly number[], bits: number): number[] {
  if (bits === 16) return row.flatMap((value) => [value >> 8, value & 255]);
  if (bits === 8) return [...row];
  const bytes = new Array(Math.ceil(row.length * bits / 8)).fill(0);
  row.forEach((value, i) => bytes[i * bits >> 3] |= value << 8 - bits - (i * bits & 7));
  return bytes;
}

/** Tags of a TIFF directory: unsigned numbers by tag. */
export type TiffTags = Readonly<Record<number, number | readonly number[]>>;

/** A TIFF structure with one directory; tag 273 (strip offset) is set to where `data` begins. */
export function writeTiff(
  tags: TiffTags,
  data: ArrayLike<number> = [],
  littleEndian = true,
): Uint8Array<ArrayBuffer> {
  const all: Record<number, number | readonly number[]> = { ...tags };
  if (data.length > 0) all[273] = 0;
  const numbers = Object.keys(all).map(Number);
  const lists = numbers.map((tag) => [all[tag]].flat() as number[]);
  const size = 8 + 2 + numbers.length * 12 + 4;
  const extra = lists.reduce((sum, list) => sum + (list.length > 1 ? list.length * 4 : 0), 0);
  const out = new Uint8Array(size + extra + data.length);
  const view = new DataView(out.buffer);
  out.set(littleEndian ? [0x49, 0x49, 42, 0] : [0x4d, 0x4d, 0, 42]);
  view.setUint32(4, 8, littleEndian);
  view.setUint16(8, numbers.length, littleEndian);
  let free = size;
  numbers.forEach((tag, i) => {
    const at = 10 + i * 12;
    const list = tag === 273 && data.length > 0 ? [size + extra] : lists[i];
    view.setUint16(at, tag, littleEndian);
    view.setUint16(at + 2, 4, littleEndian);
    view.setUint32(at + 4, list!.length, littleEndian);
    if (list!.length === 1) view.setUint32(at + 8, list![0]!, littleEndian);
    else {
      view.setUint32(at + 8, free, littleEndian);
      list!.forEach((value, k) => view.setUint32(free + 4 * k, value, littleEndian));
      free += list!.length * 4;
    }
  });
  out.set(data, size + extra);
  return out;
}

/** A JPEG file with an EXIF block that says an orientation. */
export function withOrientation(jpeg: Uint8Array, orientation: number): Uint8Array<ArrayBuffer> {
  const exif = bytesOf("Exif\0\0", writeTiff({ 274: orientation }, [], orientation % 2 === 0));
  const length = exif.length + 2;
  return bytesOf(
    jpeg.subarray(0, 2),
    [0xff, 0xe1, length >> 8, length & 255],
    exif,
    jpeg.subarray(2),
  );
}
