/**
 * Plain objects to protobufjs's messages, driven by the schema; every value is checked.
 *
 * @module
 */
import Long from "long";
import { InferenceError } from "../base/errors.ts";
import type { FieldSchema, MessageSchema } from "./schema.ts";
import { isLong, isUnsigned, setEntry } from "./to_plain.ts";

/** Raised inside and given its path on the way out, so that a good message pays nothing for it. */
class FieldError extends Error {
  path: string;
  constructor(path: string, message: string) {
    super(message);
    this.path = path;
  }
}

/**
 * What protobufjs's `encode` takes.
 *
 * @throws {InferenceError} `INVALID_ARG` naming the field
 */
export function toMessage(schema: MessageSchema, object: unknown): Record<string, unknown> {
  try {
    return convert(schema, object);
  } catch (error) {
    if (!(error instanceof FieldError)) throw error;
    throw new InferenceError(
      "INVALID_ARG",
      `Cannot encode ${schema.name}${error.path}: ${error.message}`,
    );
  }
}

function convert(schema: MessageSchema, object: unknown): Record<string, unknown> {
  if (typeof object !== "object" || object === null || Array.isArray(object)) {
    throw new FieldError("", `expected an object, got ${show(object)}`);
  }
  const message: Record<string, unknown> = {};
  const seen: Record<string, string> = {};
  for (const [name, value] of Object.entries(object)) {
    if (value === undefined || value === null) continue;
    const field = schema.byJsName.get(name);
    if (!field) throw new FieldError(`.${name}`, `${schema.name} has no such field`);
    if (field.oneof !== undefined) {
      const other = seen[field.oneof];
      if (other) throw new FieldError(`.${name}`, `"${other}" is set as well; only one can be`);
      seen[field.oneof] = name;
    }
    if (field.repeated) message[name] = convertList(field, value);
    else if (field.mapKey) message[name] = convertMap(field, value);
    else message[name] = at(`.${name}`, () => convertValue(field, value));
  }
  return message;
}

function convertList(field: FieldSchema, value: unknown): unknown[] {
  if (!Array.isArray(value)) {
    throw new FieldError(`.${field.jsName}`, `expected a list, got ${show(value)}`);
  }
  return value.map((item, i) => at(`.${field.jsName}[${i}]`, () => convertValue(field, item)));
}

function convertMap(field: FieldSchema, value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new FieldError(`.${field.jsName}`, `expected an object, got ${show(value)}`);
  }
  const map: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    at(`.${field.jsName}[${JSON.stringify(key)}]`, () => {
      checkKey(field.mapKey!, key);
      setEntry(map, key, convertValue(field, item));
    });
  }
  return map;
}

function checkKey(type: string, key: string): void {
  if (type === "string") return;
  if (type === "bool") {
    if (key !== "true" && key !== "false") {
      throw new FieldError("", "the key must be true or false");
    }
    return;
  }
  if (!/^-?(0|[1-9]\d{0,19})$/.test(key)) throw new FieldError("", `the key must be ${type}`);
  checkRange(type, BigInt(key));
}

/** Runs `make`, putting `path` before the path of an error. */
function at<T>(path: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof FieldError) error.path = path + error.path;
    throw error;
  }
}

function convertValue(field: FieldSchema, value: unknown): unknown {
  if (field.message) return convert(field.message, value);
  if (field.enum) return convertEnum(field, value);
  switch (field.type) {
    case "string":
      return expect(typeof value === "string", "a string", value);
    case "bool":
      return expect(typeof value === "boolean", "a boolean", value);
    case "bytes":
      return expect(value instanceof Uint8Array, "a Uint8Array", value);
    case "float":
    case "double":
      return expect(typeof value === "number", "a number", value);
  }
  const whole = typeof value === "bigint" || Number.isSafeInteger(value);
  const integer = expect(whole, field.type, value) as number | bigint;
  if (!isLong(field.type)) {
    checkRange(field.type, integer);
    return Number(integer);
  }
  const unsigned = isUnsigned(field.type);
  if (typeof integer === "number") {
    if (unsigned && integer < 0) checkRange(field.type, integer);
    return Long.fromNumber(integer, unsigned);
  }
  checkRange(field.type, integer);
  return Long.fromBits(
    Number(BigInt.asIntN(32, integer)),
    Number(BigInt.asIntN(32, integer >> 32n)),
    unsigned,
  );
}

function convertEnum(field: FieldSchema, value: unknown): number {
  if (typeof value === "string") {
    const number = field.enum!.numbers.get(value);
    if (number !== undefined) return number;
  } else if (typeof value === "number" && value === (value | 0)) return value;
  throw new FieldError("", `${field.enum!.name} has no value ${show(value)}`);
}

function expect(ok: boolean, wanted: string, value: unknown): unknown {
  if (!ok) throw new FieldError("", `expected ${wanted}, got ${show(value)}`);
  return value;
}

function checkRange(type: string, value: number | bigint): void {
  const bits = isLong(type) ? 64n : 32n;
  const unsigned = isUnsigned(type);
  const low = unsigned ? 0n : -(1n << bits - 1n);
  const high = (1n << (unsigned ? bits : bits - 1n)) - 1n;
  if (value < low || value > high) {
    throw new FieldError("", `${value} is not in the range of ${type}, ${low} to ${high}`);
  }
}

function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.slice(0, 40));
  if (typeof value === "bigint" || typeof value === "number" || typeof value === "boolean") {
    return String(value);
  }
  return value === null
    ? "null"
    : Array.isArray(value)
    ? "a list"
    : `a value of type ${typeof value}`;
}
