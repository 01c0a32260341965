/**
 * Protobuf messages as data: what the text codec and the plain-object conversion walk over. The
 * generated `descriptor.ts` files hold it in rows; {@linkcode defineSchema} links them.
 *
 * @module
 */

/** The scalar types of proto3. */
export type ScalarType =
  | "double"
  | "float"
  | "int32"
  | "uint32"
  | "sint32"
  | "fixed32"
  | "sfixed32"
  | "int64"
  | "uint64"
  | "sint64"
  | "fixed64"
  | "sfixed64"
  | "bool"
  | "string"
  | "bytes";

/** An enumeration. */
export interface EnumSchema {
  /** Relative to the package, e.g. `ModelInput.Format`. */
  readonly name: string;
  /** By name. */
  readonly numbers: ReadonlyMap<string, number>;
  /** By number. */
  readonly names: ReadonlyMap<number, string>;
}

/** A field of a message. */
export interface FieldSchema {
  /** As the .proto file spells it, e.g. `batch_size`. */
  readonly name: string;
  /** As objects spell it, e.g. `batchSize`. */
  readonly jsName: string;
  /** Its number. */
  readonly id: number;
  /** Of a map: the type of its values. */
  readonly type: ScalarType | "enum" | "message";
  /** Whether it is a list. */
  readonly repeated: boolean;
  /** The type of a map's keys; undefined when the field is not a map. */
  readonly mapKey?: ScalarType;
  /** The oneof that the field is a member of; such a field has presence. */
  readonly oneof?: string;
  /** Of a `message` field. */
  readonly message?: MessageSchema;
  /** Of an `enum` field. */
  readonly enum?: EnumSchema;
}

/** A message and its fields. */
export interface MessageSchema {
  /** Relative to the package, e.g. `InferRequestHeader.Input`. */
  readonly name: string;
  /** In the order of their numbers. */
  readonly fields: readonly FieldSchema[];
  /** The same, by {@linkcode FieldSchema.name}. */
  readonly byName: ReadonlyMap<string, FieldSchema>;
  /** The same, by {@linkcode FieldSchema.jsName}. */
  readonly byJsName: ReadonlyMap<string, FieldSchema>;
}

/** All messages and enumerations of a package, by their names relative to it. */
export interface Schema {
  readonly package: string;
  readonly messages: ReadonlyMap<string, MessageSchema>;
  readonly enums: ReadonlyMap<string, EnumSchema>;
}

/**
 * A field as generated: name, JS name, number, type (a scalar, or the name of a message or an enum
 * of the package), `repeated` or `map:<key type>` or nothing, oneof.
 */
export type FieldRow = readonly [
  name: string,
  jsName: string,
  id: number,
  type: string,
  label?: string,
  oneof?: string,
];

/** A package as generated. */
export interface SchemaRows {
  readonly package: string;
  readonly messages: Readonly<Record<string, readonly FieldRow[]>>;
  readonly enums: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** Links the rows of a generated descriptor. */
export function defineSchema(rows: SchemaRows): Schema {
  const enums = new Map(
    Object.entries(rows.enums).map(([name, values]) => [name, defineEnum(name, values)]),
  );
  const messages = new Map<string, MessageSchema & { fields: FieldSchema[] }>();
  for (const name of Object.keys(rows.messages)) {
    messages.set(name, { name, fields: [], byName: new Map(), byJsName: new Map() });
  }
  for (const [name, fields] of Object.entries(rows.messages)) {
    const message = messages.get(name)!;
    for (const [fieldName, jsName, id, type, label = "", oneof] of fields) {
      const ref = messages.get(type);
      const enumeration = enums.get(type);
      const field: FieldSchema = {
        name: fieldName,
        jsName,
        id,
        type: ref ? "message" : enumeration ? "enum" : type as ScalarType,
        repeated: label === "repeated",
        mapKey: label.startsWith("map:") ? label.slice(4) as ScalarType : undefined,
        oneof,
        message: ref,
        enum: enumeration,
      };
      message.fields.push(field);
      (message.byName as Map<string, FieldSchema>).set(fieldName, field);
      (message.byJsName as Map<string, FieldSchema>).set(jsName, field);
    }
    message.fields.sort((a, b) => a.id - b.id);
  }
  return { package: rows.package, messages, enums };
}

/** The first name of a number wins, as in protobuf itself. */
function defineEnum(name: string, values: Readonly<Record<string, number>>): EnumSchema {
  const names = new Map<number, string>();
  for (const [key, value] of Object.entries(values)) if (!names.has(value)) names.set(value, key);
  return { name, numbers: new Map(Object.entries(values)), names };
}

/** The schema of a message. @throws {RangeError} when the package has none of that name */
export function messageSchema(schema: Schema, name: string): MessageSchema {
  const found = schema.messages.get(name);
  if (!found) throw new RangeError(`Package ${schema.package} has no message "${name}"`);
  return found;
}
