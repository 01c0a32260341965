/**
 * JSON with 64-bit integers kept exact: whole numbers beyond 2^53 are bigint, both ways.
 *
 * @module
 */
import { replaceInJson } from "../../base/text.ts";
import { describeError, InferenceError } from "../../base/errors.ts";

/** What {@linkcode parseJson} gives. */
export type Json = null | boolean | number | bigint | string | Json[] | { [key: string]: Json };
/** A JSON object. */
export type JsonObject = { [key: string]: Json };

const utf8 = new TextDecoder();

/**
 * Reads JSON. Triton writes NaN, Infinity and -Infinity into number lists, which JSON lacks: they are
 * read as null and the infinities.
 *
 * @param what what is being read, for the message: `the metadata of model "x"`
 * @throws {InferenceError} PROTOCOL when it is not JSON
 */
export function parseJson(bytes: Uint8Array, what: string): Json {
  const text = utf8.decode(bytes);
  try {
    return parseExact(text);
  } catch (error) {
    const plain = withoutNonFinite(text);
    if (plain === text) throw notJson(what, error);
    try {
      return parseExact(plain);
    } catch (second) {
      throw notJson(what, second);
    }
  }
}

/** Whether `value` is an object, not a list. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Writes JSON; bigints become numbers. @throws {InferenceError} INVALID_ARG for NaN and infinities */
export function formatJson(value: Json): string {
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new InferenceError("INVALID_ARG", `Cannot write ${value} as JSON`);
  }
  if (Array.isArray(value)) return `[${value.map(formatJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, member]) =>
    `${JSON.stringify(key)}:${formatJson(member)}`
  );
  return `{${members.join(",")}}`;
}

/** The reviver's third argument, which TypeScript's library does not know yet. */
type Reviver = (key: string, value: Json, context: { source: string }) => Json;

/** No data type has more digits; a number of a million of them would take its time to read. */
const INTEGER = /^-?\d{1,20}$/;

const exact: Reviver = (_key, value, context) =>
  typeof value === "number" && !Number.isSafeInteger(value) && INTEGER.test(context.source)
    ? BigInt(context.source)
    : value;

function parseExact(text: string): Json {
  // A reviver makes parsing several times slower, and few answers have numbers that need one.
  return /\d{16}/.test(text)
    ? JSON.parse(text, exact as (key: string, value: Json) => Json)
    : JSON.parse(text);
}

function withoutNonFinite(text: string): string {
  return replaceInJson(
    text,
    (part) => part.replace(/\bInfinity\b/g, "1e999").replace(/\bNaN\b/g, "null"),
  );
}

function notJson(what: string, error: unknown): InferenceError {
  return new InferenceError("PROTOCOL", `Cannot read ${what} as JSON: ${describeError(error)}`, {
    cause: error,
  });
}
