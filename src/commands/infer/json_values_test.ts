import { assertEquals, assertThrows } from "@std/assert";
import { InferenceError } from "../../base/errors.ts";
import { parseJsonTensor } from "./json_values.ts";

Deno.test("parseJsonTensor reads values and nested lists", () => {
  assertEquals(parseJsonTensor("3"), { shape: [], elements: [3] });
  assertEquals(parseJsonTensor("[1, 2.5]"), { shape: [2], elements: [1, 2.5] });
  assertEquals(parseJsonTensor("[[1,2],[3,4],[5,6]]"), {
    shape: [3, 2],
    elements: [1, 2, 3, 4, 5, 6],
  });
  assertEquals(parseJsonTensor('["abc","NaN","a\\"Infinity"]').elements, [
    "abc",
    "NaN",
    'a"Infinity',
  ]);
  assertEquals(parseJsonTensor("[true,false]").elements, [true, false]);
  assertEquals(parseJsonTensor("[]"), { shape: [0], elements: [] });
});

Deno.test("parseJsonTensor keeps 64-bit integers exact and knows NaN and Infinity", () => {
  assertEquals(parseJsonTensor("[18446744073709551615, -9223372036854775808, 7]").elements, [
    18446744073709551615n,
    -9223372036854775808n,
    7,
  ]);
  assertEquals(parseJsonTensor("[NaN, Infinity, -Infinity]").elements, [NaN, Infinity, -Infinity]);
  assertEquals(parseJsonTensor("[1e300, -0.0, 0, 1e-400]").elements, [1e300, -0, 0, 0]);
  assertEquals(parseJsonTensor('["NaN", "\\u0000NaN"]').elements, ["NaN", "\u0000NaN"]);
});

Deno.test("parseJsonTensor reads base64, of a tensor and of its strings", () => {
  assertEquals(parseJsonTensor('{"b64":"/9g="}').bytes, Uint8Array.of(0xff, 0xd8));
  assertEquals(parseJsonTensor('["a",{"b64":"/9g="}]'), {
    shape: [2],
    elements: ["a", Uint8Array.of(0xff, 0xd8)],
  });
});

Deno.test("parseJsonTensor refuses what is no tensor", () => {
  const table: [string, string][] = [
    ["[1,", "not valid JSON"],
    ["abc", "not valid JSON"],
    ["[[1,2],[3]]", "uneven"],
    ["[[1],2]", "a value stands where a list"],
    ["[1,[2]]", "a list stands where a value"],
    ["[1e400]", "1e400 is too large"],
    ["[" + "[".repeat(100_000), "nested more than 64 deep"],
    ["[null]", "null is not a tensor element"],
    ['{"a":1}', "an object is not a tensor element"],
  ];
  for (const [text, why] of table) {
    assertThrows(() => parseJsonTensor(text), InferenceError, why);
  }
});
