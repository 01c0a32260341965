/**
 * v2's names of data types: ours, except that strings are `BYTES` in tensors and `TYPE_STRING` in
 * model configurations.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import { type DataType, isDataType } from "../../tensor/data_type.ts";

/** The name of a type in tensors and metadata. */
export function wireDataType(dataType: DataType): string {
  return dataType === "STRING" ? "BYTES" : dataType;
}

/**
 * The type that a name in a tensor or in metadata means.
 *
 * @param of what has the type, for the message: `output 'X'`
 * @throws {InferenceError} PROTOCOL for a name that v2 lacks
 */
export function dataTypeOfWire(name: string, of: string): DataType {
  if (name === "BYTES") return "STRING";
  if (name !== "STRING" && isDataType(name)) return name;
  throw unknownType(name, of);
}

/** The type that a name in a model configuration means. @throws {InferenceError} PROTOCOL */
export function dataTypeOfConfig(name: string | number | undefined, of: string): DataType {
  const text = String(name ?? "TYPE_INVALID");
  const short = text.replace(/^TYPE_/, "");
  if (short !== text && isDataType(short)) return short;
  throw unknownType(text, of);
}

function unknownType(name: string, of: string): InferenceError {
  return new InferenceError("PROTOCOL", `Cannot use ${of}: unknown data type "${name}"`);
}
