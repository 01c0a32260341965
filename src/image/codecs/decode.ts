/**
 * From a file's bytes to an image.
 *
 * @module
 */
import { InferenceError, toInferenceError } from "../../base/errors.ts";
import { decoderFailure } from "./decoder_failure.ts";
import { codecOf } from "./formats.ts";
import { orient } from "../preprocess/orient.ts";
import {
  DEFAULT_LIMITS,
  imageError,
  type ImageHeader,
  type ImageLimits,
  type RgbImage,
  type Size,
} from "../types.ts";

/** An image this small is decoded whatever its file claims. */
const HARMLESS_PIXELS = 4_000_000;

/**
 * Decodes an image file of any format in formats.ts to RGB, the way up that its EXIF
 * orientation says, alpha dropped. Size and plausibility are checked before memory is taken.
 *
 * @param name the file's name, for messages
 * @throws {InferenceError} `FILE`, naming the file and the reason in one line
 */
export async function decodeImage(
  bytes: Uint8Array,
  name: string,
  limits: ImageLimits = DEFAULT_LIMITS,
): Promise<RgbImage> {
  return await withImage(
    { bytes, name, limits },
    (image) => ({ ...image, data: ownPixels(image.data) }),
  );
}

/** Pixels that lie in a larger memory may be a decoder's. */
function ownPixels(data: Uint8Array): Uint8Array {
  return data.byteLength === data.buffer.byteLength ? data : data.slice();
}

/** An image file, and how it is decoded. */
export interface ImageFile {
  readonly bytes: Uint8Array;
  /** For messages. */
  readonly name: string;
  readonly limits: ImageLimits;
  /**
   * Allows a smaller image.
   *
   * @returns the least size of an image that is this large when it is the right way up
   */
  readonly draft?: (size: Size) => Size;
}

/**
 * {@linkcode decodeImage} without a copy: the pixels may lie in the decoder's memory, and are good during
 * the call of `use` only.
 *
 * @returns what `use` returns
 * @throws {InferenceError} as {@linkcode decodeImage}; what `use` throws
 */
export async function withImage<T>(file: ImageFile, use: (image: RgbImage) => T): Promise<T> {
  const { bytes, name, limits, draft } = file;
  let thrown: { readonly error: unknown } | undefined;
  try {
    const codec = codecOf(bytes);
    const header = codec.readHeader(bytes);
    checkSize(header, bytes.length, limits);
    const atLeast = draft && leastSize(header, draft);
    return await codec.decode(bytes, header, (image) => {
      checkResult(image, header, atLeast !== undefined);
      const upright = orient(image, header.orientation);
      try {
        return use(upright);
      } catch (error) {
        thrown = { error };
        throw error;
      }
    }, { atLeast });
  } catch (error) {
    if (thrown) throw thrown.error;
    const reason = toInferenceError(decoderFailure(error), "FILE", "the decoder failed");
    throw new InferenceError("FILE", `Cannot decode image "${name}": ${reason.message}`, {
      hint: reason.hint,
      remedy: reason.remedy,
      cause: reason.cause ?? reason,
    });
  }
}

/** The least size of the image as it is stored. */
function leastSize({ width, height, orientation }: ImageHeader, draft: (size: Size) => Size): Size {
  if (orientation < 5) return draft({ width, height });
  const { width: rows, height: columns } = draft({ width: height, height: width });
  return { width: columns, height: rows };
}

function checkResult(image: Size, header: ImageHeader, mayShrink: boolean): void {
  const fits = (divisor: number) =>
    image.width === Math.ceil(header.width / divisor) &&
    image.height === Math.ceil(header.height / divisor);
  if (fits(1) || mayShrink && [2, 4, 8].some(fits)) return;
  throw imageError("its header and its image data contradict each other");
}

function checkSize(header: ImageHeader, fileSize: number, limits: ImageLimits): void {
  const { width, height } = header;
  const claim = `its header claims ${width} x ${height} pixels`;
  if (width === 0 || height === 0) throw imageError(claim);
  if (width > limits.maxSide || height > limits.maxSide) {
    throw imageError(`${claim}, more than ${limits.maxSide} on a side`);
  }
  if (width * height > limits.maxPixels) {
    throw new InferenceError(
      "FILE",
      `${claim}, more than the limit of ${limits.maxPixels} pixels`,
      { hint: "raise the limit if you trust the file", remedy: "more-pixels" },
    );
  }
  if (width * height > Math.max(header.pixelBound, HARMLESS_PIXELS)) {
    throw imageError(
      `${claim}, more than a file of ${fileSize} bytes can hold; it is truncated or forged`,
    );
  }
}
