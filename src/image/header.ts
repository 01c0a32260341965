/**
 * Format, size and orientation of a picture from its file's header: pure, and without decoding.
 *
 * @module
 */
import { gifHeader } from "./gif_header.ts";
import { jpegHeader } from "./jpeg_markers.ts";
import { pngHeader } from "./png_chunks.ts";
import { sniffForeign, sniffFormat } from "./sniff.ts";
import { tiffHeader } from "./tiff_layout.ts";
import { imageError, type ImageFormat, type ImageHeader, unsupportedImage } from "./types.ts";

const READERS: Readonly<Record<ImageFormat, (bytes: Uint8Array) => ImageHeader>> = {
  JPEG: jpegHeader,
  PNG: pngHeader,
  GIF: gifHeader,
  TIFF: tiffHeader,
};

/**
 * Reads a picture's header.
 *
 * @throws {InferenceError} `FILE` when the file is empty, no picture, of a format that can't be
 * decoded, or damaged; the message is the reason alone
 */
export function readHeader(bytes: Uint8Array): ImageHeader {
  if (bytes.length === 0) throw imageError("the file is empty");
  const format = sniffFormat(bytes);
  if (format) return READERS[format](bytes);
  const foreign = sniffForeign(bytes);
  if (foreign) throw unsupportedImage(`${foreign} is not supported`);
  throw imageError("it is not a picture; JPEG, PNG, GIF and TIFF can be read");
}
