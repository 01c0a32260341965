/**
 * An image classifier whose answer a person can check by eye: the share of the image nearest to
 * each of the eleven basic colour words.
 *
 * @module
 */
import type { ServerModel, TensorValue } from "../core/model.ts";
import { COLOR_WORDS, colorWordTable } from "./color_words.ts";
import { bytesOf, float32Of, inputOf, perRequest, tensorConfig } from "./instance.ts";
import { detectPixelRange } from "./pixel_range.ts";

/** Width and height of the images. */
export const IMAGE_SIZE = 224;
const PIXELS = IMAGE_SIZE * IMAGE_SIZE;
const CHANNELS = 3;

/** How an image's values are ordered. */
export type ImageLayout = "NHWC" | "NCHW";

/** Dimensions of one image. */
export function imageDims(layout: ImageLayout): number[] {
  const size = [IMAGE_SIZE, IMAGE_SIZE];
  return layout === "NHWC" ? [...size, CHANNELS] : [CHANNELS, ...size];
}

/**
 * Shares of the colour words in an image, in the order of {@linkcode COLOR_WORDS}; they add up to 1.
 *
 * @param values RGB, 224 x 224, in any of the image clients' scalings (see {@linkcode detectPixelRange})
 */
export function colorShares(values: Float32Array, layout: ImageLayout): Float32Array {
  const words = colorWordTable();
  const { scale, offset } = detectPixelRange(values);
  const pixelStride = layout === "NHWC" ? CHANNELS : 1;
  const channelStride = layout === "NHWC" ? 1 : PIXELS;
  const counts = new Float32Array(COLOR_WORDS.length);
  // Five bits a channel; NaN becomes 0.
  const step = (value: number, mean: number) => {
    const level = value * scale + mean;
    return level >= 255 ? 31 : level > 0 ? Math.round(level * 31 / 255) : 0;
  };
  for (let pixel = 0, at = 0; pixel < PIXELS; pixel++, at += pixelStride) {
    const red = step(values[at]!, offset[0]);
    const green = step(values[at + channelStride]!, offset[1]);
    const blue = step(values[at + 2 * channelStride]!, offset[2]);
    counts[words[red << 10 | green << 5 | blue]!]!++;
  }
  return counts.map((count) => count / PIXELS);
}

function classify(input: TensorValue, batchSize: number, layout: ImageLayout): Float32Array {
  const values = float32Of(input.data);
  const size = PIXELS * CHANNELS;
  const shares = new Float32Array(batchSize * COLOR_WORDS.length);
  for (let entry = 0; entry < batchSize; entry++) {
    const picture = values.subarray(entry * size, (entry + 1) * size);
    shares.set(colorShares(picture, layout), entry * COLOR_WORDS.length);
  }
  return shares;
}

/** The classifier for images in one layout. */
export function colorsModel(name: string, layout: ImageLayout): ServerModel {
  return {
    config: {
      name,
      platform: "custom",
      maxBatchSize: 32,
      input: [{
        ...tensorConfig("input", "TYPE_FP32", imageDims(layout)),
        format: `FORMAT_${layout}`,
      }],
      output: [{
        ...tensorConfig("output", "TYPE_FP32", [COLOR_WORDS.length]),
        labelFilename: "color_words.txt",
      }],
      defaultModelFilename: "libcolors.so",
    },
    labels: { output: COLOR_WORDS },
    createInstance: () =>
      perRequest((request) => {
        const shares = classify(inputOf(request, "input"), request.batchSize, layout);
        const data = bytesOf(shares);
        return request.outputs.map((output) => ({
          name: output,
          shape: [COLOR_WORDS.length],
          data,
        }));
      }),
  };
}
