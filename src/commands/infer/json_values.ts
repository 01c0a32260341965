/**
 * Tensor values written as JSON: nested lists, exact 64-bit integers, NaN and Infinity.
 *
 * @module
 */
import { replaceInJson } from "../../base/text.ts";
import { base64Bytes } from "../../base/base64.ts";
import { InferenceError } from "../../base/errors.ts";

/** One element. */
export type JsonElement = number | bigint | boolean | string | Uint8Array;

/** Elements in row-major order and the lengths of the nested lists; or the tensor's bytes. */
export interface JsonTensor {
  readonly shape: readonly number[];
  readonly elements: readonly JsonElement[];
  /** From `{"b64": "..."}` in place of everything. */
  readonly bytes?: Uint8Array;
}

/** No tensor has so many dimensions. */
const MAX_DEPTH = 64;
/** A bracket, one of the words that JSON lacks, or a number. */
const PARTS = /[[\]]|-?\bInfinity\b|\bNaN\b|-?\d[\d.eE+-]*/g;
/** Begins strings that stand for something else: a number by its text, or a string that begins so itself. */
const MARK = "\u0000";
const [NUMBER, TEXT] = ["n", "t"];

/**
 * Reads a value or nested lists of values.
 *
 * @throws {InferenceError} INVALID_ARG for bad JSON, uneven lists, or what is not a value
 */
export function parseJsonTensor(text: string): JsonTensor {
  const marked = markParts(text);
  let value: unknown;
  try {
    value = JSON.parse(marked, revive);
  } catch (error) {
    if (error instanceof InferenceError) throw error;
    // The parser quotes what it was given, line breaks and all.
    throw invalid(`they are not valid JSON (${(error as Error).message.replace(/\s+/g, " ")})`);
  }
  if (value instanceof Uint8Array) return { shape: [], elements: [], bytes: value };
  const shape: number[] = [];
  for (let level = value; Array.isArray(level); level = level[0]) shape.push(level.length);
  const elements: JsonElement[] = [];
  collect(value, shape, 0, elements);
  return { shape, elements };
}

/** What `JSON.parse` would refuse or round becomes a marked string. */
function markParts(text: string): string {
  let depth = 0;
  const mark = (part: string) => {
    if (part === "[" && ++depth > MAX_DEPTH) {
      throw invalid(`their lists are nested more than ${MAX_DEPTH} deep`);
    }
    if (part === "]") depth--;
    if (part === "[" || part === "]") return part;
    const exact = /^-?\d+$/.test(part)
      ? Number.isSafeInteger(Number(part))
      : isFinite(Number(part));
    return exact || /^-?0\d/.test(part) ? part : `"\\u0000${NUMBER}${part}"`;
  };
  return replaceInJson(
    text,
    (part) => part.replace(PARTS, mark),
    (part) => part.startsWith('"\\u0000') ? `"\\u0000${TEXT}${part.slice(1)}` : part,
  );
}

/** Undoes the marks, and reads `{"b64": "..."}`. */
function revive(_key: string, value: unknown): unknown {
  if (typeof value === "string" && value.startsWith(MARK)) {
    return value[1] === NUMBER ? numberOf(value.slice(2)) : value.slice(2);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const [[key, text] = [], ...more] = Object.entries(value);
  if (key !== "b64" || typeof text !== "string" || more.length > 0) return value;
  return base64Bytes(text) ?? value;
}

/**
 * A JSON number with all its digits, or one of the words that JSON lacks.
 *
 * @throws {InferenceError} INVALID_ARG for what is not a number, or larger than a double
 */
export function numberOf(source: string): number | bigint {
  // A double has up to 309 digits before its point.
  if (/^-?\d{1,309}$/.test(source)) {
    const value = Number(source);
    return Number.isSafeInteger(value) ? value : BigInt(source);
  }
  const value = Number(source);
  if (Number.isFinite(value) || /^(?:NaN|-?Infinity)$/.test(source)) return value;
  throw invalid(
    Number.isNaN(value) ? `${source} is not a number` : `${source} is too large for a number`,
  );
}

function collect(
  value: unknown,
  shape: readonly number[],
  depth: number,
  into: JsonElement[],
): void {
  if (depth < shape.length) {
    if (!Array.isArray(value)) throw invalid("a value stands where a list is expected");
    if (value.length !== shape[depth]) {
      throw invalid(
        `their lists are uneven: one has ${value.length} entries, the first ${shape[depth]}`,
      );
    }
    for (const entry of value) collect(entry, shape, depth + 1, into);
    return;
  }
  if (Array.isArray(value)) throw invalid("a list stands where a value is expected");
  if (value === null || typeof value === "object" && !(value instanceof Uint8Array)) {
    throw invalid(`${value === null ? "null" : "an object"} is not a tensor element`);
  }
  into.push(value as JsonElement);
}

function invalid(why: string): InferenceError {
  return new InferenceError("INVALID_ARG", `Cannot read the values: ${why}`);
}
