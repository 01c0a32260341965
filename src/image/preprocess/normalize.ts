/**
 * Pixel values to a model's numbers. There are 256 values a channel, so each becomes a table.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import type { DataType } from "../../tensor/data_type.ts";
import { float16FromBits, float16ToBits } from "../../tensor/float16.ts";
import { recipeValue } from "./recipe.ts";
import { roundHalfEven } from "./resize.ts";
import type { PreprocessSpec, Scaling, ScalingOf, ScalingOrder } from "../types.ts";

const VGG_MEANS: Readonly<Record<ScalingOrder, readonly number[]>> = {
  bgr: [104, 117, 123],
  rgb: [123, 117, 104],
};
const VGG_GRAY_MEAN = 128;

/** The numbers of each client. */
const NUMBERS: Readonly<Record<ScalingOf, { divisor: number; order: ScalingOrder }>> = {
  "r19.07": { divisor: 128, order: "bgr" },
  "triton": { divisor: 127.5, order: "rgb" },
};

type Numbers =
  | Uint8Array<ArrayBuffer>
  | Int8Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Int16Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>
  | Float16Array<ArrayBuffer>
  | BigUint64Array<ArrayBuffer>
  | BigInt64Array<ArrayBuffer>;

/** Largest and smallest value of the integer types that a pixel can meet. */
const RANGES: Partial<Record<DataType, readonly [number, number]>> = {
  UINT8: [0, 255],
  INT8: [-128, 127],
  UINT16: [0, 65_535],
  INT16: [-32_768, 32_767],
  UINT32: [0, Infinity],
  INT32: [-Infinity, Infinity],
  UINT64: [0, Infinity],
  INT64: [-Infinity, Infinity],
};

/** How pixel values are scaled, in one channel. */
export interface ChannelScaling {
  readonly scaling: Scaling;
  /** What INCEPTION divides by. */
  readonly divisor: number;
  /** What VGG subtracts. */
  readonly mean: number;
}

/**
 * The number that each pixel value becomes, in OpenCV's order of things: first the cast to the
 * model's type, which saturates, then the scaling in that type, rounded to it after each step (halves to even)
 * and saturated again when the type is an integer.
 *
 * @returns 256 numbers
 */
export function scaleValues(
  dataType: DataType,
  { scaling, divisor, mean }: ChannelScaling,
): number[] {
  const fit = fitOf(dataType);
  return Array.from({ length: 256 }, (_, pixel) => {
    const value = fit(pixel);
    if (scaling === "INCEPTION") return fit(fit(value * (1 / divisor)) - 1);
    return scaling === "VGG" ? fit(value - mean) : value;
  });
}

/** Rounds to the type, and saturates for integer types. */
function fitOf(dataType: DataType): (value: number) => number {
  const range = RANGES[dataType];
  if (dataType === "FP32") return Math.fround;
  if (dataType === "FP16") return (value) => float16FromBits(float16ToBits(value));
  if (!range) return (value) => value;
  return (value) => Math.min(Math.max(roundHalfEven(value), range[0]), range[1]);
}

/**
 * What each pixel value becomes, for every channel: 256 numbers of the model's type.
 *
 * @throws {InferenceError} `INVALID_ARG` when pixels can't be numbers of that type
 */
export function valueTables(spec: PreprocessSpec): Numbers[] {
  const { channels, dataType, recipe, scaling, scalingOf = "r19.07" } = spec;
  if (recipe) {
    return Array.from({ length: channels }, (_, c) => {
      const fit = fitOf(dataType);
      const value = (pixel: number) => recipeValue(recipe, pixel, channels === 1 ? undefined : c);
      return numbers(dataType, Array.from({ length: 256 }, (_, pixel) => fit(value(pixel))));
    });
  }
  const { divisor, order } = NUMBERS[scalingOf];
  const means = channels === 1 ? [VGG_GRAY_MEAN] : VGG_MEANS[spec.scalingOrder ?? order];
  return means.map((mean) => numbers(dataType, scaleValues(dataType, { scaling, divisor, mean })));
}

/** Every platform that Deno runs on is little-endian, and so are its typed arrays. */
function numbers(dataType: DataType, values: number[]): Numbers {
  switch (dataType) {
    case "UINT8":
      return new Uint8Array(values);
    case "INT8":
      return new Int8Array(values);
    case "UINT16":
      return new Uint16Array(values);
    case "INT16":
      return new Int16Array(values);
    case "UINT32":
      return new Uint32Array(values);
    case "INT32":
      return new Int32Array(values);
    case "UINT64":
      return new BigUint64Array(values.map(BigInt));
    case "INT64":
      return new BigInt64Array(values.map(BigInt));
    case "FP16":
      return new Float16Array(values);
    case "BF16":
      return bfloat16(values);
    case "FP32":
      return new Float32Array(values);
    case "FP64":
      return new Float64Array(values);
    default:
      throw new InferenceError(
        "INVALID_ARG",
        `Cannot turn an image into an input of type ${dataType}: pixels are numbers`,
      );
  }
}

/** The upper halves of the numbers as FP32, rounded to nearest, halves to even. */
function bfloat16(values: number[]): Uint16Array<ArrayBuffer> {
  const wide = new Uint32Array(new Float32Array(values).buffer);
  return Uint16Array.from(wide, (bits) => bits + 0x7fff + (bits >>> 16 & 1) >>> 16);
}
