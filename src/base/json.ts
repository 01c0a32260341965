/**
 * JSON of data that holds 64-bit integers and bytes.
 *
 * @module
 */
import { toBase64 } from "./base64.ts";

/** Text that goes into JSON as it is; some engines can't (Node 20). */
const rawJson = (JSON as { rawJSON?: (text: string) => unknown }).rawJSON;

/**
 * JSON text; a bigint becomes a number with all its digits, minus zero stays what it is, bytes become
 * base64. Where an engine can't write such numbers, bigints beyond 2^53 become strings.
 */
export function toJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, (_, entry) => {
    if (typeof entry === "bigint") {
      const number = Number(entry);
      if (Number.isSafeInteger(number)) return number;
      return rawJson ? rawJson(entry.toString()) : entry.toString();
    }
    if (Object.is(entry, -0) && rawJson) return rawJson("-0.0");
    return entry instanceof Uint8Array ? toBase64(entry) : entry;
  }, indent);
}
