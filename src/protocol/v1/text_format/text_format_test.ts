import { assertEquals, assertLess, assertThrows } from "@std/assert";
import { InferenceError } from "../../../base/errors.ts";
import { defineSchema } from "../../schema.ts";
import { parseMessage } from "./reader.ts";
import { formatText, type MessageName, parseText } from "./text_format.ts";
import { formatMessage } from "./writer.ts";

const sample = defineSchema({
  package: "test",
  messages: {
    Sample: [
      ["a_string", "aString", 1, "string"],
      ["a_bytes", "aBytes", 2, "bytes"],
      ["a_float", "aFloat", 3, "float"],
      ["a_double", "aDouble", 4, "double"],
      ["a_bool", "aBool", 5, "bool"],
      ["an_int", "anInt", 6, "int32"],
      ["floats", "floats", 7, "float", "repeated"],
      ["yes", "yes", 8, "bool", "", "choice"],
      ["no", "no", 9, "int64", "", "choice"],
      ["child", "child", 10, "Sample"],
      ["longs", "longs", 11, "int64", "repeated"],
      ["by_bool", "byBool", 12, "string", "map:bool"],
    ],
  },
  enums: {},
}).messages.get("Sample")!;

Deno.test("layout: single spaces on one line, two-space indents on many", () => {
  const config = {
    name: "m",
    versionPolicy: { all: {} },
    input: [{ name: "I", dataType: "TYPE_FP32" as const, dims: [-1n, 3n] }, {}],
    metricTags: { k: "v", "": "" },
  };
  assertEquals(
    formatText("ModelConfig", config, { singleLine: true }),
    'name: "m" version_policy { all { } } ' +
      'input { name: "I" data_type: TYPE_FP32 dims: -1 dims: 3 } input { } ' +
      'metric_tags { key: "k" value: "v" } metric_tags { key: "" value: "" }',
  );
  assertEquals(
    formatText("ModelConfig", { versionPolicy: { all: {} }, input: [{ name: "I" }] }),
    'version_policy {\n  all {\n  }\n}\ninput {\n  name: "I"\n}\n',
  );
  assertEquals(formatText("ModelConfig", {}), "");
  assertEquals(formatText("ModelConfig", {}, { singleLine: true }), "");
});

Deno.test("defaults are not printed, members of a oneof are", () => {
  const object = {
    aString: "",
    aBytes: new Uint8Array(),
    aFloat: -0,
    aBool: false,
    anInt: 0,
    yes: false,
    child: {},
    floats: [0, -0],
  };
  assertEquals(
    formatMessage(sample, object, { singleLine: true }),
    "floats: 0 floats: -0 yes: false child { }",
  );
  assertEquals(formatText("RequestStatus", { code: "INVALID", requestId: 0n }), "");
  assertEquals(formatText("RequestStatus", { code: 6 }), "code: UNAVAILABLE\n");
  assertEquals(formatText("RequestStatus", { code: 66 }), "code: 66\n");
});

Deno.test("strings are escaped as C does it", () => {
  const text = formatMessage(sample, {
    aString: "\n\r\t\"'\\\0\x1f\x7f é中😀\ud800?",
    aBytes: Uint8Array.of(0, 7, 0x41, 0xff),
  }, { singleLine: true });
  assertEquals(
    text,
    String
      .raw`a_string: "\n\r\t\"\'\\\000\037\177 \303\251\344\270\255\360\237\230\200\357\277\275?" ` +
      String.raw`a_bytes: "\000\007A\377"`,
  );
});

Deno.test("the reader takes what protobuf takes", () => {
  const cases: [text: string, object: Record<string, unknown>][] = [
    ["", {}],
    [" \t\r\n\v\f# comment to the end", {}],
    ["# one\nan_int: 1 # two\n#three", { anInt: 1 }],
    ["an_int:1,a_bool:true;a_string:''", { anInt: 1, aBool: true }],
    ["child <an_int: 1> ", { child: { anInt: 1 } }],
    ["child: { child: < child { } > }", { child: { child: { child: {} } } }],
    ["floats: [1, 2.5,\n-3] floats: 4 floats: []", { floats: [1, 2.5, -3, 4] }],
    ["longs: [-0x10, 017, 0, -9223372036854775808]", { longs: [-16n, 15n, 0n, -(2n ** 63n)] }],
    ["longs: 9223372036854775807", { longs: [2n ** 63n - 1n] }],
    ["longs: 0x7fffffffffffffff longs: - 1", { longs: [2n ** 63n - 1n, -1n] }],
    ["longs: 00000000000000000000000000000000000001", { longs: [1n] }],
    ["an_int: -2147483648", { anInt: -2147483648 }],
    ["an_int: -0", {}],
    ["floats: [inf, -inf, nan, Infinity, -INF, NaN]", {
      floats: [Infinity, -Infinity, NaN, Infinity, -Infinity, NaN],
    }],
    ["floats: [1f, 2.5F, .5, 5., 1e3, 1E-3, 1e+2, -0]", {
      floats: [1, 2.5, 0.5, 5, 1000, Math.fround(0.001), 100, -0],
    }],
    ["a_double: 1e400 a_float: 1e39", { aDouble: Infinity, aFloat: Infinity }],
    ["a_bool: t", { aBool: true }],
    ["a_bool: True", { aBool: true }],
    ["a_bool: 1", { aBool: true }],
    ["yes: f", { yes: false }],
    ["no: 0", { no: 0n }],
    [`a_string: 'it"s' "'" # and\n "x"`, { aString: `it"s'x` }],
    [String.raw`a_string: "\a\b\f\n\r\t\v\?\\\'\"\101\x41\X4a\0"`, {
      aString: "\x07\b\f\n\r\t\v?\\'\"AAJ\0",
    }],
    [String.raw`a_string: "\u00e9\U0001F600\ud83d\ude00"`, { aString: "é😀😀" }],
    [String.raw`a_string: "\303" '\251'`, { aString: "é" }],
    [String.raw`a_string: "a\377b"`, { aString: "a\ufffdb" }],
    ["a_string: 'é中😀'", { aString: "é中😀" }],
    [String.raw`a_bytes: "\377é" "\000"`, { aBytes: Uint8Array.of(0xff, 0xc3, 0xa9, 0) }],
    ['by_bool { key: true value: "x" } by_bool: [{ key: true value: "y" }, {}]', {
      byBool: { true: "y", false: "" },
    }],
  ];
  for (const [text, object] of cases) assertEquals(parseMessage(sample, text), object, text);
});

Deno.test("enums by name or number", () => {
  assertEquals(parseText("RequestStatus", "code: NOT_FOUND"), { code: "NOT_FOUND" });
  assertEquals(parseText("RequestStatus", "code: 4"), { code: "NOT_FOUND" });
  assertEquals(parseText("RequestStatus", "code: 0x4"), { code: "NOT_FOUND" });
  assertEquals(parseText("RequestStatus", "code: -44"), { code: -44 });
  assertEquals(parseText("RequestStatus", "code: INVALID"), {});
});

Deno.test("malformed text is refused with line and column", () => {
  const cases: [text: string, line: number, column: number, message: string][] = [
    ["nope: 1", 1, 1, 'Sample has no field "nope"'],
    ["an_int: 1\n  a_bool: true\n  x { }", 3, 3, 'no field "x"'],
    ["child {\n  y: 1 }", 2, 3, 'no field "y"'],
    ["an_int 1", 1, 8, 'expected ":" after "an_int", found "1"'],
    ["an_int:", 1, 8, 'expected int32 for "an_int", found the end'],
    ["an_int: 'x'", 1, 9, 'expected int32 for "an_int", found "\'"'],
    ["an_int: x", 1, 9, 'found "x"'],
    ["an_int: 1.5", 1, 9, 'found "1.5"'],
    ["an_int: 08", 1, 9, 'found "08"'],
    ["an_int: 0x", 1, 9, 'found "0x"'],
    ["an_int: 0xg", 1, 9, 'found "0xg"'],
    ["an_int: 12ab", 1, 9, 'found "12ab"'],
    ["an_int: -", 1, 9, 'found "-"'],
    ["an_int: 2147483648", 1, 9, "2147483648 does not fit int32"],
    ["an_int: -2147483649", 1, 9, "-2147483649 does not fit int32"],
    ["no: 9223372036854775808", 1, 5, "does not fit int64"],
    ["no: -9223372036854775809", 1, 5, "does not fit int64"],
    [`no: ${"9".repeat(5000)}`, 1, 5, `${"9".repeat(40)}... does not fit int64`],
    ["a_float: 0x1", 1, 10, 'expected a number for "a_float", found "0x1"'],
    ["a_float: 1.2.3", 1, 10, 'found "1.2.3"'],
    ["a_float: 1e", 1, 10, 'found "1e"'],
    ["a_float: infinite", 1, 10, 'found "infinite"'],
    ["a_bool: 2", 1, 9, 'expected true or false for "a_bool", found "2"'],
    ["a_bool: TRUE", 1, 9, 'found "TRUE"'],
    ["a_string: abc", 1, 11, 'expected a string, found "abc"'],
    ["a_string: 1", 1, 11, 'expected a string, found "1"'],
    ['a_string: "abc', 1, 11, "the string has no closing quote on its line"],
    ['a_string: "abc\\"', 1, 11, "no closing quote"],
    ["a_string: 'abc\"", 1, 11, "no closing quote"],
    ['\n a_string: "abc\n"', 2, 12, "no closing quote"],
    ['a_string: "a\\q"', 1, 13, "unknown escape \\q"],
    ['a_string: "a\\x"', 1, 13, "\\x needs hexadecimal digits"],
    ['a_string: "\\777"', 1, 12, "the escape \\777 is above \\377"],
    ['a_string: "\\u12"', 1, 12, "\\u needs 4 hexadecimal digits"],
    ['a_string: "\\U00110000"', 1, 12, "not a Unicode character"],
    ["a_string: 'x' \"\\z\"", 1, 16, "unknown escape \\z"],
    ["child 1", 1, 7, 'expected "{" after "child", found "1"'],
    ["child {", 1, 8, 'expected "}" at the end of Sample'],
    ["child { an_int: 1 >", 1, 19, 'expected the name of a field, found ">"'],
    ["child < an_int: 1 }", 1, 19, 'found "}"'],
    ["}", 1, 1, 'expected the name of a field, found "}"'],
    [",", 1, 1, 'found ","'],
    ["an_int: 1 ,, a_bool: true", 1, 12, 'found ","'],
    ["floats: [1 2]", 1, 12, 'expected "]", found "2"'],
    ["floats: [1,]", 1, 12, 'expected a number for "floats", found "]"'],
    ["an_int: [1]", 1, 9, 'found "["'],
    ["an_int: 1 an_int: 2", 1, 11, 'the field "an_int" is given twice'],
    ["child { } child { }", 1, 11, 'the field "child" is given twice'],
    ["yes: true no: 1", 1, 11, '"no" is given beside another choice of choice'],
    ["by_bool { key: 'x' }", 1, 16, 'expected true or false for "key"'],
    ["by_bool { kay: true }", 1, 11, 'the map by_bool has no field "kay"'],
    ["\0", 1, 1, "expected the name of a field"],
    ["é: 1", 1, 1, 'found "é"'],
    ["[ext.field]: 1", 1, 1, 'found "["'],
  ];
  for (const [text, line, column, message] of cases) {
    const error = assertThrows(() => parseMessage(sample, text), InferenceError, message, text);
    assertEquals(error.code, "PROTOCOL");
    const place = `Cannot read the text of Sample at line ${line}, column ${column}: `;
    assertEquals(error.message.slice(0, place.length), place, text);
  }
});

Deno.test("messages nest 100 deep and no deeper", () => {
  const nested = (depth: number) => "child { ".repeat(depth) + "} ".repeat(depth);
  parseMessage(sample, nested(100));
  assertThrows(
    () => parseMessage(sample, nested(101)),
    InferenceError,
    "nested more than 100 deep",
  );
  assertThrows(() => parseMessage(sample, "child <".repeat(200_000)), InferenceError, "100 deep");
});

Deno.test("a million characters of anything are read or refused at once", () => {
  const size = 1_000_000;
  const texts: [MessageName, string][] = [
    ["RequestStatus", "x".repeat(size)],
    ["RequestStatus", " ".repeat(size)],
    ["RequestStatus", "#".repeat(size)],
    ["RequestStatus", "#\n".repeat(size / 2)],
    ["RequestStatus", "msg: " + '"" '.repeat(size / 3)],
    ["RequestStatus", `msg: "${"\\377".repeat(size / 4)}"`],
    ["RequestStatus", `msg: "${"\\".repeat(size)}`],
    ["RequestStatus", `request_id: ${"7".repeat(size)}`],
    ["RequestStatus", `request_id: 0x${"f".repeat(size)}`],
    ["RequestStatus", "code: " + "A".repeat(size)],
    ["InferRequestHeader", "input { } ".repeat(size / 10)],
    ["InferRequestHeader", "input: [" + "{},".repeat(size / 3)],
    ["InferRequestHeader", "input { dims: [" + "1,".repeat(size / 2) + "1] }"],
    ["InferRequestHeader", "input { dims: 1 " + "dims: 1 ".repeat(size / 8) + "}"],
    ["InferRequestHeader", "input { name: '\n" + "\n".repeat(size)],
    ["InferResponseHeader", `output { batch_classes { cls { value: ${"1".repeat(size)} } } }`],
    ["InferResponseHeader", `output { batch_classes { cls { value: 0.${"1".repeat(size)}e } } }`],
    ["ModelConfig", "metric_tags { key: '1' } ".repeat(size / 25)],
  ];
  // Quadratic time would be minutes here.
  for (const [name, text] of texts) {
    try {
      parseText(name, text);
    } catch (error) {
      if (!(error instanceof InferenceError)) throw error;
      assertLess(error.message.length, 300);
    }
  }
});
