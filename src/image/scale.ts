/**
 * Pixel values to a model's numbers. There are 256 values a channel, so each becomes a table.
 *
 * @module
 */
import { InferenceError } from "../base/errors.ts";
import type { DataType } from "../tensor/data_type.ts";
import { type Pixels, roundHalfEven } from "./resize.ts";
import type { PreprocessSpec, Scaling, ScalingOrder } from "./types.ts";

const VGG_MEANS: Readonly<Record<ScalingOrder, readonly number[]>> = {
  bgr: [104, 117, 123],
  rgb: [123, 117, 104],
};
const VGG_GRAY_MEAN = 128;

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

/**
 * The number that each pixel value becomes, in OpenCV's order of things: first the cast to the
 * model's type, which saturates, then the scaling in that type, rounded (halves to even) and
 * saturated again when the type is an integer.
 *
 * @param mean what VGG scaling subtracts
 * @returns 256 numbers
 */
export function scaleValues(dataType: DataType, scaling: Scaling, mean: number): number[] {
  const range = RANGES[dataType];
  const fit = (value: number) =>
    range ? Math.min(Math.max(roundHalfEven(value), range[0]), range[1]) : value;
  return Array.from({ length: 256 }, (_, pixel) => {
    const value = fit(pixel);
    if (scaling === "INCEPTION") return fit(fit(value / 128) - 1);
    return scaling === "VGG" ? fit(value - mean) : value;
  });
}

/**
 * A resized picture as a model's input.
 *
 * @param pixels has the size and the channels that `spec` says
 * @returns little-endian bytes in NHWC or NCHW order
 * @throws {InferenceError} `INVALID_ARG` when pixels can't be numbers of that type
 */
export function scaleToTensor(pixels: Pixels, spec: PreprocessSpec): Uint8Array<ArrayBuffer> {
  const { channels, data } = pixels;
  const means = channels === 1 ? [VGG_GRAY_MEAN] : VGG_MEANS[spec.scalingOrder ?? "bgr"];
  const tables = means.map((mean) =>
    numbers(spec.dataType, scaleValues(spec.dataType, spec.scaling, mean))
  );
  const planes = spec.format === "NCHW";
  const count = pixels.width * pixels.height;
  const out = new Uint8Array(data.length * tables[0].BYTES_PER_ELEMENT);
  for (let c = 0; c < channels; c++) {
    lookUp(tables[c], data, c, channels, out, planes ? c * count : c, planes ? 1 : channels);
  }
  return out;
}

/** Copies whole elements of a table, as bit patterns of their size. */
function lookUp(
  table: Numbers,
  data: Uint8Array,
  from: number,
  step: number,
  out: Uint8Array<ArrayBuffer>,
  to: number,
  toStep: number,
): void {
  const bits = bitPatterns(table.buffer, table.BYTES_PER_ELEMENT);
  const target = bitPatterns(out.buffer, table.BYTES_PER_ELEMENT);
  // An 8-byte element is copied as two of 4.
  const words = table.BYTES_PER_ELEMENT === 8 ? 2 : 1;
  for (; from < data.length; from += step, to += toStep) {
    if (words === 1) target[to] = bits[data[from]];
    else {
      target[2 * to] = bits[2 * data[from]];
      target[2 * to + 1] = bits[2 * data[from] + 1];
    }
  }
}

function bitPatterns(buffer: ArrayBuffer, size: number): Uint8Array | Uint16Array | Uint32Array {
  if (size === 1) return new Uint8Array(buffer);
  return size === 2 ? new Uint16Array(buffer) : new Uint32Array(buffer);
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
        `Cannot make a picture an input of type ${dataType}: pixels are numbers`,
      );
  }
}

/** The upper halves of the numbers as FP32, rounded to nearest, halves to even. */
function bfloat16(values: number[]): Uint16Array<ArrayBuffer> {
  const wide = new Uint32Array(new Float32Array(values).buffer);
  return Uint16Array.from(wide, (bits) => bits + 0x7fff + (bits >>> 16 & 1) >>> 16);
}
