/**
 * JPEG files: libjpeg-turbo for all that it takes, imagescript for CMYK, for slightly damaged files
 * and where libjpeg-turbo does not run.
 *
 * @module
 */
import type { DecodeOptions, ImageCodec, UseImage } from "./codec.ts";
import { decodePlain } from "./jpeg_plain.ts";
import {
  checkScans,
  hasEndOfImage,
  jpegHeader,
  jpegProfile,
  withAdobeMarker,
} from "./jpeg_markers.ts";
import { decodeJpegPortably } from "./portable_jpeg.ts";
import { startsWith } from "./sniff.ts";
import { decodeTurbo, digestTurbo } from "./turbo.ts";
import { rgbaSize } from "./wasm.ts";
import { imageError, type ImageHeader, type RgbImage, type Size } from "../types.ts";

/** JPEG: baseline and progressive, gray, colour and CMYK. */
export const jpegCodec: ImageCodec = {
  format: "JPEG",
  recognizes: (bytes) => startsWith(bytes, "\xff\xd8\xff"),
  readHeader: jpegHeader,
  profile: jpegProfile,
  decode: decodeJpeg,
};

/** A file that ends before its image does is an error, not an image with a gray rest. */
async function decodeJpeg<T>(
  bytes: Uint8Array,
  header: ImageHeader,
  use: UseImage<T>,
  { atLeast }: DecodeOptions,
): Promise<T> {
  checkScans(bytes, header);
  const isInk = header.components === 4;
  const size = draftSize(header, atLeast);
  const plain = isInk ? undefined : await decodePlainly(bytes, header, size, use);
  if (plain) return plain.value;
  const turbo = isInk ? undefined : await decodeTurbo(bytes, size, use);
  if (turbo && "value" in turbo) return turbo.value;
  if (!hasEndOfImage(bytes)) {
    throw imageError("the file ends before the image does; it looks truncated");
  }
  if (turbo && await lacksData(bytes, header)) {
    throw imageError("some of its image data is missing or damaged");
  }
  return use(isInk ? await decodeInk(bytes, header) : await decodePortably(bytes, header));
}

function decodePlainly<T>(bytes: Uint8Array, whole: Size, size: Size, use: UseImage<T>) {
  const divides = (divisor: number) =>
    size.width === Math.ceil(whole.width / divisor) &&
    size.height === Math.ceil(whole.height / divisor);
  if (divides(1)) return decodePlain(bytes, 1, use);
  // Of the smallest images a quarter has the same size, and libjpeg takes that.
  return divides(8) && !divides(4) ? decodePlain(bytes, 8, use) : undefined;
}

const decodePortably = (bytes: Uint8Array, header: ImageHeader) =>
  decodeJpegPortably(bytes, rgbaSize(header));

async function decodeInk(bytes: Uint8Array, header: ImageHeader): Promise<RgbImage> {
  const marked = withAdobeMarker(bytes);
  const image = await decodePortably(marked, header);
  const longer = await decodePortably(withSurplus(marked), header);
  if (differ(image.data, longer.data)) {
    throw imageError("some of its image data is missing or damaged");
  }
  return image;
}

/** The smallest size that libjpeg-turbo can decode to and that is large enough. */
export function draftSize({ width, height }: Size, atLeast: Size | undefined): Size {
  for (const divisor of atLeast ? [8, 4, 2] : []) {
    const size = { width: Math.ceil(width / divisor), height: Math.ceil(height / divisor) };
    if (size.width >= atLeast!.width && size.height >= atLeast!.height) return size;
  }
  return { width, height };
}

function differ(a: Uint8Array, b: Uint8Array): boolean {
  return a.length !== b.length || a.some((value, i) => value !== b[i]);
}

/** Enough for a row of blocks in most images. */
const SURPLUS = 256;

/**
 * Whether a refused file has too few image data, rather than stray bytes that do no harm. Tells by
 * decoding it with more data before its end marker: a decoder that had all it needed ignores them,
 * one that made up the rest uses them, and its pixels change.
 */
async function lacksData(bytes: Uint8Array, header: ImageHeader): Promise<boolean> {
  return await digestTurbo(bytes, header) !== await digestTurbo(withSurplus(bytes), header);
}

/** The file with more image data before its end marker. */
function withSurplus(bytes: Uint8Array): Uint8Array {
  let end = bytes.length - 2;
  while (end > 0 && !(bytes[end] === 0xff && bytes[end + 1] === 0xd9)) end--;
  const longer = new Uint8Array(bytes.length + SURPLUS);
  longer.set(bytes.subarray(0, end));
  for (let i = 0; i < SURPLUS; i++) longer[end + i] = (i * 73 + 41) % 251;
  longer.set(bytes.subarray(end), end + SURPLUS);
  return longer;
}
