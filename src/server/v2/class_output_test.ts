import { assertEquals, assertThrows } from "@std/assert";
import { InferenceError } from "../../base/errors.ts";
import { decodeText } from "../../tensor/strings.ts";
import { toBytes } from "../../tensor/typed_array.ts";
import { classOutput, valueText } from "./class_output.ts";

Deno.test("class values as C++ writes them", () => {
  const table: [number | bigint, "FP32" | "FP64" | "INT64" | "UINT8", string][] = [
    [16, "FP32", "16.000000"],
    [-0.5, "FP32", "-0.500000"],
    [1e-9, "FP64", "0.000000"],
    [Math.fround(1e30), "FP32", "1000000015047466219876688855040.000000"],
    [NaN, "FP32", "nan"],
    [-Infinity, "FP32", "-inf"],
    [72340172838076673n, "INT64", "72340172838076673"],
    [7, "UINT8", "7"],
  ];
  for (const [value, type, text] of table) assertEquals(valueText(value, type), text);
});

Deno.test("classes of a batch, with labels and without", () => {
  const data = toBytes("INT32", [1, 3, 2, 9, 7, 8]);
  const value = { name: "OUT", shape: [3], data };
  const batch = classOutput(value, "INT32", ["a", "b:c"], 2, 2);
  assertEquals([batch.dataType, batch.shape], ["BYTES", [2, 2]]);
  assertEquals(decodeText(batch.data), ["3:1:b:c", "2:2", "9:0:a", "8:2"]);
  const one = classOutput(value, "INT32", undefined, 99, undefined);
  assertEquals(one.shape, [6]);
  assertEquals(decodeText(one.data)[0], "9:3");
});

Deno.test("types without classes", () => {
  for (const type of ["BOOL", "FP16", "BF16", "STRING"] as const) {
    const error = assertThrows(
      () => classOutput({ name: "OUT", shape: [1], data: new Uint8Array(2) }, type, [], 1, 1),
      InferenceError,
      type === "STRING" ? "'BYTES'" : `'${type}'`,
    );
    assertEquals(error.code, "INVALID_ARG");
  }
});
