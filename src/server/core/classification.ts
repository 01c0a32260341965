/**
 * The top classes of an output.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import type { DataType } from "../../tensor/data_type.ts";
import type { InferClass } from "../../protocol/types.ts";

type NumberArray =
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

const VIEWS: Partial<
  Record<DataType, new (buffer: ArrayBufferLike, offset: number, length: number) => NumberArray>
> = {
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

function numbersOf(outputName: string, dataType: DataType, data: Uint8Array): NumberArray {
  const View = VIEWS[dataType];
  if (!View) {
    throw new InferenceError(
      "INVALID_ARG",
      `class result not available for output '${outputName}' due to unsupported type ` +
        `'TYPE_${dataType}'`,
    );
  }
  const size = (View as unknown as { BYTES_PER_ELEMENT: number }).BYTES_PER_ELEMENT;
  const aligned = data.byteOffset % size === 0 ? data : data.slice();
  return new View(aligned.buffer, aligned.byteOffset, aligned.byteLength / size);
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
  const values = numbersOf(source.name, source.dataType, source.data);
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
