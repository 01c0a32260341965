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

/**
 * The `count` largest values of each batch entry, largest first, ties in order of index; a count
 * beyond the entry's size is clamped.
 *
 * @throws {InferenceError} INVALID_ARG for a type that has no classes (BOOL, FP16, BF16, STRING)
 */
export function topClasses(source: ClassSource, batchSize: number, count: number): InferClass[][] {
  const values = numbersOf(source);
  const entrySize = values.length / batchSize;
  const order = (a: number, b: number) =>
    values[b] > values[a] ? 1 : values[b] < values[a] ? -1 : a - b;
  return Array.from({ length: batchSize }, (_, entry) => {
    const offset = entry * entrySize;
    const positions = Array.from({ length: entrySize }, (_, i) => offset + i).sort(order);
    return positions.slice(0, count).map((position) => ({
      index: position - offset,
      value: Math.fround(Number(values[position])),
      label: source.labels?.[position - offset] ?? "",
    }));
  });
}
