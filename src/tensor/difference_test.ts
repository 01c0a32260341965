import { assert, assertEquals } from "@std/assert";
import type { DataType } from "./data_type.ts";
import { firstDifference } from "./difference.ts";
import { encodeStrings } from "./strings.ts";
import { toBytes } from "./typed_array.ts";

const difference = (dataType: DataType, a: number[], b: number[], tolerance = 0) =>
  firstDifference(
    { dataType, expected: toBytes(dataType, a), got: toBytes(dataType, b) },
    tolerance,
  );

Deno.test("firstDifference: integers are exact, whatever the tolerance", () => {
  assertEquals(difference("INT32", [1, 2, 3], [1, 2, 3]), undefined);
  assertEquals(difference("INT32", [1, 2, 3], [1, 5, 4], 10), {
    index: 1,
    expected: "2",
    got: "5",
  });
  assertEquals(difference("INT64", [1, 2], [1, -2])?.got, "-2");
  assertEquals(difference("BOOL", [1, 0, 1], [1, 0, 0])?.index, 2);
});

Deno.test("firstDifference: floats within the tolerance, absolute below 1 and relative above", () => {
  assert(difference("FP32", [0.5], [0.5 + 2 ** -20]) !== undefined);
  assertEquals(difference("FP32", [0.5], [0.5 + 2 ** -20], 1e-5), undefined);
  assertEquals(difference("FP64", [1000], [1000.9], 0.001), undefined);
  assert(difference("FP64", [1000], [1001.1], 0.001) !== undefined);
  assertEquals(difference("FP16", [1], [1.001], 0.002), undefined);
  assertEquals(difference("BF16", [1], [2], 0.5)?.got, "2");
});

Deno.test("firstDifference: NaN is NaN, 0 is -0, and infinity is near nothing else", () => {
  for (const type of ["FP16", "BF16", "FP32", "FP64"] as const) {
    assertEquals(difference(type, [NaN, -0, Infinity], [NaN, 0, Infinity]), undefined, type);
    assertEquals(difference(type, [NaN], [1], 9)?.expected, "NaN", type);
    assertEquals(difference(type, [Infinity], [1], 9)?.got, "1", type);
    assertEquals(difference(type, [1], [-Infinity], 9)?.got, "-Infinity", type);
  }
});

Deno.test("firstDifference: an element far inside, at any offset of its memory", () => {
  for (const count of [1, 4095, 4096, 4097, 100_003]) {
    const expected = toBytes("INT8", Array.from({ length: count }, (_, i) => i % 100));
    const held = new Uint8Array(count + 3);
    held.set(expected, 3);
    const got = held.subarray(3);
    assertEquals(firstDifference({ dataType: "INT8", expected, got }, 0), undefined);
    got[count - 1] = 101;
    assertEquals(firstDifference({ dataType: "INT8", expected, got }, 0)?.index, count - 1);
  }
});

Deno.test("firstDifference: strings byte for byte, shown as text", () => {
  const compare = (a: (string | Uint8Array)[], b: (string | Uint8Array)[]) =>
    firstDifference(
      { dataType: "STRING", expected: encodeStrings(a), got: encodeStrings(b) },
      1,
    );
  assertEquals(compare(["a", ""], ["a", ""]), undefined);
  assertEquals(compare(["a", "b\n"], ["a", "c"]), { index: 1, expected: '"b\\n"', got: '"c"' });
  assertEquals(compare(["a"], ["a", "b"]), { index: 1, expected: "nothing", got: '"b"' });
  assertEquals(compare([new Uint8Array([255])], ["x"])?.expected, "1 bytes that are no text");
});
