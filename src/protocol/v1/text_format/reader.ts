/**
 * Protobuf text to plain objects. As tolerant as protobuf's own reader: comments, `<...>`, commas
 * and semicolons, both quotes, adjacent strings, hexadecimal and octal numbers, `[a, b]`.
 *
 * @module
 */
import type { FieldSchema, MessageSchema } from "../../schema.ts";
import { defaultValue, setEntry } from "../../to_plain.ts";
import { Scanner, shorten } from "./scanner.ts";
import { readScalar } from "./scalar.ts";
import { entryField, hasPresence, isDefault } from "./writer.ts";

/** Messages inside messages, at most. */
const MAX_DEPTH = 100;

/**
 * Reads a message as a plain object: bigint for 64-bit integers, enum values by name (by number when
 * the number has none). As in binary, fields that hold their default are absent.
 *
 * @throws {InferenceError} `PROTOCOL` with line and column (both from 1)
 */
export function parseMessage(schema: MessageSchema, text: string): Record<string, unknown> {
  return readFields(new Scanner(text, schema.name), schema, "", 0);
}

/** Reads fields up to `closer`, which is empty for the end of the text. */
function readFields(
  scanner: Scanner,
  schema: MessageSchema,
  closer: string,
  depth: number,
): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  const seen = new Set<string>();
  for (;;) {
    if (scanner.atEnd) {
      if (closer) scanner.fail(`expected "${closer}" at the end of ${schema.name}`);
      return object;
    }
    if (closer && scanner.accept(closer)) return object;
    const start = scanner.position;
    const name = scanner.identifier();
    if (!name) scanner.fail(`expected the name of a field, found ${scanner.describe()}`);
    const field = schema.byName.get(name);
    if (!field) scanner.fail(`${schema.name} has no field "${shorten(name)}"`, start);
    if (!field.repeated && !field.mapKey) {
      const slot = field.oneof ?? name;
      if (seen.has(name)) scanner.fail(`the field "${name}" is given twice`, start);
      if (seen.has(slot)) {
        scanner.fail(`"${name}" is given beside another choice of ${slot}`, start);
      }
      seen.add(name).add(slot);
    }
    readField(scanner, field, object, depth);
    if (!scanner.accept(",")) scanner.accept(";");
  }
}

function readField(
  scanner: Scanner,
  field: FieldSchema,
  object: Record<string, unknown>,
  depth: number,
): void {
  const asMessage = field.message !== undefined || field.mapKey !== undefined;
  if (!scanner.accept(":") && !asMessage) {
    scanner.fail(`expected ":" after "${field.name}", found ${scanner.describe()}`);
  }
  if (!field.repeated && !field.mapKey) {
    const value = readValue(scanner, field, depth);
    if (hasPresence(field) || !isDefault(field, value)) object[field.jsName] = value;
    return;
  }
  const element = field.mapKey ? entryField(field) : field;
  const values: unknown[] = [];
  if (!scanner.accept("[")) values.push(readValue(scanner, element, depth));
  else if (!scanner.accept("]")) {
    do values.push(readValue(scanner, element, depth)); while (scanner.accept(","));
    scanner.expect("]");
  }
  if (field.mapKey) addEntries(field, object, values as MapEntry[]);
  else if (values.length > 0) {
    const list = (object[field.jsName] ??= []) as unknown[];
    for (const value of values) list.push(value);
  }
}

interface MapEntry {
  key?: unknown;
  value?: unknown;
}

function addEntries(map: FieldSchema, object: Record<string, unknown>, entries: MapEntry[]): void {
  if (entries.length === 0) return;
  const target = (object[map.jsName] ??= {}) as Record<string, unknown>;
  const [keyField, valueField] = entryField(map).message!.fields;
  for (const { key, value } of entries) {
    setEntry(target, String(key ?? absent(keyField!)), value ?? absent(valueField!));
  }
}

function readValue(scanner: Scanner, field: FieldSchema, depth: number): unknown {
  if (!field.message) return readScalar(scanner, field);
  const closer = scanner.accept("{") ? "}" : scanner.accept("<") ? ">" : "";
  if (!closer) scanner.fail(`expected "{" after "${field.name}", found ${scanner.describe()}`);
  if (depth >= MAX_DEPTH) scanner.fail(`messages are nested more than ${MAX_DEPTH} deep`);
  return readFields(scanner, field.message, closer, depth + 1);
}

function absent(field: FieldSchema): unknown {
  return field.message ? {} : defaultValue(field);
}
