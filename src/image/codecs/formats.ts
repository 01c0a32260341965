/**
 * The image formats, and which of them a file is. A new one is a file with its {@linkcode ImageCodec}
 * and a line in the list below.
 *
 * @module
 */
import { imageError, type ImageHeader, unsupportedImage } from "../types.ts";
import { avifCodec } from "./avif.ts";
import { hasBrand } from "./avif_boxes.ts";
import { bmpCodec } from "./bmp.ts";
import type { ImageCodec } from "./codec.ts";
import { gifCodec } from "./gif.ts";
import { jpegCodec } from "./jpeg.ts";
import { pngCodec } from "./png.ts";
import { ppmCodec } from "./ppm.ts";
import { has } from "./sniff.ts";
import { tiffCodec } from "./tiff.ts";
import { webpCodec } from "./webp.ts";

/** Every format that can be decoded, the most frequent first. */
export const CODECS: readonly ImageCodec[] = [
  jpegCodec,
  pngCodec,
  webpCodec,
  avifCodec,
  gifCodec,
  tiffCodec,
  bmpCodec,
  ppmCodec,
];

/** Formats that are known by sight only, to say so in the error. */
const FOREIGN: readonly (readonly [name: string, magic: string, offset: number])[] = [
  ["JPEG 2000", "\0\0\0\x0cjP  ", 0],
  ["JPEG 2000", "\xff\x4f\xff\x51", 0],
  ["JPEG XL", "\0\0\0\x0cJXL ", 0],
  ["JPEG XL", "\xff\x0a", 0],
  ["Photoshop", "8BPS", 0],
  ["ICO", "\0\0\x01\0", 0],
  ["PDF", "%PDF-", 0],
  ["BigTIFF", "II\x2b\0", 0],
  ["BigTIFF", "MM\0\x2b", 0],
];

/** Brands of HEIF files with H.265 inside, whose decoders need a patent licence. */
const HEIC_BRANDS = ["heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1"];

/**
 * The codec for a file.
 *
 * @throws {InferenceError} `FILE` when the file is empty, not an image, or of a format that can't be
 * decoded; the message is the reason alone
 */
export function codecOf(bytes: Uint8Array): ImageCodec {
  if (bytes.length === 0) throw imageError("the file is empty");
  const codec = CODECS.find((candidate) => candidate.recognizes(bytes));
  if (codec) return codec;
  if (hasBrand(bytes, HEIC_BRANDS)) {
    throw unsupportedImage(
      "HEIC is not supported",
      'convert it to JPEG, as "heif-convert photo.heic photo.jpg" of libheif does',
    );
  }
  const foreign = foreignFormat(bytes);
  if (foreign) throw unsupportedImage(`${foreign} is not supported`);
  throw imageError(`it is not an image; ${formatNames()} can be read`);
}

/** Reads an image's header. @throws {InferenceError} `FILE` as {@linkcode codecOf}, or when it is damaged */
export function readHeader(bytes: Uint8Array): ImageHeader {
  return codecOf(bytes).readHeader(bytes);
}

/** The formats in a sentence. */
export function formatNames(): string {
  const names = CODECS.map(({ format }) => format);
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

function foreignFormat(bytes: Uint8Array): string | undefined {
  return FOREIGN.find(([, magic, offset]) => has(bytes, magic, offset))?.[0];
}
