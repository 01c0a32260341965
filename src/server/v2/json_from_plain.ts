/**
 * Plain message objects -> JSON as Triton writes it: every field there, also those that hold their
 * default, members of a oneof and messages only when they are set. 64-bit integers are numbers.
 *
 * @module
 */
import type { Json, JsonObject } from "../../protocol/v2/json.ts";
import type { FieldSchema, MessageSchema } from "../../protocol/schema.ts";
import { defaultValue } from "../../protocol/to_plain.ts";

/** The JSON object of a message, except protobuf's own types. */
export function jsonFromPlain(schema: MessageSchema, plain: object): JsonObject {
  const source = plain as Record<string, unknown>;
  const json: JsonObject = {};
  for (const field of schema.fields) {
    const value = source[field.jsName];
    const isOptional = field.type === "message" || field.oneof !== undefined;
    if (field.mapKey !== undefined) {
      json[field.name] = Object.fromEntries(
        Object.entries(value ?? {}).map(([key, entry]) => [key, toJson(field, entry)]),
      );
    } else if (field.repeated) {
      json[field.name] = ((value ?? []) as unknown[]).map((entry) => toJson(field, entry));
    } else if (value !== undefined || !isOptional) {
      json[field.name] = toJson(field, value ?? defaultValue(field));
    }
  }
  return json;
}

function toJson(field: FieldSchema, value: unknown): Json {
  return field.message ? jsonFromPlain(field.message, value as object) : value as Json;
}
