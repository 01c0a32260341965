/**
 * PNG's chunks (W3C PNG, section 5), as far as they must be known before decoding.
 *
 * @module
 */
import { concatBytes } from "../../base/bytes.ts";
import { exifOrientation } from "./exif.ts";
import { has } from "./sniff.ts";
import { imageError, type ImageHeader } from "../types.ts";

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
  const bits = depth! * (CHANNELS[colourType!] ?? 0);
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

/** Profiles have some kilobytes. */
const MOST_PROFILE_BYTES = 4_000_000;

/** The colour profile: a name that says nothing, a zero byte, the method, and deflated data. */
export async function pngProfile(bytes: Uint8Array): Promise<Uint8Array | undefined> {
  for (const { start, dataStart, end } of chunks(bytes)) {
    if (!has(bytes, "iCCP", start + 4)) continue;
    const zero = bytes.indexOf(0, dataStart);
    if (zero < 0 || zero + 2 > end - 4) return undefined;
    const source = new Blob([bytes.slice(zero + 2, end - 4)]).stream();
    const parts: Uint8Array[] = [];
    let total = 0;
    try {
      for await (const part of source.pipeThrough(new DecompressionStream("deflate"))) {
        total += part.length;
        if (total > MOST_PROFILE_BYTES) break;
        parts.push(part);
      }
    } catch {
      // What came until then has the name in it.
    }
    return concatBytes(parts);
  }
  return undefined;
}

/**
 * `tRNS` makes one colour transparent: the decoder would make it black, where OpenCV keeps it. The others
 * are an animation's: with them the decoder looks for the first frame, which need not be the still image.
 */
const UNWANTED = ["tRNS", "acTL", "fcTL", "fdAT"];

/**
 * A PNG of nothing but its still image, without transparency.
 *
 * @returns the same bytes when nothing had to be left out
 */
export function stillAndOpaque(bytes: Uint8Array): Uint8Array {
  const kept: Uint8Array[] = [];
  let from = 0;
  for (const { start, end } of chunks(bytes)) {
    if (!UNWANTED.some((type) => has(bytes, type, start + 4))) continue;
    kept.push(bytes.subarray(from, start));
    from = end;
  }
  return from === 0 ? bytes : concatBytes([...kept, bytes.subarray(from)]);
}
