import { assertEquals, assertThrows } from "@std/assert";
import { InferenceError } from "../base/errors.ts";
import { byteSize, elementCount, formatShape, isVariable } from "./shape.ts";

Deno.test("elements of a shape", () => {
  const cases: [number[], number][] = [
    [[], 1],
    [[16], 16],
    [[224, 224, 3], 150528],
    [[0], 0],
    [[3, 0, 2 ** 52, 2 ** 52], 0],
    [[2 ** 52, 2 ** 52, 0], 0],
    [[2 ** 53 - 1], 2 ** 53 - 1],
  ];
  for (const [shape, count] of cases) assertEquals(elementCount(shape), count);
});

Deno.test("shapes that have no exact count are errors", () => {
  const cases: [number[], string][] = [
    [[2, -1], "shape [2,-1]: dimension -1 is of variable size"],
    [[-2], "dimension -2 is not a size from 0"],
    [[1.5], "dimension 1.5 is not a size"],
    [[NaN], "dimension NaN is not a size"],
    [[Infinity], "dimension Infinity is not a size"],
    [[2 ** 53], "dimension 9007199254740992 is not a size"],
    [[2 ** 27, 2 ** 26], "more than 2^53 - 1"],
    [Array(40).fill(2 ** 50), "more than 2^53 - 1"],
  ];
  for (const [shape, message] of cases) {
    const error = assertThrows(() => elementCount(shape), InferenceError, message);
    assertEquals(error.code, "INVALID_ARG");
  }
});

Deno.test("bytes of a tensor", () => {
  assertEquals(byteSize("INT32", [16]), 64);
  assertEquals(byteSize("BF16", [3, 5]), 30);
  assertEquals(byteSize("FP64", []), 8);
  assertThrows(() => byteSize("FP64", [2 ** 51]), InferenceError, "more than 2^53 - 1");
  assertThrows(() => byteSize("STRING", [2]), InferenceError, "STRING tensor from its shape [2]");
  assertThrows(() => byteSize("FP32", [-1]), InferenceError, "variable size");
});

Deno.test("variable shapes and how shapes are written", () => {
  assertEquals([isVariable([16]), isVariable([]), isVariable([3, -1])], [false, false, true]);
  assertEquals([[], [16], [-1, 3]].map(formatShape), ["[]", "[16]", "[-1,3]"]);
  assertEquals(formatShape([2n ** 60n]), "[1152921504606846976]");
});
