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
  assertEquals(classes.map(({ label }) => label), ["", "zero"]);
});

Deno.test("classes: bytes that lie unaligned", () => {
  const data = new Uint8Array(9).subarray(1);
  data.set(toBytes("FP32", [1, 5]));
  const [[first]] = topClasses({ name: "O", dataType: "FP32", data }, 1, 1);
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
