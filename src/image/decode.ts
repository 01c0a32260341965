/**
 * From a file's bytes to a picture.
 *
 * @module
 */
import { InferenceError, toInferenceError } from "../base/errors.ts";
import { decodeJpeg } from "./decode_jpeg.ts";
import { decodeGif, decodePng } from "./decode_other.ts";
import { decodeTiff } from "./decode_tiff.ts";
import { readHeader } from "./header.ts";
import { orient } from "./orient.ts";
import { freshMemory, type PixelMemory } from "./pixel_memory.ts";
import {
  DEFAULT_LIMITS,
  imageError,
  type ImageHeader,
  type ImageLimits,
  type RgbImage,
} from "./types.ts";

/** A picture this small is decoded whatever its file claims. */
const HARMLESS_PIXELS = 4_000_000;

/**
 * Decodes a JPEG, PNG, GIF (first frame) or TIFF file (first picture) to RGB, the way up that its EXIF
 * orientation says, alpha dropped. Size and plausibility are checked before memory is taken.
 *
 * @param name the file's name, for messages
 * @param memory where the pixels of most pictures go
 * @throws {InferenceError} `FILE`, naming the file and the reason in one line
 */
export async function decodeImage(
  bytes: Uint8Array,
  name: string,
  limits: ImageLimits = DEFAULT_LIMITS,
  memory: PixelMemory = freshMemory,
): Promise<RgbImage> {
  try {
    const header = readHeader(bytes);
    checkSize(header, bytes.length, limits);
    const image = await decodeAs(header, bytes, memory);
    if (image.width !== header.width || image.height !== header.height) {
      throw imageError("its header and its picture data contradict each other");
    }
    return orient(image, header.orientation);
  } catch (error) {
    const reason = error instanceof InferenceError
      ? error
      : toInferenceError(error, "FILE", "the decoder failed");
    throw new InferenceError("FILE", `Cannot decode image "${name}": ${reason.message}`, {
      hint: reason.hint,
      cause: reason.cause ?? reason,
    });
  }
}

function decodeAs(
  header: ImageHeader,
  bytes: Uint8Array,
  memory: PixelMemory,
): Promise<RgbImage> {
  switch (header.format) {
    case "JPEG":
      return decodeJpeg(bytes, header, memory);
    case "PNG":
      return decodePng(bytes);
    case "GIF":
      return decodeGif(bytes);
    case "TIFF":
      return decodeTiff(bytes);
  }
}

function checkSize(header: ImageHeader, fileSize: number, limits: ImageLimits): void {
  const { width, height } = header;
  const claim = `its header claims ${width} x ${height} pixels`;
  if (width === 0 || height === 0) throw imageError(claim);
  if (width > limits.maxSide || height > limits.maxSide) {
    throw imageError(`${claim}, more than ${limits.maxSide} on a side`);
  }
  if (width * height > limits.maxPixels) {
    throw imageError(`${claim}, more than the limit of ${limits.maxPixels} pixels`);
  }
  if (width * height > Math.max(header.pixelBound, HARMLESS_PIXELS)) {
    throw imageError(
      `${claim}, more than a file of ${fileSize} bytes can hold; it is truncated or forged`,
    );
  }
}
