/**
 * A decoded image to a model's input: gray when the model wants one channel, then resized, scaled and laid
 * out, as r19.07's image_client does it with OpenCV, or as a recipe says.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import { fitPicture, resizedSize } from "./fit.ts";
import { toGray } from "./gray.ts";
import { resizeInto } from "./resize_simd.ts";
import { TensorWriter } from "./tensor_writer.ts";
import type { PreprocessSpec, RgbImage, Size } from "../types.ts";

export type { PreprocessSpec, Scaling, ScalingOrder } from "../types.ts";

/**
 * The tensor of one image.
 *
 * @param into memory that it takes if it has just its size, in place of its own
 * @returns `height * width * channels` numbers as little-endian bytes, in the spec's order
 * @throws {InferenceError} `INVALID_ARG` when the spec is none that an image can meet
 */
export function preprocess(
  image: RgbImage,
  spec: PreprocessSpec,
  into?: Uint8Array,
): Uint8Array<ArrayBuffer> {
  checkSpec(spec);
  const pixels = spec.channels === 1 ? { ...image, channels: 1, data: toGray(image.data) } : image;
  const tensor = new TensorWriter(spec, into);
  if (spec.recipe) fitPicture(pixels, spec, spec.recipe, tensor);
  else resizeInto(pixels, spec.width, spec.height, tensor);
  return tensor.bytes;
}

/** The size that an image of this size is resized to at first. */
export function neededSize(source: Size, spec: PreprocessSpec): Size {
  return spec.recipe ? resizedSize(source, spec, spec.recipe) : spec;
}

function checkSpec({ width, height, channels }: PreprocessSpec): void {
  if (channels !== 1 && channels !== 3) {
    throw new InferenceError(
      "INVALID_ARG",
      `Cannot turn an image into an input of ${channels} channels: it must have 1 (gray) or 3 (RGB)`,
    );
  }
  const isSize = (size: number) => Number.isInteger(size) && size > 0;
  if (!isSize(width) || !isSize(height)) {
    throw new InferenceError(
      "INVALID_ARG",
      `Cannot resize an image to ${width} x ${height} pixels: both must be positive`,
    );
  }
}
