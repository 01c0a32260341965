/**
 * From v2's JSON to the plain objects that its protobuf messages become: the same fields, so that
 * everything behind it is written once for HTTP and gRPC.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import type { FieldSchema, MessageSchema } from "../schema.ts";
import { isObject, type Json } from "./json.ts";

const INTEGER = /int|fixed/;
const WIDE = /64/;

/**
 * Converts a JSON object whose keys are a message's field names (`max_batch_size`). Keys that the
 * message lacks are dropped; 64-bit integers may be numbers or text; `null` means absent.
 *
 * @param what what is being read, for the message
 * @throws {InferenceError} PROTOCOL when a value has another type than its field
 */
export function plainFromJson<T>(schema: MessageSchema, json: Json, what: string): T {
  if (!isObject(json)) throw wrong(what, `${schema.name} is not an object`);
  const plain: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(json)) {
    const field = schema.byName.get(key);
    if (field === undefined || value === null) continue;
    plain[field.jsName] = readField(field, value, `${what}: ${key}`);
  }
  return plain as T;
}

function readField(field: FieldSchema, value: Json, what: string): unknown {
  if (field.mapKey !== undefined) {
    if (!isObject(value)) throw wrong(what, "not an object");
    const entries = Object.entries(value);
    return Object.fromEntries(
      entries.map(([key, entry]) => [key, readValue(field, entry, `${what}.${key}`)]),
    );
  }
  if (!field.repeated) return readValue(field, value, what);
  if (!Array.isArray(value)) throw wrong(what, "not a list");
  return value.map((entry) => readValue(field, entry, what));
}

function readValue(field: FieldSchema, value: Json, what: string): unknown {
  if (field.type === "message") return plainFromJson(field.message!, value, what);
  if (field.type === "enum" || field.type === "string") {
    if (typeof value === "string" || field.type === "enum" && typeof value === "number") {
      return value;
    }
  } else if (field.type === "bool") {
    if (typeof value === "boolean") return value;
  } else if (INTEGER.test(field.type)) {
    return readInteger(value, WIDE.test(field.type), what);
  } else if (typeof value === "number") {
    return value;
  }
  throw wrong(what, `${JSON.stringify(String(value))} is no ${field.type}`);
}

function readInteger(value: Json, wide: boolean, what: string): number | bigint {
  const isText = typeof value === "string" && /^-?\d{1,20}$/.test(value);
  if (!isText && typeof value !== "bigint" && !Number.isSafeInteger(value)) {
    throw wrong(what, "not a whole number");
  }
  return wide ? BigInt(value as string | number | bigint) : Number(value);
}

function wrong(what: string, why: string): InferenceError {
  return new InferenceError("PROTOCOL", `Cannot read ${what}: ${why}`);
}
