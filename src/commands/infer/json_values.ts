/**
 * Tensor values written as JSON: nested lists, exact 64-bit integers, NaN and Infinity.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";

/** One element. */
export type JsonElement = number | bigint | boolean | string;

/** Elements in row-major order and the lengths of the nested lists. */
export interface JsonTensor {
  readonly shape: readonly number[];
  readonly elements: readonly JsonElement[];
}

const SPECIAL = "\u0000";
/** A JSON string (left alone), or one of the words that JSON lacks. */
const WORDS = /"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g;

/**
 * Reads a value or nested lists of values.
 *
 * @throws {InferenceError} INVALID_ARG for bad JSON, uneven lists, or what is no value
 */
export function parseJsonTensor(text: string): JsonTensor {
  const marked = text.replace(WORDS, (word) => word[0] === '"' ? word : `"\\u0000${word}"`);
  let value: unknown;
  try {
    value = JSON.parse(marked, revive as (key: string, value: unknown) => unknown);
  } catch (error) {
    // The parser quotes what it was given, line breaks and all.
    throw invalid(`it is no JSON (${(error as Error).message.replace(/\s+/g, " ")})`);
  }
  const shape: number[] = [];
  for (let level = value; Array.isArray(level); level = level[0]) shape.push(level.length);
  const elements: JsonElement[] = [];
  collect(value, shape, 0, elements);
  return { shape, elements };
}

/** Keeps integers beyond 2^53 exact, and turns the marked words into numbers. */
function revive(_key: string, value: unknown, context: { source?: string }): unknown {
  if (typeof value === "string" && value.startsWith(SPECIAL)) return Number(value.slice(1));
  const { source } = context;
  if (typeof value === "number" && !Number.isSafeInteger(value) && /^-?\d+$/.test(source ?? "")) {
    return BigInt(source!);
  }
  return value;
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
        `its lists are uneven: one has ${value.length} entries, the first ${shape[depth]}`,
      );
    }
    for (const entry of value) collect(entry, shape, depth + 1, into);
    return;
  }
  if (Array.isArray(value)) throw invalid("a list stands where a value is expected");
  if (value === null || typeof value === "object") {
    throw invalid(`${value === null ? "null" : "an object"} is no tensor element`);
  }
  into.push(value as JsonElement);
}

function invalid(why: string): InferenceError {
  return new InferenceError("INVALID_ARG", `Cannot read the values: ${why}`);
}
