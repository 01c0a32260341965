/**
 * A decoded picture to a model's input, as r19.07's image_client does it with OpenCV: gray when the
 * model wants one channel, then resized, cast, scaled and laid out.
 *
 * @module
 */
import { InferenceError } from "../base/errors.ts";
import { toGray } from "./gray.ts";
import { resize } from "./resize.ts";
import { scaleToTensor } from "./scale.ts";
import type { PreprocessSpec, RgbImage } from "./types.ts";

export type { PreprocessSpec, Scaling, ScalingOrder } from "./types.ts";

/**
 * The tensor of one picture.
 *
 * @returns `height * width * channels` numbers as little-endian bytes, in the spec's order
 * @throws {InferenceError} `INVALID_ARG` when the spec is none that a picture can meet
 */
export function preprocess(image: RgbImage, spec: PreprocessSpec): Uint8Array<ArrayBuffer> {
  checkSpec(spec);
  const pixels = spec.channels === 1 ? { ...image, channels: 1, data: toGray(image.data) } : image;
  return scaleToTensor(resize(pixels, spec.width, spec.height), spec);
}

function checkSpec({ width, height, channels }: PreprocessSpec): void {
  if (channels !== 1 && channels !== 3) {
    throw new InferenceError(
      "INVALID_ARG",
      `Cannot make a picture an input of ${channels} channels: 1 (gray) or 3 (RGB) is possible`,
    );
  }
  const isSize = (size: number) => Number.isInteger(size) && size > 0;
  if (!isSize(width) || !isSize(height)) {
    throw new InferenceError(
      "INVALID_ARG",
      `Cannot resize a picture to ${width} x ${height} pixels: both must be positive`,
    );
  }
}
