/**
 * Tensors as JSON lists, for servers that don't have Triton's binary extension.
 *
 * @module
 */
import { concatBytes } from "../../base/bytes.ts";
import { InferenceError } from "../../base/errors.ts";
import { decodeStrings } from "../../tensor/strings.ts";
import { toTypedArray } from "../../tensor/typed_array.ts";
import type { InferInput } from "../types.ts";

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * An input's elements as the text of a flat JSON list. Every number that is written reads back as the same
 * number.
 *
 * @throws {InferenceError} INVALID_ARG for what JSON can't say: NaN and infinities, 16-bit floats, and byte
 * strings that are not UTF-8
 */
export function jsonData({ name, dataType, data }: InferInput): string {
  const refuse = (what: string) =>
    new InferenceError("INVALID_ARG", `Cannot send input '${name}' as JSON: ${what}`, {
      hint: "send the inputs as binary data, or use gRPC",
    });
  if (dataType === "FP16" || dataType === "BF16") {
    throw refuse(`v2 has no JSON form of ${dataType} values`);
  }
  const bytes = data.length === 1 ? data[0]! : concatBytes(data);
  if (dataType === "STRING") {
    return `[${
      decodeStrings(bytes).map((element) => {
        try {
          return JSON.stringify(strict.decode(element));
        } catch {
          throw refuse("it has a byte string that is not UTF-8");
        }
      }).join(",")
    }]`;
  }
  if (dataType === "BOOL") return `[${Array.from(bytes, (byte) => byte !== 0).join(",")}]`;
  const values = toTypedArray(dataType, bytes);
  if (dataType !== "FP32" && dataType !== "FP64") return `[${values.join(",")}]`;
  let hasMinusZero = false;
  for (const value of values as Float64Array) {
    if (!Number.isFinite(value)) throw refuse(`JSON has no ${value}`);
    if (Object.is(value, -0)) hasMinusZero = true;
  }
  if (!hasMinusZero) return `[${values.join(",")}]`;
  const texts = Array.from(
    values as Float64Array,
    (value) => Object.is(value, -0) ? "-0.0" : value,
  );
  return `[${texts.join(",")}]`;
}
