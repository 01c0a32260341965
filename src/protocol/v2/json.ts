/**
 * JSON with 64-bit integers kept exact: whole numbers beyond 2^53 are bigint, both ways.
 *
 * @module
 */
import { replaceInJson } from "../../base/text.ts";
import { setEntry } from "../to_plain.ts";
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

/** A number's text, or more than that; shorter ones are exact. */
const LONG = /[-+.\deE]{16,}/g;
/** No data type has more digits; a number of a million of them would take its time to read. */
const INTEGER = /^-?[1-9]\d{15,19}$/;

function parseExact(text: string): Json {
  // Few texts have numbers that need more than JSON.parse; a reviver would be asked about each value.
  if (!/\d{16}/.test(text)) return JSON.parse(text);
  const mark = crypto.randomUUID().slice(0, 13);
  let count = 0;
  const marked = replaceInJson(text, (part) =>
    part.replace(LONG, (token) => {
      if (!INTEGER.test(token) || Number.isSafeInteger(Number(token))) return token;
      count++;
      return `"${mark}${token}"`;
    }));
  if (count === 0) return JSON.parse(text);
  let value: Json;
  try {
    value = JSON.parse(marked);
  } catch {
    // The places in the message are those of the text itself.
    return JSON.parse(text);
  }
  return unmarked(value, mark);
}

/** With the marked strings as bigints again; without recursion, however deep it is. */
function unmarked(value: Json, mark: string): Json {
  const root: Json[] = [value];
  const open: (Json[] | JsonObject)[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const members = node as JsonObject;
    const set = (key: string | number, member: Json) => {
      if (typeof member === "string" && member.startsWith(mark)) {
        setEntry(members, String(key), BigInt(member.slice(mark.length)));
      } else if (typeof member === "object" && member !== null) open.push(member);
    };
    if (Array.isArray(node)) node.forEach((member, i) => set(i, member));
    else for (const key of Object.keys(node)) set(key, node[key]!);
  }
  return root[0]!;
}

function withoutNonFinite(text: string): string {
  if (!text.includes("NaN") && !text.includes("Infinity")) return text;
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
