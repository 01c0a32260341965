/**
 * The top classes of an output.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import type { DataType } from "../../tensor/data_type.ts";
import type { InferClass } from "../../protocol/types.ts";
import { toTypedArray, type TypedArray } from "../../tensor/typed_array.ts";

/** Types that r19.07 makes no classes of. */
const WITHOUT_CLASSES: ReadonlySet<DataType> = new Set(["BOOL", "FP16", "BF16", "STRING"]);

function numbersOf({ name, dataType, data }: ClassSource): TypedArray {
  if (!WITHOUT_CLASSES.has(dataType)) return toTypedArray(dataType, data);
  throw new InferenceError(
    "INVALID_ARG",
    `class result not available for output '${name}' due to unsupported type 'TYPE_${dataType}'`,
  );
}

/** An output that classes are asked of. */
export interface ClassSource {
  readonly name: string;
  readonly dataType: DataType;
  /** All batch entries, one after the other. */
  readonly data: Uint8Array;
  /** By class index; missing ones are empty in the answer. */
  readonly labels?: readonly string[];
}

/** Classes of a batch entry that may be asked for: more are no classification any more. */
const MAX_CLASSES = 10_000;

/**
 * The `count` largest values of each batch entry, largest first, ties in order of index; a count
 * beyond the entry's size is clamped.
 *
 * @throws {InferenceError} INVALID_ARG for a type that has no classes (BOOL, FP16, BF16, STRING), and for
 * more than 10,000 classes
 */
export function topClasses(source: ClassSource, batchSize: number, count: number): InferClass[][] {
  const values = numbersOf(source);
  const entrySize = values.length / batchSize;
  const wanted = Math.min(count, entrySize);
  if (wanted > MAX_CLASSES) {
    throw new InferenceError(
      "INVALID_ARG",
      `${wanted} classes of output '${source.name}' are asked for, at most ${MAX_CLASSES} are given`,
    );
  }
  return Array.from({ length: batchSize }, (_, entry) => {
    const offset = entry * entrySize;
    return largest(values, offset, offset + entrySize, wanted).map((position) => ({
      index: position - offset,
      value: Math.fround(Number(values[position])),
      label: source.labels?.[position - offset] ?? "",
    }));
  });
}

/** The positions of the largest values in `[from, to)`, in their order. */
function largest(values: TypedArray, from: number, to: number, count: number): number[] {
  // Below 0 = a comes first.
  const order = (a: number, b: number) =>
    values[b]! > values[a]! ? 1 : values[b]! < values[a]! ? -1 : a - b;
  // A heap with the last of those so far on top: one that comes before it takes its place.
  const heap: number[] = [];
  for (let position = from; position < to; position++) {
    if (heap.length < count) rise(heap, heap.push(position) - 1, order);
    else if (count > 0 && order(position, heap[0]!) < 0) {
      heap[0] = position;
      sink(heap, order);
    }
  }
  return heap.sort(order);
}

type Order = (a: number, b: number) => number;

function rise(heap: number[], at: number, order: Order): void {
  while (at > 0) {
    const parent = at - 1 >> 1;
    if (order(heap[parent]!, heap[at]!) > 0) return;
    swap(heap, at, parent);
    at = parent;
  }
}

function sink(heap: number[], order: Order): void {
  for (let at = 0, child; (child = 2 * at + 1) < heap.length; at = child) {
    if (child + 1 < heap.length && order(heap[child + 1]!, heap[child]!) > 0) child++;
    if (order(heap[at]!, heap[child]!) > 0) return;
    swap(heap, at, child);
  }
}

function swap(heap: number[], a: number, b: number): void {
  [heap[a], heap[b]] = [heap[b]!, heap[a]!];
}
