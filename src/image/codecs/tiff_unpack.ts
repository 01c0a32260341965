/**
 * The packings of TIFF chunks: LZW (TIFF 6.0, section 13), PackBits (section 9), Deflate.
 *
 * @module
 */
import type { TiffPacking } from "./tiff_layout.ts";
import { imageError } from "../types.ts";

/**
 * Unpacks a chunk.
 *
 * @param size bytes to expect; what comes after them is left alone
 * @throws {InferenceError} `FILE` when there are fewer or the data are damaged
 */
export async function unpack(
  packing: TiffPacking,
  bytes: Uint8Array,
  size: number,
): Promise<Uint8Array> {
  if (packing === "none") {
    if (bytes.length < size) throw tooShort();
    return bytes.subarray(0, size);
  }
  const out = new Uint8Array(size);
  let length = 0;
  if (packing === "lzw") length = unpackLzw(bytes, out);
  else if (packing === "packbits") length = unpackBits(bytes, out);
  else length = await inflate(bytes, out);
  if (length < size) throw tooShort();
  return out;
}

/** The bytes with their first bit last, as fax writers store them. */
export function reverseBits(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte) => REVERSED[byte]!);
}

const REVERSED = Uint8Array.from({ length: 256 }, (_, byte) => {
  let reversed = 0;
  for (let bit = 0; bit < 8; bit++) reversed |= (byte >> bit & 1) << (7 - bit);
  return reversed;
});

function tooShort() {
  return imageError("a strip or tile of the image is cut off or damaged");
}

function unpackBits(bytes: Uint8Array, out: Uint8Array): number {
  let to = 0;
  for (let at = 0; at < bytes.length && to < out.length;) {
    const n = bytes[at++];
    if (n! < 128) {
      const run = bytes.subarray(at, at + Math.min(n! + 1, out.length - to));
      out.set(run, to);
      to += run.length;
      at += n! + 1;
    } else if (n! > 128) {
      const end = Math.min(to + 257 - n!, out.length);
      out.fill(bytes[at++]!, to, end);
      to = end;
    }
  }
  return to;
}

const CLEAR = 256;
const END = 257;

/** Strings are kept as (where in the output, how long): a table entry is where it first appeared. */
function unpackLzw(bytes: Uint8Array, out: Uint8Array): number {
  const starts = new Int32Array(4097);
  const lengths = new Int32Array(4097);
  let next = 258;
  let width = 9;
  let buffer = 0;
  let held = 0;
  let to = 0;
  let previous = -1;
  let previousStart = 0;
  for (let at = 0; to < out.length;) {
    while (held < width) {
      if (at >= bytes.length) return to;
      buffer = (buffer << 8 | bytes[at++]!) & 0xfffff;
      held += 8;
    }
    const code = buffer >> held - width & (1 << width) - 1;
    held -= width;
    if (code === END) return to;
    if (code === CLEAR) {
      next = 258;
      width = 9;
      previous = -1;
      continue;
    }
    if (code > next || (code === next && previous < 0)) throw tooShort();
    const start = to;
    if (previous >= 0 && next < 4096) {
      // The new string is the previous one and the byte that follows it in the output, which is the
      // first of this string: right even when this code is the new string itself.
      starts[next] = previousStart;
      lengths[next] = start - previousStart + 1;
      next++;
    }
    if (code < 256) out[to++] = code;
    else {
      const length = Math.min(lengths[code]!, out.length - to);
      for (let i = 0, from = starts[code]; i < length; i++) out[to++] = out[from!++]!;
    }
    previous = code;
    previousStart = start;
    // TIFF widens one code early.
    if (next + 1 >= 1 << width && width < 12) width++;
  }
  return to;
}

async function inflate(bytes: Uint8Array, out: Uint8Array): Promise<number> {
  const source = new Blob([bytes.slice()]).stream().pipeThrough(new DecompressionStream("deflate"));
  let to = 0;
  try {
    for await (const part of source) {
      const used = part.subarray(0, out.length - to);
      out.set(used, to);
      to += used.length;
      if (to === out.length) break;
    }
  } catch (cause) {
    throw imageError("a strip or tile of the image is cut off or damaged", cause);
  }
  return to;
}
