/**
 * PNG's chunks (W3C PNG, section 5), as far as they must be known before decoding.
 *
 * @module
 */
import { exifOrientation } from "./exif.ts";
import { has } from "./sniff.ts";
import { imageError, type ImageHeader } from "./types.ts";

const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
/** Deflate's largest ratio. */
const MAX_RATIO = 1032;
const SIGNATURE_SIZE = 8;
/** Length, type and checksum around a chunk's data. */
const FRAME_SIZE = 12;

interface Chunk {
  /** Where the chunk's length field stands. */
  readonly start: number;
  readonly dataStart: number;
  readonly end: number;
}

function* chunks(bytes: Uint8Array): Generator<Chunk> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let start = SIGNATURE_SIZE;
  while (start + FRAME_SIZE <= bytes.length) {
    const end = start + FRAME_SIZE + view.getUint32(start);
    if (end > bytes.length) return;
    yield { start, dataStart: start + 8, end };
    start = end;
  }
}

/** Size and orientation of a PNG file. @throws {InferenceError} `FILE` when its header is damaged */
export function pngHeader(bytes: Uint8Array): ImageHeader {
  const damaged = () => imageError("its PNG header is cut off or damaged");
  if (bytes.length < 33 || !has(bytes, "\0\0\0\x0dIHDR", SIGNATURE_SIZE)) throw damaged();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [depth, colourType] = bytes.subarray(24, 26);
  const bits = depth * (CHANNELS[colourType] ?? 0);
  if (bits === 0) throw damaged();
  let orientation = 1;
  for (const { start, dataStart, end } of chunks(bytes)) {
    if (has(bytes, "eXIf", start + 4)) {
      orientation = exifOrientation(bytes.subarray(dataStart, end - 4));
    }
  }
  const pixelBound = bytes.length * MAX_RATIO * 8 / bits;
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  return { format: "PNG", width, height, orientation, pixelBound };
}

/**
 * A PNG without the chunk that makes one colour transparent: the decoder would make that colour
 * black, where OpenCV keeps it.
 *
 * @returns the same bytes when there is no such chunk
 */
export function withoutTransparency(bytes: Uint8Array): Uint8Array {
  for (const { start, end } of chunks(bytes)) {
    if (!has(bytes, "tRNS", start + 4)) continue;
    const result = new Uint8Array(bytes.length - (end - start));
    result.set(bytes.subarray(0, start));
    result.set(bytes.subarray(end), start);
    return result;
  }
  return bytes;
}
