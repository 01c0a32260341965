/**
 * protobufjs's messages to plain objects, driven by the schema.
 *
 * @module
 */
import type { FieldSchema, MessageSchema } from "./schema.ts";

/** The two halves of a 64-bit integer, as `Long` has them. */
interface LongParts {
  low: number;
  high: number;
}

/** A plain object of a message of `schema`; with every default when `defaults`. */
export function toObject(
  schema: MessageSchema,
  message: object,
  defaults: boolean,
): Record<string, unknown> {
  const source = message as Record<string, unknown>;
  const object: Record<string, unknown> = {};
  for (const field of schema.fields) {
    const name = field.jsName;
    const value = Object.hasOwn(source, name) ? source[name] : undefined;
    if (field.repeated) {
      const items = (value ?? []) as unknown[];
      if (items.length > 0 || defaults) {
        object[name] = items.map((item) => toValue(field, item, defaults));
      }
    } else if (field.mapKey) {
      const entries = Object.entries(value ?? {});
      if (entries.length > 0 || defaults) object[name] = toMap(field, entries, defaults);
    } else if (value !== undefined && value !== null) {
      object[name] = toValue(field, value, defaults);
    } else if (defaults && field.type !== "message" && field.oneof === undefined) {
      object[name] = defaultValue(field);
    }
  }
  return object;
}

function toMap(
  field: FieldSchema,
  entries: [string, unknown][],
  defaults: boolean,
): Record<string, unknown> {
  const map: Record<string, unknown> = {};
  for (const [key, item] of entries) {
    setEntry(map, plainKey(field, key), toValue(field, item, defaults));
  }
  return map;
}

/** Sets a map's entry, also one whose key is `__proto__`. */
export function setEntry(map: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== "__proto__") map[key] = value;
  else {
    Object.defineProperty(map, key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
}

/** protobufjs keeps 64-bit keys as eight characters, one a byte, and a missing key as "0". */
function plainKey(field: FieldSchema, key: string): string {
  if (!isLong(field.mapKey!) || key.length !== 8) return key;
  let bits = 0n;
  for (let i = 7; i >= 0; i--) bits = bits << 8n | BigInt(key.charCodeAt(i));
  return String(isUnsigned(field.mapKey!) ? bits : BigInt.asIntN(64, bits));
}

function toValue(field: FieldSchema, value: unknown, defaults: boolean): unknown {
  if (field.message) return toObject(field.message, value as object, defaults);
  if (field.enum) return field.enum.names.get(value as number) ?? value;
  if (isLong(field.type)) return toBigInt(value as LongParts | number, isUnsigned(field.type));
  return value;
}

function toBigInt(value: LongParts | number, unsigned: boolean): bigint {
  if (typeof value === "number") return BigInt(value);
  const { low, high } = value;
  // Most values are small, and Number to bigint is several times faster than shifting bigints.
  if (unsigned) {
    const top = high >>> 0;
    return top < 0x200000
      ? BigInt(top * 0x1_0000_0000 + (low >>> 0))
      : BigInt(top) << 32n | BigInt(low >>> 0);
  }
  return high >= -0x200000 && high < 0x200000
    ? BigInt(high * 0x1_0000_0000 + (low >>> 0))
    : BigInt(high) << 32n | BigInt(low >>> 0);
}

/** Whether a type is a 64-bit integer. */
export function isLong(type: string): boolean {
  return type.endsWith("64");
}

/** Whether an integer type has no negative values. */
export function isUnsigned(type: string): boolean {
  return type.startsWith("u") || type.startsWith("f");
}

/** What a field that has no presence holds when it was not sent. */
export function defaultValue(field: FieldSchema): unknown {
  if (field.enum) return field.enum.names.get(0) ?? 0;
  switch (field.type) {
    case "string":
      return "";
    case "bytes":
      return new Uint8Array(0);
    case "bool":
      return false;
    default:
      return isLong(field.type) ? 0n : 0;
  }
}
