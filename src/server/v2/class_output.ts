/**
 * A classified output: a BYTES tensor of texts `value:index` or `value:index:label`.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import { wireDataType } from "../../protocol/v2/data_type.ts";
import type { DataType } from "../../tensor/data_type.ts";
import { encodeStrings } from "../../tensor/strings.ts";
import { toTypedArray } from "../../tensor/typed_array.ts";
import { topClasses } from "../core/classification.ts";
import type { TensorValue } from "../core/model.ts";
import type { WireTensor } from "./infer_call.ts";

const WITHOUT_CLASSES: ReadonlySet<DataType> = new Set(["BOOL", "FP16", "BF16", "STRING"]);

/** A number as C++'s `to_string` has it: six places behind the point, whole numbers without. */
export function valueText(value: number | bigint, dataType: DataType): string {
  if (!dataType.startsWith("FP")) return String(value);
  const number = Number(value);
  if (Number.isNaN(number)) return "nan";
  if (!Number.isFinite(number)) return number < 0 ? "-inf" : "inf";
  return Math.abs(number) < 1e21 ? number.toFixed(6) : `${BigInt(number)}.000000`;
}

/**
 * The top classes of an output.
 *
 * @param batchSize undefined for a model without batch dimension
 * @throws {InferenceError} INVALID_ARG for a type that has no classes. A real Triton dies of one for BYTES
 */
export function classOutput(
  { name, data }: TensorValue,
  dataType: DataType,
  labels: readonly string[] | undefined,
  count: number,
  batchSize: number | undefined,
): WireTensor {
  if (WITHOUT_CLASSES.has(dataType)) {
    throw new InferenceError(
      "INVALID_ARG",
      `class result not available for output due to unsupported type '${wireDataType(dataType)}'`,
    );
  }
  const values = toTypedArray(dataType, data);
  const entrySize = values.length / (batchSize ?? 1);
  const entries = topClasses({ name, dataType, data, labels }, batchSize ?? 1, count);
  const texts = entries.flatMap((classes, entry) =>
    classes.map(({ index, label }) => {
      const text = `${valueText(values[entry * entrySize + index]!, dataType)}:${index}`;
      return label === "" ? text : `${text}:${label}`;
    })
  );
  const perEntry = entries[0]?.length ?? 0;
  return {
    name,
    dataType: "BYTES",
    shape: batchSize === undefined ? [perEntry] : [batchSize, perEntry],
    data: encodeStrings(texts),
  };
}
