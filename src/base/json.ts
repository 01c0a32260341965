/**
 * JSON of data that holds 64-bit integers and bytes.
 *
 * @module
 */
import { toBase64 } from "./base64.ts";

/**
 * JSON text; a bigint becomes a number when a number can hold it exactly, else a string; bytes become
 * base64.
 */
export function toJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, (_, entry) => {
    if (typeof entry === "bigint") {
      const number = Number(entry);
      return Number.isSafeInteger(number) ? number : entry.toString();
    }
    return entry instanceof Uint8Array ? toBase64(entry) : entry;
  }, indent);
}
