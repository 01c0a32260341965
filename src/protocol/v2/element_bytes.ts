/**
 * Elements that came as values -> little-endian bytes.
 *
 * @module
 */
import { describeError, InferenceError } from "../../base/errors.ts";
import type { DataType } from "../../tensor/data_type.ts";
import { type TensorValues, toBytes } from "../../tensor/typed_array.ts";
import { dataTypeOfWire } from "./data_type.ts";
import type { Json } from "./json.ts";

/**
 * The bytes of whole numbers in 64-bit form: two's complement for signed types.
 *
 * @param name of the output, for messages
 * @throws {InferenceError} PROTOCOL when one does not fit the type
 */
export function bytesOfIntegers(
  dataType: DataType,
  values: readonly bigint[],
  name: string,
): Uint8Array {
  const isSigned = dataType.startsWith("INT");
  const exact = isSigned ? values.map((value) => BigInt.asIntN(64, value)) : values;
  return toTensor(dataType, exact, name);
}

/**
 * The bytes of an output that came as a JSON list, nested or flat. `null` stands for NaN.
 *
 * @param wireType the tensor's datatype in v2's words
 * @param name of the output, for messages
 * @throws {InferenceError} PROTOCOL when elements don't fit the type
 */
export function bytesOfJson(wireType: string, data: Json | undefined, name: string): Uint8Array {
  const dataType = dataTypeOfWire(wireType, `output '${name}'`);
  if (!Array.isArray(data)) {
    throw new InferenceError(
      "PROTOCOL",
      `Cannot read output '${name}': it has neither binary_data_size nor a list of data`,
    );
  }
  const flat = data.some(Array.isArray) ? (data as unknown[]).flat(Infinity) : data;
  const isFloat = dataType.includes("F");
  const values = isFloat ? flat.map((value) => value === null ? NaN : value) : flat;
  return toTensor(dataType, values as TensorValues, name);
}

function toTensor(dataType: DataType, values: TensorValues, name: string): Uint8Array {
  try {
    return toBytes(dataType, values);
  } catch (error) {
    throw new InferenceError("PROTOCOL", `Cannot read output '${name}': ${describeError(error)}`, {
      cause: error,
    });
  }
}
