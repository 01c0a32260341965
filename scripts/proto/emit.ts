/**
 * Prints what pbjs does not: the descriptor, the type declarations, the flat exports and the services.
 *
 * @module
 */
import type { FieldRow, SchemaRows } from "../../src/protocol/schema.ts";
import type { MethodRow, ServiceRows } from "./package.ts";

const SCALARS: Readonly<Record<string, string>> = {
  double: "number",
  float: "number",
  int32: "number",
  uint32: "number",
  sint32: "number",
  fixed32: "number",
  sfixed32: "number",
  int64: "bigint",
  uint64: "bigint",
  sint64: "bigint",
  fixed64: "bigint",
  sfixed64: "bigint",
  bool: "boolean",
  string: "string",
  bytes: "Uint8Array",
};

/** `descriptor.ts`. */
export function emitDescriptor(rows: SchemaRows, banner: string): string {
  const lines = [
    banner,
    'import { defineSchema } from "../../schema.ts";',
    "",
    "/** All messages and enumerations of the package. */",
    "export const schema = defineSchema({",
    `  package: ${JSON.stringify(rows.package)},`,
    "  messages: {",
  ];
  for (const [name, fields] of Object.entries(rows.messages)) {
    lines.push(`    ${JSON.stringify(name)}: [`);
    for (const field of fields) lines.push(`      ${JSON.stringify(field)},`);
    lines.push("    ],");
  }
  lines.push("  },", "  enums: {");
  for (const [name, values] of Object.entries(rows.enums)) {
    lines.push(`    ${JSON.stringify(name)}: ${JSON.stringify(values)},`);
  }
  lines.push("  },", "});", "");
  return lines.join("\n");
}

/** What stands after pbjs's code in `messages.js`: schemas on the messages, top-level exports. */
export function emitExports(rows: SchemaRows): string {
  const lines = [
    'import { schema } from "./descriptor.ts";',
    "",
    `for (const [name, message] of schema.messages) {`,
    `  name.split(".").reduce((scope, part) => scope[part], ${rows.package}).$schema = message;`,
    "}",
    "",
  ];
  for (const name of topLevel(rows)) lines.push(`export const ${name} = ${rows.package}.${name};`);
  return lines.join("\n") + "\n";
}

/** `messages.d.ts`: each message is a class whose instances are plain objects. */
export function emitTypes(rows: SchemaRows, banner: string): string {
  const lines = [
    banner,
    'import type { Reader, Writer } from "protobufjs/minimal.js";',
    'import type { Message } from "../../message.ts";',
    'import type { MessageSchema } from "../../schema.ts";',
    "",
  ];
  for (const name of topLevel(rows)) emitType(name, rows, "", lines);
  return lines.join("\n");
}

function topLevel(rows: SchemaRows): string[] {
  return [...Object.keys(rows.messages), ...Object.keys(rows.enums)].filter((name) =>
    !name.includes(".")
  );
}

function emitType(name: string, rows: SchemaRows, indent: string, lines: string[]): void {
  const short = name.slice(name.lastIndexOf(".") + 1);
  const put = (text: string) => lines.push(indent + text);
  const values = rows.enums[name];
  if (values) {
    put(`/** The enumeration \`${name}\`: its names; a number for a value that has none. */`);
    put(`export type ${short} =`);
    for (const key of Object.keys(values)) put(`  | ${JSON.stringify(key)}`);
    put("  | number;");
    put(`/** The numbers of \`${name}\`. */`);
    put(`export const ${short}: {`);
    for (const [key, value] of Object.entries(values)) {
      put(`  /** Number ${value}. */`);
      put(`  readonly ${key}: ${value};`);
    }
    put("};");
    return;
  }
  put(`/** The message \`${name}\`: a plain object, and what encodes and decodes it. */`);
  put(`export abstract class ${short} {`);
  put("  private constructor();");
  put("  /** Its fields. */");
  put("  static readonly $schema: MessageSchema;");
  put("  /** Writes it; `encodeMessage` does that from a plain object. */");
  put(`  static encode(message: Message<${short}>, writer?: Writer): Writer;`);
  put("  /** Reads it; `decodeMessage` does that to a plain object. */");
  put(`  static decode(reader: Reader | Uint8Array, length?: number): Message<${short}>;`);
  put("}");
  put(`/** The message \`${name}\` as a plain object. */`);
  put(`export interface ${short} {`);
  for (const field of rows.messages[name] ?? []) {
    put(`  /** \`${fieldText(field)}\` */`);
    put(`  ${fieldType(field)};`);
  }
  put("}");
  const nested = [...Object.keys(rows.messages), ...Object.keys(rows.enums)].filter((other) =>
    other.startsWith(`${name}.`) && !other.slice(name.length + 1).includes(".")
  );
  if (nested.length === 0) return;
  put(`/** What belongs to the message \`${name}\`. */`);
  put(`export namespace ${short} {`);
  for (const child of nested) emitType(child, rows, indent + "  ", lines);
  put("}");
}

/** A oneof's scalar may also be null, which is how {@linkcode Filled} knows that it may be absent. */
function fieldType([, jsName, , type, label = "", oneof]: FieldRow): string {
  const base = SCALARS[type] ?? type;
  if (label === "repeated") return `${jsName}?: ${base.includes(" ") ? `(${base})` : base}[]`;
  if (label.startsWith("map:")) return `${jsName}?: { [key: string]: ${base} }`;
  return `${jsName}?: ${base}${oneof === undefined ? "" : " | null"}`;
}

/** The field as the .proto file has it. */
function fieldText([name, , id, type, label = ""]: FieldRow): string {
  const map = /^map:(.*)$/.exec(label);
  const whole = map ? `map<${map[1]}, ${type}>` : label === "repeated" ? `repeated ${type}` : type;
  return `${whole} ${name} = ${id}`;
}

/** `services.ts`: what `createStub` makes a stub of. */
export function emitServices(
  services: readonly ServiceRows[],
  packageName: string,
  banner: string,
): string {
  const methods = services.flatMap((service) => service.methods);
  const types = new Set(methods.flatMap(({ request, response }) => [request, response]));
  const kinds = new Set(methods.map(methodType));
  const lines = [
    banner,
    `import type { ${[...kinds].sort().join(", ")} } from "../../stub.ts";`,
    "import {",
    ...[...types].sort().map((name) => `  ${name},`),
    '} from "./messages.js";',
  ];
  for (const service of services) {
    const path = `${packageName}.${service.name}`;
    lines.push("", `/** The methods of service ${path}, for \`createStub\`. */`);
    lines.push(`export const ${service.name}: {`);
    for (const method of service.methods) {
      const { name, request, response } = method;
      lines.push(
        `  /** \`/${path}/${name}\` */`,
        `  readonly ${stubName(method)}: ${methodType(method)}<${request}, ${response}>;`,
      );
    }
    lines.push("} = {");
    for (const method of service.methods) {
      const { kind, name, request, response } = method;
      lines.push(`  ${stubName(method)}: {`);
      lines.push(`    kind: "${kind}",`, `    path: "/${path}/${name}",`);
      lines.push(`    request: ${request},`, `    response: ${response},`, "  },");
    }
    lines.push("};");
  }
  return lines.join("\n") + "\n";
}

function methodType({ kind }: MethodRow): string {
  return kind === "unary" ? "UnaryMethod" : "BidiMethod";
}

function stubName({ name }: MethodRow): string {
  return name[0]!.toLowerCase() + name.slice(1);
}
