/**
 * Whether a document is what a JSON schema of docs/ says, and nothing that it doesn't name.
 *
 * @module
 */
import { Ajv2020 } from "ajv/dist/2020.js";

/** A part of a JSON schema. */
type Schema = { [key: string]: unknown };

/** The schema with every object closed: a field that it doesn't name is a fault. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== "object" || schema === null) return schema;
  const copy = Object.fromEntries(
    Object.entries(schema as Schema).map(([key, value]) => [key, closed(value)]),
  );
  const isObject = copy.properties !== undefined && copy.type === "object";
  return isObject ? { additionalProperties: false, ...copy } : copy;
}

/** Where a document breaks the schema of a file. */
export async function schemaFaults(url: URL, document: unknown): Promise<string[]> {
  const schema = closed(JSON.parse(await Deno.readTextFile(url))) as Schema;
  // Strict, so that a word which the schema gets wrong is a fault too.
  const validate = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true })
    .compile(schema);
  if (validate(document)) return [];
  return validate.errors!.map(({ instancePath, message, params }) =>
    `${instancePath}: ${message} ${Object.values(params).join()}`
  ).sort();
}
