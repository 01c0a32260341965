import { assertEquals, assertThrows } from "@std/assert";
import { InferenceError } from "../../base/errors.ts";
import type { DataType } from "../../tensor/data_type.ts";
import { toBytes } from "../../tensor/typed_array.ts";
import { topClasses } from "./classification.ts";

function top(dataType: DataType, values: number[], batchSize: number, count: number) {
  const integers = dataType.endsWith("64") && dataType !== "FP64";
  const data = toBytes(dataType, integers ? values.map(BigInt) : values);
  return topClasses({ name: "OUT", dataType, data }, batchSize, count)
    .map((classes) => classes.map(({ index, value }) => [index, value]));
}

for (const type of ["INT8", "INT16", "INT32", "INT64", "FP32", "FP64"] as const) {
  Deno.test(`classes: the largest of ${type}`, () => {
    assertEquals(top(type, [-5, 3, 7, -1], 1, 2), [[[2, 7], [1, 3]]]);
  });
}

for (const type of ["UINT8", "UINT16", "UINT32", "UINT64"] as const) {
  Deno.test(`classes: the largest of ${type}`, () => {
    assertEquals(top(type, [5, 200, 7], 1, 1), [[[1, 200]]]);
  });
}

Deno.test("classes: each batch entry has its own", () => {
  assertEquals(top("INT32", [1, 2, 4, 3], 2, 1), [[[1, 2]], [[0, 4]]]);
});

Deno.test("classes: ties by index, counts clamped", () => {
  assertEquals(top("FP32", [1, 2, 2], 1, 99), [[[1, 2], [2, 2], [0, 1]]]);
});

Deno.test("classes: values as float32", () => {
  assertEquals(top("FP64", [0.1], 1, 1), [[[0, Math.fround(0.1)]]]);
});

Deno.test("classes: labels where there are any", () => {
  const data = toBytes("UINT8", [1, 2]);
  const [classes] = topClasses({ name: "O", dataType: "UINT8", data, labels: ["zero"] }, 1, 2);
  assertEquals(classes!.map(({ label }) => label), ["", "zero"]);
});

Deno.test("classes: bytes that lie unaligned", () => {
  const data = new Uint8Array(9).subarray(1);
  data.set(toBytes("FP32", [1, 5]));
  const first = topClasses({ name: "O", dataType: "FP32", data }, 1, 1)[0]![0];
  assertEquals(first, { index: 1, value: 5, label: "" });
});

for (const dataType of ["STRING", "FP16", "BOOL", "BF16"] as const) {
  Deno.test(`classes: none of ${dataType}`, () => {
    assertThrows(
      () => topClasses({ name: "OUT", dataType, data: new Uint8Array(4) }, 1, 1),
      InferenceError,
      `class result not available for output 'OUT' due to unsupported type 'TYPE_${dataType}'`,
    );
  });
}

Deno.test("classes: the same as by sorting all of them, whatever the count", () => {
  const values = Array.from({ length: 2000 }, (_, i) => (i * 7919) % 331);
  const sorted = values.map((value, index) => [index, value] as const)
    .sort(([i, a], [j, b]) => b - a || i - j);
  for (const count of [0, 1, 2, 3, 10, 331, 1999, 2000, 5000]) {
    assertEquals(top("INT32", values, 1, count), [sorted.slice(0, count)] as unknown);
  }
});

Deno.test("classes: of a million values, and too many of them", () => {
  const values = Float32Array.from({ length: 1_000_000 }, (_, i) => i % 1000 === 0 ? i : 0);
  const data = new Uint8Array(values.buffer);
  const source = { name: "OUT", dataType: "FP32", data } as const;
  assertEquals(topClasses(source, 1, 2)[0]!.map(({ index }) => index), [999_000, 998_000]);
  assertEquals(topClasses(source, 1, 10_000)[0]!.at(-1)!.index, 9009);
  assertThrows(() => topClasses(source, 1, 10_001), InferenceError, "at most 10000");
});
