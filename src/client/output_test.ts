import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { InferenceError } from "../base/errors.ts";
import { encodeStrings } from "../tensor/strings.ts";
import { OutputValue } from "./result.ts";

const bytesOf = (values: Float32Array | BigInt64Array) => new Uint8Array(values.buffer);

Deno.test("a tensor is read as a whole and by batch entries, without a copy", () => {
  const data = bytesOf(Float32Array.of(1, 2, 3, 4, 5, 6));
  const output = new OutputValue({ name: "o", shape: [3], data }, "FP32", 2);
  assertEquals([...output.data], [1, 2, 3, 4, 5, 6]);
  assertStrictEquals(output.data, output.data);
  assertEquals([...output].map((entry) => [...entry.data]), [[1, 2, 3], [4, 5, 6]]);
  assertEquals(output.entry(1).batchSize, 1);
  assertStrictEquals(output.entry(1).bytes.buffer, data.buffer);
  assertThrows(() => output.entry(2), InferenceError, "batch size is 2");
  assertThrows(() => output.entry(0.5), InferenceError, "unexpected batch entry");
  assertThrows(() => output.strings, InferenceError, "FP32, not STRING");
});

Deno.test("64-bit integers are bigint", () => {
  const data = bytesOf(BigInt64Array.of(-9007199254740993n));
  const output = new OutputValue({ name: "o", shape: [1], data }, "INT64", 1);
  assertEquals(output.data[0], -9007199254740993n);
});

Deno.test("strings are dealt out to the batch entries", () => {
  const table: [strings: string[], batchSize: number, entries: string[][]][] = [
    [["a", "", "ccc", "äö"], 2, [["a", ""], ["ccc", "äö"]]],
    [["a", "b", "c"], 3, [["a"], ["b"], ["c"]]],
    [["a", "b"], 1, [["a", "b"]]],
    [[], 2, [[], []]],
  ];
  for (const [strings, batchSize, entries] of table) {
    // Behind some other bytes, as answers lie in their buffer.
    const encoded = encodeStrings(strings);
    const buffer = new Uint8Array(encoded.length + 7);
    buffer.set(encoded, 7);
    const output = new OutputValue(
      { name: "o", shape: [strings.length / batchSize], data: buffer.subarray(7) },
      "STRING",
      batchSize,
    );
    assertEquals(output.strings, strings);
    assertEquals([...output].map((entry) => entry.strings), entries);
  }
  const uneven = new OutputValue(
    { name: "o", shape: [1], data: encodeStrings(["a", "b", "c"]) },
    "STRING",
    2,
  );
  assertThrows(() => uneven.entry(0), InferenceError, "3 strings for 2 batch entries");
  assertThrows(() => uneven.data, InferenceError, "read .strings");
});

Deno.test("classes are dealt out to the batch entries", () => {
  const classes = ["red", "blue"].map((label, index) => [{ index, label, value: 0.5 }]);
  const output = new OutputValue({ name: "o", classes }, "FP32", 2);
  assertEquals(output.isClasses, true);
  assertEquals([...output].map((entry) => entry.classes()), classes);
  assertEquals(output.classes(1), classes[1]);
  assertThrows(() => output.bytes, InferenceError, "raw result not available");
  assertThrows(() => output.classes(2), InferenceError, "batch size is 2");
});

const int64 = (...values: bigint[]) =>
  new OutputValue(
    { name: "o", shape: [values.length], data: bytesOf(BigInt64Array.from(values)) },
    "INT64",
    1,
  );

Deno.test("as: the array that belongs to the type, or a refusal that names both", () => {
  const data = bytesOf(Float32Array.of(1, 2));
  const output = new OutputValue({ name: "o", shape: [2], data }, "FP32", 1);
  const array: Float32Array = output.as("FP32");
  assertEquals([...array], [1, 2]);
  // deno-lint-ignore no-explicit-any
  const error = assertThrows(() => (output as OutputValue<any>).as("INT32"), InferenceError);
  assertEquals(error.message, "Cannot read output 'o' as INT32: it is FP32");
  const bigints: BigInt64Array = int64(5n).as("INT64");
  assertEquals(bigints[0], 5n);
  const texts = new OutputValue({ name: "t", shape: [1], data: encodeStrings(["é"]) }, "STRING", 1);
  const strings: readonly string[] = texts.as("STRING");
  assertEquals(strings, ["é"]);
});

Deno.test("numbers: exact, or refused", () => {
  assertEquals(int64(1n, -5n).numbers(), [1, -5]);
  assertThrows(() => int64(1n, 2n ** 60n).numbers(), InferenceError, "element 1");
});

Deno.test("toNested: batch first, then the shape", () => {
  const data = bytesOf(Float32Array.of(1, 2, 3, 4, 5, 6));
  const output = (shape: number[], batchSize: number) =>
    new OutputValue({ name: "o", shape, data }, "FP32", batchSize);
  assertEquals(output([3], 2).toNested(), [[1, 2, 3], [4, 5, 6]]);
  assertEquals(output([3, 2], 1).toNested(), [[1, 2], [3, 4], [5, 6]]);
  assertThrows(() => output([4], 1).toNested(), InferenceError, "6 elements");
});

Deno.test("JSON has the elements, bigints and NaN as they can be said", () => {
  assertEquals(JSON.parse(JSON.stringify(int64(1n, 2n ** 60n))), {
    name: "o",
    datatype: "INT64",
    shape: [2],
    batchSize: 1,
    data: [1, "1152921504606846976"],
  });
  const data = bytesOf(Float32Array.of(NaN, -Infinity, 0.5));
  const floats = new OutputValue({ name: "o", shape: [3], data }, "FP32", 1);
  assertEquals(JSON.parse(JSON.stringify(floats)).data, ["NaN", "-Infinity", 0.5]);
});

Deno.test("console.log shows the elements", () => {
  const text = Deno.inspect(int64(7n), { colors: false });
  assertEquals(/OutputValue \{.*INT64.*7n/s.test(text), true, text);
  const broken = new OutputValue({ name: "o", shape: [1], data: new Uint8Array(3) }, "FP32", 1);
  assertEquals(Deno.inspect(broken).includes("not a multiple of 4"), true);
});
