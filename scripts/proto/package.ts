/**
 * Reads pbjs's JSON form of a protobuf package into flat rows.
 *
 * @module
 */
import type { FieldRow, SchemaRows } from "../../src/protocol/schema.ts";

interface FieldJson {
  type: string;
  id: number;
  rule?: string;
  keyType?: string;
  protoName?: string;
}

/** A namespace, message, enum or service in pbjs's JSON form. */
export interface NodeJson {
  nested?: Record<string, NodeJson>;
  fields?: Record<string, FieldJson>;
  oneofs?: Record<string, { oneof: string[] }>;
  values?: Record<string, number>;
  methods?: Record<string, MethodJson>;
}

interface MethodJson {
  requestType: string;
  responseType: string;
  requestStream?: boolean;
  responseStream?: boolean;
}

/** A method of a service; types are relative to the package. */
export interface MethodRow {
  readonly name: string;
  readonly kind: "unary" | "bidi";
  readonly request: string;
  readonly response: string;
}

/** A service, by its name relative to the package. */
export interface ServiceRows {
  readonly name: string;
  readonly methods: readonly MethodRow[];
}

/** Every message and enum below `root`, names relative to the one package that holds them. */
export function readPackage(root: NodeJson): SchemaRows {
  const { path, nodes } = openPackage(root);
  const messages: Record<string, FieldRow[]> = {};
  const enums: Record<string, Record<string, number>> = {};
  for (const [name, node] of nodes) {
    if (node.values) enums[name] = node.values;
    if (node.fields) messages[name] = rows(name, node, nodes);
  }
  return { package: path.join("."), messages, enums };
}

/** Every service below `root`. @throws {Error} when a method streams one way only, which no stub here can do */
export function readServices(root: NodeJson): ServiceRows[] {
  const { nodes } = openPackage(root);
  const services: ServiceRows[] = [];
  for (const [name, { methods }] of nodes) {
    if (methods === undefined) continue;
    services.push({
      name,
      methods: Object.entries(methods).map(([method, json]): MethodRow => {
        const { requestStream = false, responseStream = false } = json;
        if (requestStream !== responseStream) {
          throw new Error(`Cannot make a stub of ${name}.${method}: it streams one way only`);
        }
        return {
          name: method,
          kind: requestStream ? "bidi" : "unary",
          request: resolve(json.requestType, name, nodes),
          response: resolve(json.responseType, name, nodes),
        };
      }),
    });
  }
  return services;
}

/** The one package below `root`: its name in parts, and all that it holds. */
function openPackage(root: NodeJson): { path: string[]; nodes: Map<string, NodeJson> } {
  const path: string[] = [];
  let scope = root;
  for (;;) {
    const children = Object.entries(scope.nested ?? {});
    if (children.some(([, node]) => isLeaf(node))) break;
    if (children.length !== 1) throw new Error("Cannot read the .proto files: not one package");
    path.push(children[0]![0]);
    scope = children[0]![1];
  }
  const nodes = new Map<string, NodeJson>();
  collect(scope, "", nodes);
  return { path, nodes };
}

function isLeaf(node: NodeJson): boolean {
  return (node.fields ?? node.values ?? node.methods) !== undefined;
}

function collect(scope: NodeJson, prefix: string, into: Map<string, NodeJson>): void {
  for (const [name, node] of Object.entries(scope.nested ?? {})) {
    into.set(prefix + name, node);
    collect(node, `${prefix}${name}.`, into);
  }
}

function rows(message: string, node: NodeJson, nodes: Map<string, NodeJson>): FieldRow[] {
  const oneofOf = new Map<string, string>();
  for (const [oneof, { oneof: members }] of Object.entries(node.oneofs ?? {})) {
    for (const member of members) oneofOf.set(member, oneof);
  }
  return Object.entries(node.fields!)
    .sort(([, a], [, b]) => a.id - b.id)
    .map(([jsName, field]): FieldRow => {
      const label = field.keyType ? `map:${field.keyType}` : field.rule ?? "";
      const oneof = oneofOf.get(jsName);
      const row = [
        field.protoName ?? jsName,
        jsName,
        field.id,
        resolve(field.type, message, nodes),
      ] as const;
      return oneof !== undefined ? [...row, label, oneof] : label ? [...row, label] : row;
    });
}

/** A type's name as seen from inside `message`, innermost scope first. */
function resolve(type: string, message: string, nodes: Map<string, NodeJson>): string {
  const scopes = message.split(".");
  for (let depth = scopes.length; depth >= 0; depth--) {
    const candidate = [...scopes.slice(0, depth), type].join(".");
    if (nodes.has(candidate)) return candidate;
  }
  return type;
}
