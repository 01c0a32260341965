/**
 * Plain objects to protobuf text, byte for byte as r19.07 prints it.
 *
 * @module
 */
import type { FieldSchema, MessageSchema } from "../../schema.ts";
import { quote } from "./escape.ts";
import { formatDouble, formatFloat } from "./number.ts";

/** How text is laid out. */
export interface FormatOptions {
  /** One line with single spaces, as in HTTP headers, instead of a line a field. */
  singleLine?: boolean;
}

/**
 * The text of a message given as a plain object. Fields come in the order of their numbers, map
 * entries in the object's order; defaults are left out. Multi-line text ends with a line feed,
 * single-line text without a space.
 *
 * @example
 * ```ts
 * import { messageSchema } from "../../schema.ts";
 * import { schema } from "../generated/descriptor.ts";
 *
 * const header = messageSchema(schema, "InferRequestHeader");
 * formatMessage(header, { batchSize: 2, input: [{ name: "I" }] }, { singleLine: true });
 * // batch_size: 2 input { name: "I" }
 * ```
 */
export function formatMessage(
  schema: MessageSchema,
  object: object,
  options: FormatOptions = {},
): string {
  return options.singleLine ? formatLine(schema, object) : formatLines(schema, object, "");
}

function formatLine(schema: MessageSchema, object: object): string {
  let out = "";
  forEachValue(schema, object, (field, value) => {
    if (out) out += " ";
    out += field.name;
    if (!field.message) out += ": " + formatScalar(field, value);
    else {
      const inner = formatLine(field.message, value as object);
      out += inner ? ` { ${inner} }` : " { }";
    }
  });
  return out;
}

function formatLines(schema: MessageSchema, object: object, indent: string): string {
  let out = "";
  forEachValue(schema, object, (field, value) => {
    out += indent + field.name;
    if (!field.message) out += `: ${formatScalar(field, value)}\n`;
    else {
      out += ` {\n${formatLines(field.message, value as object, indent + "  ")}${indent}}\n`;
    }
  });
  return out;
}

/** Calls back for every value that is printed; a map's entry counts as a message. */
function forEachValue(
  schema: MessageSchema,
  object: object,
  put: (field: FieldSchema, value: unknown) => void,
): void {
  const source = object as Record<string, unknown>;
  for (const field of schema.fields) {
    const value = source[field.jsName];
    if (value === undefined || value === null) continue;
    if (field.repeated) { for (const item of value as unknown[]) put(field, item); }
    else if (field.mapKey) {
      const entry = entryField(field);
      for (const [key, item] of Object.entries(value)) put(entry, { key, value: item });
    } else if (hasPresence(field) || !isDefault(field, value)) put(field, value);
  }
}

const entryFields = new WeakMap<FieldSchema, FieldSchema>();

/** A map field as the repeated message that it is on the wire; both members are always printed. */
export function entryField(map: FieldSchema): FieldSchema {
  let entry = entryFields.get(map);
  if (!entry) {
    const key: FieldSchema = {
      name: "key",
      jsName: "key",
      id: 1,
      type: map.mapKey!,
      repeated: false,
      oneof: "_key",
    };
    const value: FieldSchema = {
      ...map,
      name: "value",
      jsName: "value",
      id: 2,
      mapKey: undefined,
      oneof: "_value",
    };
    const fields = [key, value];
    const byName = new Map(fields.map((field) => [field.name, field]));
    entry = {
      ...map,
      type: "message",
      mapKey: undefined,
      enum: undefined,
      message: { name: `the map ${map.name}`, fields, byName, byJsName: byName },
    };
    entryFields.set(map, entry);
  }
  return entry;
}

/** Whether a field distinguishes "not set" from its default. */
export function hasPresence(field: FieldSchema): boolean {
  return field.message !== undefined || field.oneof !== undefined;
}

/** Whether a value is what an absent field means. */
export function isDefault(field: FieldSchema, value: unknown): boolean {
  if (field.enum) return value === 0 || value === field.enum.names.get(0);
  if (field.type === "bytes") return (value as Uint8Array).length === 0;
  return value === "" || value === 0 || value === 0n || value === false;
}

function formatScalar(field: FieldSchema, value: unknown): string {
  switch (field.type) {
    case "enum":
      return typeof value === "number" ? field.enum!.names.get(value) ?? `${value}` : `${value}`;
    case "string":
    case "bytes":
      return quote(value as string | Uint8Array);
    case "float":
      return formatFloat(value as number);
    case "double":
      return formatDouble(value as number);
    default:
      return String(value);
  }
}
