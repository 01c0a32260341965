/**
 * Random values that every model takes: small, finite, readable.
 *
 * @module
 */
import type { DataType } from "../../tensor/data_type.ts";
import type { TensorValues } from "../../tensor/typed_array.ts";

/** Integers are 0 to 99, floats lie in [0, 1), strings are numbers from 0 to 99. */
export function randomValues(dataType: DataType, count: number): TensorValues {
  const small = () => Math.floor(Math.random() * 100);
  const fill = <T>(make: () => T) => Array.from({ length: count }, make);
  switch (dataType) {
    case "BOOL":
      return fill(() => Math.random() < 0.5);
    case "STRING":
      return fill(() => String(small()));
    case "FP16":
    case "BF16":
    case "FP32":
    case "FP64":
      return fill(Math.random);
    default:
      return fill(small);
  }
}
