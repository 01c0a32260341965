import { assertEquals, assertThrows } from "@std/assert";
import { InferenceError } from "../../base/errors.ts";
import { formatJson, isObject, parseJson } from "./json.ts";

const parse = (text: string) => parseJson(new TextEncoder().encode(text), "the test");

Deno.test("parseJson keeps whole numbers exact", () => {
  const table: [string, unknown][] = [
    ["1", 1],
    ["-9007199254740991", -9007199254740991],
    ["9007199254740993", 9007199254740993n],
    ["[18446744073709551615,-9223372036854775808]", [18446744073709551615n, -(2n ** 63n)]],
    ['{"a":9007199254740993,"b":"9007199254740993"}', {
      a: 9007199254740993n,
      b: "9007199254740993",
    }],
    ["1e300", 1e300],
    ['[1,[9007199254740993,{"a":[-9007199254740993]}]]', [1, [9007199254740993n, {
      a: [-9007199254740993n],
    }]]],
    ["[12345678901234567e3,1e-1234567890123456]", [12345678901234567e3, 0]],
    ["123456789012345678901", 123456789012345678901],
    ["[0.1234567890123456789]", [0.1234567890123456789]],
  ];
  for (const [text, value] of table) assertEquals<unknown>(parse(text), value);
});

Deno.test("parseJson: large numbers in odd places", () => {
  const { a } = parse(`{"a":${"[".repeat(50_000)}9007199254740993${"]".repeat(50_000)}}`) as {
    a: unknown;
  };
  let inner = a;
  while (Array.isArray(inner)) inner = inner[0];
  assertEquals(inner, 9007199254740993n);
  const own = parse('{"__proto__":9007199254740993}');
  assertEquals(Object.entries(own as object), [["__proto__", 9007199254740993n]]);
  for (const text of ["00009007199254740993", "9007199254740993 1", "[9007199254740993"]) {
    assertThrows(() => parse(text), InferenceError, "the test");
  }
});

Deno.test("parseJson reads Triton's words for numbers that JSON lacks, outside of strings only", () => {
  assertEquals<unknown>(parse("[NaN,Infinity,1.5,-Infinity]"), [null, Infinity, 1.5, -Infinity]);
  assertEquals<unknown>(parse('{"a":"NaN \\" Infinity","b":NaN}'), {
    a: 'NaN " Infinity',
    b: null,
  });
});

Deno.test("parseJson names what can't be read", () => {
  for (const text of ["", "{nope", "<html>", "[1,", "NaNaN"]) {
    assertEquals(assertThrows(() => parse(text), InferenceError, "the test").code, "PROTOCOL");
  }
  assertThrows(() => parse(`${"[".repeat(200_000)}9007199254740993`), InferenceError);
});

Deno.test("formatJson writes bigints as numbers and refuses what JSON lacks", () => {
  assertEquals(
    formatJson({ a: 2n ** 64n - 1n, b: [true, null, "x\n"], c: 1.5 }),
    '{"a":18446744073709551615,"b":[true,null,"x\\n"],"c":1.5}',
  );
  assertThrows(() => formatJson({ a: NaN }), InferenceError, "NaN");
});

Deno.test("isObject tells objects from lists and null", () => {
  assertEquals([{}, [], null, undefined, "x"].map((value) => isObject(value as never)), [
    true,
    false,
    false,
    false,
    false,
  ]);
});
