import { assertEquals, assertThrows } from "@std/assert";
import { emitDescriptor, emitServices, emitTypes } from "./emit.ts";
import { type NodeJson, readPackage, readServices } from "./package.ts";

const leaf = { fields: { x: { type: "int32", id: 1 } } };

function inPackage(nested: Record<string, NodeJson>): NodeJson {
  return { nested: { a: { nested: { b: { nested } } } } };
}

Deno.test("fields come by number with the names and labels of the .proto file", () => {
  const rows = readPackage(inPackage({
    M: {
      oneofs: { pick: { oneof: ["p", "q"] } },
      fields: {
        q: { type: "string", id: 9 },
        batchSize: { type: "uint32", id: 3, protoName: "batch_size" },
        tags: { type: "N", keyType: "string", id: 2 },
        list: { type: "int64", rule: "repeated", id: 1 },
        p: { type: "bool", id: 4 },
      },
    },
    N: leaf,
  }));
  assertEquals(rows.package, "a.b");
  assertEquals(rows.messages.M, [
    ["list", "list", 1, "int64", "repeated"],
    ["tags", "tags", 2, "N", "map:string"],
    ["batch_size", "batchSize", 3, "uint32"],
    ["p", "p", 4, "bool", "", "pick"],
    ["q", "q", 9, "string", "", "pick"],
  ]);
});

Deno.test("a type's name is looked for from the inside out", () => {
  const rows = readPackage(inPackage({
    Kind: { values: { OUTER: 0 } },
    M: {
      fields: { k: { type: "Kind", id: 1 }, n: { type: "N", id: 2 }, o: { type: "O", id: 3 } },
      nested: { Kind: { values: { INNER: 0 } }, N: leaf },
    },
    O: leaf,
    N: leaf,
  }));
  assertEquals(rows.messages.M!.map((field) => field[3]), ["M.Kind", "M.N", "O"]);
  assertEquals(Object.keys(rows.enums), ["Kind", "M.Kind"]);
});

Deno.test("more than one package is refused", () => {
  const root = { nested: { a: { nested: { M: leaf } }, b: { nested: { N: leaf } } } };
  assertThrows(() => readPackage(root), Error, "not one package");
  assertThrows(() => readPackage({}), Error, "not one package");
});

Deno.test("types say bigint, enum names and what may be absent", () => {
  const rows = readPackage(inPackage({
    M: {
      oneofs: { pick: { oneof: ["one"] } },
      fields: {
        big: { type: "int64", id: 1 },
        map: { type: "K", keyType: "string", id: 2 },
        one: { type: "uint64", id: 3 },
        raw: { type: "bytes", rule: "repeated", id: 4 },
      },
    },
    K: { values: { A: 0, B: 1 } },
  }));
  const types = emitTypes(rows, "// banner");
  for (
    const line of [
      "big?: bigint;",
      "map?: { [key: string]: K };",
      "one?: bigint | null;",
      "raw?: Uint8Array[];",
      '| "B"',
      "readonly B: 1;",
    ]
  ) assertEquals(types.includes(line), true, line);
  assertEquals(emitDescriptor(rows, "// banner").startsWith("// banner\n"), true);
});

Deno.test("services keep their methods, and refuse what no stub can do", () => {
  const call = { requestType: "Q", responseType: "R" };
  const both = { ...call, requestStream: true, responseStream: true };
  const withMethods = (methods: NodeJson["methods"]) =>
    inPackage({ Q: leaf, R: leaf, S: { methods } });
  const services = readServices(withMethods({ GetIt: call, Talk: both }));
  assertEquals(services, [{
    name: "S",
    methods: [
      { name: "GetIt", kind: "unary", request: "Q", response: "R" },
      { name: "Talk", kind: "bidi", request: "Q", response: "R" },
    ],
  }]);
  const code = emitServices(services, "a.b", "// banner");
  for (
    const line of [
      "readonly getIt: UnaryMethod<Q, R>;",
      "readonly talk: BidiMethod<Q, R>;",
      'path: "/a.b.S/GetIt",',
    ]
  ) assertEquals(code.includes(line), true, line);
  assertThrows(
    () => readServices(withMethods({ Half: { ...call, responseStream: true } })),
    Error,
    "S.Half",
  );
});
