/**
 * Bytes to plain objects by the schema alone, as {@linkcode decodeMessage} gives them without defaults.
 * HTTP needs two messages of r19.07; for them a bundle would get all the generated code and protobufjs.
 *
 * @module
 */
import { InferenceError, toInferenceError } from "../base/errors.ts";
import { FIXED32, FIXED64, LENGTH_DELIMITED, VARINT, WireReader } from "./protobuf_wire.ts";
import type { FieldSchema, MessageSchema } from "./schema.ts";
import { defaultValue, setEntry } from "./to_plain.ts";

type Plain = Record<string, unknown>;

/** No message of ours is nested half as deep. */
const DEEPEST = 100;

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Bytes to plain object. @throws {InferenceError} `PROTOCOL` when the bytes are no such message */
export function decodePlain(schema: MessageSchema, bytes: Uint8Array): unknown {
  try {
    return merge(schema, bytes, {}, 0);
  } catch (error) {
    const cause = toInferenceError(error, "PROTOCOL", "Cannot read a field");
    const message = `Cannot decode ${schema.name} from ${bytes.length} bytes: ${cause.message}`;
    throw new InferenceError("PROTOCOL", message, { cause });
  }
}

/** Reads on into `object`: a message that comes twice is one. */
function merge(schema: MessageSchema, bytes: Uint8Array, object: Plain, depth: number): Plain {
  if (depth > DEEPEST) throw new RangeError("messages are nested too deep");
  const fields = fieldsOf(schema);
  const reader = new WireReader(bytes);
  while (reader.next()) {
    const field = fields.get(reader.field);
    const { type } = reader;
    if (field === undefined) reader.skip();
    else if (field.mapKey !== undefined && type === LENGTH_DELIMITED) {
      readEntry(field, reader.bytes(), entriesOf(object, field), depth);
    } else if (field.repeated && type === LENGTH_DELIMITED && wireOf(field) !== LENGTH_DELIMITED) {
      const packed = reader.packed(wireOf(field));
      while (!packed.done) listOf(object, field).push(scalar(field, packed));
    } else if (field.mapKey !== undefined || type !== wireOf(field)) reader.skip();
    else if (field.repeated) listOf(object, field).push(valueOf(field, reader, {}, depth));
    else readSingle(schema, field, reader, object, depth);
  }
  return object;
}

function readSingle(
  schema: MessageSchema,
  field: FieldSchema,
  reader: WireReader,
  object: Plain,
  depth: number,
): void {
  const before = field.message && object[field.jsName] as Plain | undefined;
  const value = valueOf(field, reader, before ?? {}, depth);
  if (field.oneof !== undefined) {
    for (const other of schema.fields) {
      if (other !== field && other.oneof === field.oneof) delete object[other.jsName];
    }
  }
  // What has no presence is not there while it has its default.
  if (field.message === undefined && field.oneof === undefined && isDefault(field, value)) {
    delete object[field.jsName];
  } else object[field.jsName] = value;
}

function readEntry(field: FieldSchema, bytes: Uint8Array, map: Plain, depth: number): void {
  const key: FieldSchema = { ...field, type: field.mapKey!, message: undefined, enum: undefined };
  const reader = new WireReader(bytes);
  let name: unknown = defaultValue(key);
  let value: unknown = field.message === undefined ? defaultValue(field) : {};
  while (reader.next()) {
    if (reader.field === 1 && reader.type === wireOf(key)) name = scalar(key, reader);
    else if (reader.field === 2 && reader.type === wireOf(field)) {
      value = valueOf(field, reader, value as Plain, depth);
    } else reader.skip();
  }
  setEntry(map, String(name), value);
}

function valueOf(field: FieldSchema, reader: WireReader, into: Plain, depth: number): unknown {
  return field.message === undefined
    ? scalar(field, reader)
    : merge(field.message, reader.bytes(), into, depth + 1);
}

function scalar(field: FieldSchema, reader: WireReader): unknown {
  switch (field.type) {
    case "string":
      return text(reader.bytes());
    case "bytes":
      return reader.bytes();
    case "bool":
      return reader.uint64() !== 0n;
    case "enum": {
      const number = int32(reader.uint64());
      return field.enum!.names.get(number) ?? number;
    }
    case "int32":
      return int32(reader.uint64());
    case "uint32":
      return Number(BigInt.asUintN(32, reader.uint64()));
    case "int64":
      return BigInt.asIntN(64, reader.uint64());
    case "uint64":
      return reader.uint64();
    case "float":
    case "double":
      return float(reader.fixed(field.type === "float" ? 4 : 8));
    default:
      // Neither protocol has fixed or zigzag integers; a new one must not be misread.
      throw new RangeError(`fields of type ${field.type} are not known`);
  }
}

/** Names are short, and a decoder's call costs more than they do. */
function text(bytes: Uint8Array): string {
  if (bytes.length > 24) return utf8.decode(bytes);
  let short = "";
  for (const byte of bytes) {
    if (byte >= 0x80) return utf8.decode(bytes);
    short += String.fromCharCode(byte);
  }
  return short;
}

const int32 = (value: bigint) => Number(BigInt.asIntN(32, value));

function float(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return bytes.byteLength === 4 ? view.getFloat32(0, true) : view.getFloat64(0, true);
}

function wireOf({ type }: FieldSchema): number {
  if (type === "string" || type === "bytes" || type === "message") return LENGTH_DELIMITED;
  return type === "float" ? FIXED32 : type === "double" ? FIXED64 : VARINT;
}

function isDefault(field: FieldSchema, value: unknown): boolean {
  if (field.type === "bytes") return (value as Uint8Array).length === 0;
  return Object.is(value, defaultValue(field));
}

const byNumber = new WeakMap<MessageSchema, Map<number, FieldSchema>>();

function fieldsOf(schema: MessageSchema): Map<number, FieldSchema> {
  let fields = byNumber.get(schema);
  if (fields === undefined) {
    byNumber.set(schema, fields = new Map(schema.fields.map((field) => [field.id, field])));
  }
  return fields;
}

const listOf = (object: Plain, { jsName }: FieldSchema) => (object[jsName] ??= []) as unknown[];
const entriesOf = (object: Plain, { jsName }: FieldSchema) => (object[jsName] ??= {}) as Plain;
