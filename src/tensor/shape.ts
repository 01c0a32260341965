/**
 * Shapes: lists of dimensions, row-major, -1 for one of any size. An empty shape is a scalar.
 *
 * @module
 */
import { InferenceError } from "../base/errors.ts";
import { type DataType, elementByteSize } from "./data_type.ts";

/** Whether any dimension may have any size. */
export function isVariable(shape: readonly number[]): boolean {
  return shape.includes(-1);
}

/**
 * Elements of a tensor; 1 for a scalar.
 *
 * @throws {InferenceError} `INVALID_ARG` when a dimension is variable, negative, no whole number or
 * beyond 2^53, or the product is
 */
export function elementCount(shape: readonly number[]): number {
  let count = 1;
  for (const dim of shape) {
    if (!Number.isSafeInteger(dim) || dim < 0) {
      const why = dim === -1 ? "is of variable size" : "is not a size from 0 to 2^53 - 1";
      throw new InferenceError(
        "INVALID_ARG",
        `Cannot count the elements of shape ${formatShape(shape)}: dimension ${dim} ${why}`,
      );
    }
    count *= dim;
  }
  // A zero makes the tensor empty, however large the other dimensions are.
  if (Number.isSafeInteger(count)) return count;
  if (shape.includes(0)) return 0;
  throw new InferenceError(
    "INVALID_ARG",
    `Cannot count the elements of shape ${formatShape(shape)}: more than 2^53 - 1`,
  );
}

/**
 * Bytes of a tensor.
 *
 * @throws {InferenceError} `INVALID_ARG` as {@linkcode elementCount}, and for STRING, whose elements
 * vary in size
 */
export function byteSize(dataType: DataType, shape: readonly number[]): number {
  const size = elementByteSize(dataType);
  if (size === 0) {
    throw new InferenceError(
      "INVALID_ARG",
      `Cannot compute the bytes of a ${dataType} tensor from its shape ${formatShape(shape)}: ` +
        "its elements vary in size",
    );
  }
  const bytes = elementCount(shape) * size;
  if (Number.isSafeInteger(bytes)) return bytes;
  throw new InferenceError(
    "INVALID_ARG",
    `Cannot compute the bytes of a ${dataType} tensor of shape ${formatShape(shape)}: ` +
      "more than 2^53 - 1",
  );
}

/** `[16]`, `[-1,224,224]`, as the servers' messages write it. */
export function formatShape(shape: readonly (number | bigint)[]): string {
  return `[${shape.join(",")}]`;
}

/** Larger tensors are taken for a slip in the shape: no server takes them in one request. */
const MAX_MADE_BYTES = 2 ** 32;

/**
 * Refuses a shape whose values would not fit into memory, before they are made. An element of STRING
 * counts as 4 bytes, the least that it takes.
 *
 * @throws {InferenceError} `INVALID_ARG`
 */
export function checkMadeSize(dataType: DataType, shape: readonly number[]): void {
  const bytes = elementCount(shape) * (elementByteSize(dataType) || 4);
  if (bytes <= MAX_MADE_BYTES) return;
  throw new InferenceError(
    "INVALID_ARG",
    `Cannot make a ${dataType} tensor of shape ${formatShape(shape)}: it takes ` +
      `${(bytes / 2 ** 30).toPrecision(3)} GiB, and at most 4 GiB are possible`,
  );
}
