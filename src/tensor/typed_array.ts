/**
 * Tensor bytes as JavaScript values and back. Bytes are little-endian, as are all hosts that Deno
 * runs on: typed arrays are laid over the bytes without swapping.
 *
 * @module
 */
import { InferenceError } from "../base/errors.ts";
import { type DataType, elementByteSize } from "./data_type.ts";
import { decodeBFloat16, decodeFloat16, encodeBFloat16, encodeFloat16 } from "./float16.ts";
import { encodeStrings } from "./strings.ts";

/** The elements of a tensor: bigint for 64-bit integers, float32 numbers for FP16 and BF16. */
export type TypedArray =
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | BigUint64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Float32Array
  | Float64Array;

/** The array that {@linkcode toTypedArray} makes for a data type; a list of texts for STRING. */
export type TypedArrayOf<T extends DataType> = {
  BOOL: Uint8Array;
  UINT8: Uint8Array;
  UINT16: Uint16Array;
  UINT32: Uint32Array;
  UINT64: BigUint64Array;
  INT8: Int8Array;
  INT16: Int16Array;
  INT32: Int32Array;
  INT64: BigInt64Array;
  FP16: Float32Array;
  BF16: Float32Array;
  FP32: Float32Array;
  FP64: Float64Array;
  STRING: readonly string[];
}[T];

/**
 * A Float16Array, where the engine has one. It is described by what it has, so that the types also work
 * with libraries that don't know it.
 */
export interface Float16ArrayLike extends ArrayBufferView {
  /** 2. */
  readonly BYTES_PER_ELEMENT: number;
  /** Elements. */
  readonly length: number;
  /** What tells it from other arrays. */
  readonly [Symbol.toStringTag]: "Float16Array";
  /** Its elements, as numbers. */
  readonly [index: number]: number;
}

/** What a tensor can be made of. */
export type TensorValues =
  | readonly number[]
  | readonly bigint[]
  | readonly boolean[]
  | readonly (string | Uint8Array)[]
  | TypedArray
  | Uint8ClampedArray
  | Float16ArrayLike;

type ArrayClass = {
  new (length: number): TypedArray;
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): TypedArray;
};

/** The array that has a type's bytes; FP16 and BF16 have none everywhere, STRING none at all. */
const CLASSES: Readonly<Partial<Record<DataType, ArrayClass>>> = {
  BOOL: Uint8Array,
  UINT8: Uint8Array,
  UINT16: Uint16Array,
  UINT32: Uint32Array,
  UINT64: BigUint64Array,
  INT8: Int8Array,
  INT16: Int16Array,
  INT32: Int32Array,
  INT64: BigInt64Array,
  FP32: Float32Array,
  FP64: Float64Array,
};

/**
 * A tensor's bytes as a typed array: a view, or a copy where the bytes lie unaligned or the type is
 * FP16 or BF16.
 *
 * @throws {InferenceError} `INVALID_ARG` for STRING; `PROTOCOL` when bytes are left over
 */
export function toTypedArray(dataType: DataType, bytes: Uint8Array): TypedArray {
  const size = elementByteSize(dataType);
  if (size === 0) {
    throw new InferenceError(
      "INVALID_ARG",
      `Cannot make a typed array of ${dataType}: its elements vary in size`,
    );
  }
  if (bytes.byteLength % size !== 0) {
    throw new InferenceError(
      "PROTOCOL",
      `Cannot read ${bytes.byteLength} bytes as ${dataType}: not a multiple of ${size}`,
    );
  }
  if (dataType === "FP16") return decodeFloat16(bytes);
  if (dataType === "BF16") return decodeBFloat16(bytes);
  const aligned = bytes.byteOffset % size === 0 ? bytes : new Uint8Array(bytes);
  const length = bytes.byteLength / size;
  return new CLASSES[dataType]!(aligned.buffer, aligned.byteOffset, length);
}

/**
 * Values as a tensor's bytes. Integer types take whole numbers and bigints in range, BOOL also
 * booleans, floating point types numbers and bigints (rounded to the nearest), STRING text and bytes.
 * A typed array that already has the type's layout is not copied: the bytes are a view of it.
 *
 * @param firstIndex number of the first element, for messages; default 0
 * @throws {InferenceError} `INVALID_ARG` naming the first element that does not fit
 */
export function toBytes(dataType: DataType, values: TensorValues, firstIndex = 0): Uint8Array {
  if (dataType === "STRING") return stringBytes(values, firstIndex);
  if (hasLayout(dataType, values)) {
    if (dataType === "BOOL") checkEach(dataType, values, firstIndex);
    return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  }
  checkEach(dataType, values as ArrayLike<unknown>, firstIndex);
  if (dataType === "FP16") return encodeFloat16(plainNumbers(values));
  if (dataType === "BF16") return encodeBFloat16(plainNumbers(values));
  const array = new CLASSES[dataType]!(values.length);
  const convert = dataType.endsWith("64") && dataType !== "FP64" ? BigInt : Number;
  for (let i = 0; i < values.length; i++) array[i] = convert(values[i] as number);
  return new Uint8Array(array.buffer);
}

function plainNumbers(values: TensorValues): ArrayLike<number> {
  const mixed = values as ArrayLike<number | bigint>;
  return Array.prototype.some.call(mixed, (value) => typeof value === "bigint")
    ? Array.from(mixed, Number)
    : mixed as ArrayLike<number>;
}

/**
 * Checks a tensor's bytes as they are: a BOOL is 0 or 1.
 *
 * @throws {InferenceError} `INVALID_ARG` naming the first byte that is neither
 */
export function checkBools(bytes: Uint8Array, firstIndex = 0): void {
  checkEach("BOOL", bytes, firstIndex);
}

function stringBytes(values: TensorValues, firstIndex: number): Uint8Array {
  if (!ArrayBuffer.isView(values)) {
    return encodeStrings(values as readonly (string | Uint8Array)[], firstIndex);
  }
  throw new InferenceError(
    "INVALID_ARG",
    `Cannot make a tensor of STRING from ${values.constructor.name}: ` +
      "pass a list of strings or Uint8Arrays",
  );
}

/** Whether a typed array's memory is the tensor's bytes. */
function hasLayout(
  dataType: DataType,
  values: TensorValues,
): values is Exclude<TensorValues, readonly unknown[]> {
  if (!ArrayBuffer.isView(values)) return false;
  if (dataType === "FP16") {
    return Object.prototype.toString.call(values) === "[object Float16Array]";
  }
  if (dataType === "UINT8" && values instanceof Uint8ClampedArray) return true;
  const expected = CLASSES[dataType];
  return expected !== undefined && values instanceof expected;
}

const LIMITS: Readonly<Partial<Record<DataType, number>>> = {
  // Half a step above the largest number, from where on rounding gives infinity.
  FP16: 65520,
  BF16: (2 - 2 ** -8) * 2 ** 127,
  FP32: (2 - 2 ** -24) * 2 ** 127,
};

function checkEach(dataType: DataType, values: ArrayLike<unknown>, firstIndex: number): void {
  const check = elementCheck(dataType);
  for (let i = 0; i < values.length; i++) {
    if (check(values[i])) continue;
    throw new InferenceError(
      "INVALID_ARG",
      `Cannot make a tensor of ${dataType}: element ${firstIndex + i} must be ${
        expectation(dataType)
      }, ` +
        `got ${show(values[i])}`,
    );
  }
}

function elementCheck(dataType: DataType): (value: unknown) => boolean {
  if (dataType === "BOOL") {
    return (value) =>
      typeof value === "boolean" || value === 0 || value === 1 || value === 0n || value === 1n;
  }
  if (isFloat(dataType)) {
    const limit = LIMITS[dataType] ?? Infinity;
    return (value) =>
      typeof value === "bigint"
        ? Math.abs(Number(value)) < limit
        : typeof value === "number" && (Math.abs(value) < limit || !Number.isFinite(value));
  }
  const [low, high] = integerRange(dataType);
  const [lowest, highest] = [Number(low), Number(high)];
  return (value) =>
    typeof value === "number"
      ? Number.isSafeInteger(value) && value >= lowest && value <= highest
      : typeof value === "bigint" && value >= low && value <= high;
}

function isFloat(dataType: DataType): boolean {
  return dataType.includes("F");
}

function integerRange(dataType: DataType): [low: bigint, high: bigint] {
  const bits = BigInt(elementByteSize(dataType) * 8);
  return dataType.startsWith("U")
    ? [0n, (1n << bits) - 1n]
    : [-(1n << bits - 1n), (1n << bits - 1n) - 1n];
}

function expectation(dataType: DataType): string {
  if (dataType === "BOOL") return "true, false, 0 or 1";
  if (dataType === "FP64") return "a number";
  if (isFloat(dataType)) return `a number within the range of ${dataType}`;
  const [low, high] = integerRange(dataType);
  const exact = elementByteSize(dataType) === 8 ? ", beyond 2^53 as a bigint" : "";
  return `a whole number from ${low} to ${high}${exact}`;
}

function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.slice(0, 40));
  if (value === null || typeof value !== "object" && typeof value !== "function") {
    return typeof value === "bigint" ? `${value}n` : String(value);
  }
  return `a value of type ${typeof value}`;
}
