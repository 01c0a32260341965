/**
 * Classification results: `value:index` or `value:index:label`, where a label may hold colons.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import type { InferClass } from "../types.ts";

const CLASS = /^([^:]*):(\d+)(?::(.*))?$/s;
const NON_FINITE = /^([-+]?)(nan|inf)/i;

/**
 * Reads one class.
 *
 * @throws {InferenceError} PROTOCOL when it has another form
 */
export function parseClass(text: string): InferClass {
  const match = CLASS.exec(text);
  const value = match === null ? undefined : parseValue(match[1]!);
  if (match === null || value === undefined) {
    throw new InferenceError(
      "PROTOCOL",
      `Cannot read the class ${JSON.stringify(text)}: expected value:index or value:index:label`,
    );
  }
  return { index: Number(match[2]), value, label: match[3] ?? "" };
}

/**
 * Reads the classes of an output.
 *
 * @param texts the elements of the BYTES tensor
 * @param rows batch entries
 * @throws {InferenceError} PROTOCOL when the classes can't be dealt out to the entries
 */
export function parseClasses(texts: readonly string[], rows: number): InferClass[][] {
  const perRow = rows === 0 ? 0 : texts.length / rows;
  if (!Number.isInteger(perRow) || perRow * rows !== texts.length) {
    throw new InferenceError(
      "PROTOCOL",
      `Cannot split ${texts.length} classes among ${rows} batch entries`,
    );
  }
  return Array.from(
    { length: rows },
    (_, row) => texts.slice(row * perRow, (row + 1) * perRow).map(parseClass),
  );
}

/** A C++ number: `1.500000`, `-3`, `nan`, `-inf`. */
function parseValue(text: string): number | undefined {
  const special = NON_FINITE.exec(text);
  if (special) {
    const value = special[2]!.toLowerCase() === "nan" ? NaN : Infinity;
    return special[1] === "-" ? -value : value;
  }
  const value = text.trim() === "" ? NaN : Number(text);
  return Number.isNaN(value) ? undefined : value;
}
