import { assertEquals, assertThrows } from "@std/assert";
import { InferenceError } from "../base/errors.ts";
import { flatten, nest } from "./nested.ts";

Deno.test("nest and flatten are each other's reverse", () => {
  const table: [number[], number[]][] = [
    [[1, 2, 3, 4, 5, 6], [2, 3]],
    [[1, 2, 3, 4], [1, 2, 2, 1]],
    [[7], []],
    [[], [0]],
    [[], [2, 0]],
  ];
  for (const [elements, shape] of table) {
    assertEquals(flatten(nest(elements, shape)), { elements, shape });
  }
  assertThrows(() => nest([1, 2, 3], [2]), InferenceError, "3 elements");
});

Deno.test("flatten: uneven lists are refused, with the place", () => {
  const table: [unknown, string][] = [
    [[[1, 2], [3]], "[1] has 1 elements, its neighbours have 2"],
    [[[1], 2], "[1] is not a list"],
    [[1, [2]], "[1] is a list"],
    [[[[1]], [[1, 2]]], "[1][0] has 2 elements"],
  ];
  for (const [nested, why] of table) {
    assertThrows(() => flatten(nested as number[]), InferenceError, why);
  }
  const loop: unknown[] = [];
  loop.push(loop);
  assertThrows(() => flatten(loop as number[]), InferenceError);
});
