/**
 * Tensors as arrays in arrays, there and back.
 *
 * @module
 */
import { InferenceError } from "../base/errors.ts";
import { elementCount, formatShape } from "./shape.ts";

/** An element, or a list of such, to any depth. */
export type Nested<T> = T | readonly Nested<T>[];

/**
 * Deals elements out to arrays in arrays, row-major.
 *
 * @throws {InferenceError} PROTOCOL when there are more or fewer elements than the shape has
 */
export function nest<T>(elements: ArrayLike<T>, shape: readonly number[]): Nested<T> {
  if (elementCount(shape) !== elements.length) {
    throw new InferenceError(
      "PROTOCOL",
      `Cannot arrange ${elements.length} elements in the shape ${formatShape(shape)}`,
    );
  }
  let at = 0;
  const level = (depth: number): Nested<T> =>
    depth === shape.length
      ? elements[at++] as T
      : Array.from({ length: shape[depth] as number }, () => level(depth + 1));
  return level(0);
}

/** The elements of arrays in arrays, and how many there are on each level. */
export interface Flattened<T> {
  readonly elements: T[];
  /** Empty for a single element. */
  readonly shape: readonly number[];
}

/** Levels of arrays at most; no tensor has more. */
const MAX_DEPTH = 32;

/**
 * The elements of arrays in arrays. All arrays on one level must have the same length.
 *
 * @throws {InferenceError} INVALID_ARG, naming the place where a length differs
 */
export function flatten<T>(nested: Nested<T>): Flattened<T> {
  const shape: number[] = [];
  for (
    let inner: unknown = nested;
    Array.isArray(inner) && shape.length < MAX_DEPTH;
    inner = inner[0]
  ) {
    shape.push(inner.length);
  }
  const elements: T[] = [];
  const take = (value: Nested<T>, path: readonly number[]): void => {
    const at = () => path.map((index) => `[${index}]`).join("") || "the values";
    const length = shape[path.length];
    if (length === undefined) {
      if (Array.isArray(value)) throw uneven(`${at()} is a list, its neighbours are not`);
      elements.push(value as T);
      return;
    }
    if (!Array.isArray(value)) throw uneven(`${at()} is not a list, its neighbours are`);
    if (value.length !== length) {
      throw uneven(`${at()} has ${value.length} elements, its neighbours have ${length}`);
    }
    value.forEach((entry, index) => take(entry, [...path, index]));
  };
  take(nested, []);
  return { elements, shape };
}

function uneven(why: string): InferenceError {
  return new InferenceError("INVALID_ARG", `Cannot make a tensor of nested lists: ${why}`);
}
