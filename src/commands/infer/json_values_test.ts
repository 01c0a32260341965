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
  assertEquals(parseJsonTensor("[1e300]").elements, [1e300]);
});

Deno.test("parseJsonTensor refuses what is no tensor", () => {
  const table: [string, string][] = [
    ["[1,", "no JSON"],
    ["abc", "no JSON"],
    ["[[1,2],[3]]", "uneven"],
    ["[[1],2]", "a value stands where a list"],
    ["[1,[2]]", "a list stands where a value"],
    ["[null]", "null is no tensor element"],
    ['{"a":1}', "an object is no tensor element"],
  ];
  for (const [text, why] of table) {
    assertThrows(() => parseJsonTensor(text), InferenceError, why);
  }
});
