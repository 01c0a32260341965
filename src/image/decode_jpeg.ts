/**
 * JPEG files: libjpeg-turbo for all that it takes, imagescript for CMYK, for slightly damaged files
 * and where libjpeg-turbo does not run.
 *
 * @module
 */
import { decodeJpegPortably } from "./decode_other.ts";
import { hasEndOfImage } from "./jpeg_markers.ts";
import { freshMemory, type PixelMemory } from "./pixel_memory.ts";
import { decodeTurbo } from "./turbo.ts";
import { imageError, type ImageHeader, type RgbImage } from "./types.ts";

/**
 * Decodes a JPEG file; orientation not applied.
 *
 * @throws {InferenceError} `FILE`; a file that ends before its picture does is an error, not a
 * picture with a gray rest
 */
export async function decodeJpeg(
  bytes: Uint8Array,
  header: ImageHeader,
  memory: PixelMemory,
): Promise<RgbImage> {
  const turbo = header.components === 4 ? undefined : await decodeTurbo(bytes, memory);
  if (turbo?.image) return turbo.image;
  if (!hasEndOfImage(bytes)) {
    throw imageError("the file ends before the picture does; it looks truncated");
  }
  if (turbo?.digest !== undefined && await lacksData(bytes, turbo.digest)) {
    throw imageError("some of its picture data are missing or damaged");
  }
  return await decodeJpegPortably(bytes);
}

/** Enough for a row of blocks in most pictures. */
const SURPLUS = 256;

/**
 * Whether a refused file has too few picture data, rather than stray bytes that do no harm. Tells by
 * decoding it with more data before its end marker: a decoder that had all it needed ignores them,
 * one that made up the rest uses them, and its pixels change.
 */
async function lacksData(bytes: Uint8Array, digest: number): Promise<boolean> {
  let end = bytes.length - 2;
  while (end > 0 && !(bytes[end] === 0xff && bytes[end + 1] === 0xd9)) end--;
  const longer = new Uint8Array(bytes.length + SURPLUS);
  longer.set(bytes.subarray(0, end));
  for (let i = 0; i < SURPLUS; i++) longer[end + i] = (i * 73 + 41) % 251;
  longer.set(bytes.subarray(end), end + SURPLUS);
  return (await decodeTurbo(longer, freshMemory))?.digest !== digest;
}
