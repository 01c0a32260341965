/**
 * The shape that values bring along, held against the one that the model wants.
 *
 * @module
 */
import { InferenceError } from "../base/errors.ts";
import { elementCount, formatShape, isVariable } from "./shape.ts";

/** What the values are for. */
export interface ShapeRequest {
  /** The model's shape of one batch entry, -1 where any size goes; or the one that the user gave. */
  readonly shape: readonly number[];
  readonly batchSize: number;
  /** Whether the tensor has a batch dimension in front. */
  readonly batched: boolean;
}

/**
 * The shape of one batch entry. Values have the model's shape, or with a batch that shape with the batch
 * size in front. Numbers written one after the other, without a shape of their own, are any shape that
 * has as many elements.
 *
 * @param given the values' own shape; `[n]` for a flat list
 * @param flat whether a list of one dimension counts as numbers without a shape
 * @throws {InferenceError} `INVALID_ARG` with both shapes and what may have been meant
 */
export function entryShape(
  given: readonly number[],
  request: ShapeRequest,
  flat: boolean,
): readonly number[] {
  const { shape, batchSize, batched } = request;
  if (batchSize === 1 && fits(given, shape)) return given;
  if (batched && given[0] === batchSize && fits(given.slice(1), shape)) return given.slice(1);
  if (flat && given.length <= 1 && !isVariable(shape)) {
    const count = elementCount(shape) * batchSize;
    if ((given[0] ?? 1) === count) return shape;
    throw new InferenceError(
      "INVALID_ARG",
      `expected ${count} values (${wanted(request)}), got ${given[0] ?? 1}`,
    );
  }
  throw new InferenceError(
    "INVALID_ARG",
    `expected ${wanted(request)}, got shape ${formatShape(given)}${advice(given, request)}`,
  );
}

function fits(given: readonly number[], shape: readonly number[]): boolean {
  return given.length === shape.length &&
    shape.every((dim, i) => dim === -1 || dim === given[i]);
}

function wanted({ shape, batchSize, batched }: ShapeRequest): string {
  const full = batched && batchSize > 1 ? [batchSize, ...shape] : shape;
  return `shape ${formatShape(full)}`;
}

function advice(given: readonly number[], { shape, batchSize, batched }: ShapeRequest): string {
  const [first, ...rest] = given;
  if (batched && fits(rest, shape) && first !== batchSize) {
    return `; with batch size ${first} it would be right`;
  }
  if (batched && batchSize > 1 && fits(given, shape)) {
    return `; that is one batch entry, ${batchSize} are wanted`;
  }
  if (isVariable(shape)) return "";
  const sorted = (dims: readonly number[]) => formatShape(dims.toSorted((a, b) => a - b));
  if (sorted(given) === sorted(shape)) return "; its dimensions are in another order: transpose it";
  const entries = batched ? batchSize : 1;
  if (elementCount(given) === elementCount(shape) * entries) {
    return "; it has as many elements: reshape it if they are in the right order";
  }
  return "";
}
