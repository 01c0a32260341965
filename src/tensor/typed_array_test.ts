import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { InferenceError } from "../base/errors.ts";
import { DATA_TYPES, type DataType, elementByteSize } from "./data_type.ts";
import { decodeText } from "./strings.ts";
import { type TensorValues, toBytes, toTypedArray } from "./typed_array.ts";

Deno.test("every type has its array", () => {
  const bytes = new Uint8Array(16);
  const names = DATA_TYPES.filter((type) => type !== "STRING").map((type) =>
    `${type} ${toTypedArray(type, bytes).constructor.name} ${toTypedArray(type, bytes).length}`
  );
  assertEquals(names, [
    "BOOL Uint8Array 16",
    "UINT8 Uint8Array 16",
    "UINT16 Uint16Array 8",
    "UINT32 Uint32Array 4",
    "UINT64 BigUint64Array 2",
    "INT8 Int8Array 16",
    "INT16 Int16Array 8",
    "INT32 Int32Array 4",
    "INT64 BigInt64Array 2",
    "FP16 Float32Array 8",
    "BF16 Float32Array 8",
    "FP32 Float32Array 4",
    "FP64 Float64Array 2",
  ]);
});

Deno.test("aligned bytes are viewed, others copied, neither changed", () => {
  const buffer = Uint8Array.from({ length: 24 }, (_, i) => i);
  const view = toTypedArray("INT32", buffer.subarray(8, 16));
  assertStrictEquals(view.buffer, buffer.buffer);
  assertEquals(view, Int32Array.of(0x0b0a0908, 0x0f0e0d0c));
  const copy = toTypedArray("INT32", buffer.subarray(9, 17));
  assertEquals(copy, Int32Array.of(0x0c0b0a09, 0x100f0e0d));
  assertEquals(copy.buffer === buffer.buffer, false);
  assertEquals(toTypedArray("INT64", buffer.subarray(1, 1)), new BigInt64Array());
});

Deno.test("bytes left over and strings are errors", () => {
  const cases: [DataType, number, string][] = [
    ["FP32", 7, "Cannot read 7 bytes as FP32: not a multiple of 4"],
    ["FP16", 1, "not a multiple of 2"],
    ["UINT64", 12, "not a multiple of 8"],
    ["STRING", 8, "Cannot make a typed array of STRING"],
  ];
  for (const [type, size, message] of cases) {
    assertThrows(() => toTypedArray(type, new Uint8Array(size)), InferenceError, message);
  }
});

Deno.test("values become little-endian bytes", () => {
  const cases: [DataType, TensorValues, number[]][] = [
    ["BOOL", [true, false], [1, 0]],
    ["BOOL", [1, 0], [1, 0]],
    ["BOOL", Uint8Array.of(1, 0), [1, 0]],
    ["UINT8", [0, 255], [0, 255]],
    ["UINT8", [7n], [7]],
    ["UINT8", Uint8ClampedArray.of(3), [3]],
    ["INT8", [-128, 127, -0], [128, 127, 0]],
    ["UINT16", [65535], [255, 255]],
    ["INT16", [-2], [254, 255]],
    ["UINT32", [2 ** 32 - 1], [255, 255, 255, 255]],
    ["INT32", [-1, 258], [255, 255, 255, 255, 2, 1, 0, 0]],
    ["INT32", Float64Array.of(1), [1, 0, 0, 0]],
    ["UINT64", [2n ** 64n - 1n], Array(8).fill(255)],
    ["UINT64", [1], [1, 0, 0, 0, 0, 0, 0, 0]],
    ["INT64", [-1], Array(8).fill(255)],
    ["INT64", [-(2n ** 63n)], [0, 0, 0, 0, 0, 0, 0, 128]],
    ["INT64", Int32Array.of(-1), Array(8).fill(255)],
    ["FP16", [1, -2], [0, 0x3c, 0, 0xc0]],
    ["FP16", Float32Array.of(1), [0, 0x3c]],
    ["FP16", [Infinity], [0, 0x7c]],
    ["BF16", [1], [0x80, 0x3f]],
    ["FP32", [1.5], [0, 0, 0xc0, 0x3f]],
    ["FP32", Uint8Array.of(1), [0, 0, 0x80, 0x3f]],
    ["FP32", [-Infinity], [0, 0, 0x80, 0xff]],
    ["FP64", [1], [0, 0, 0, 0, 0, 0, 0xf0, 0x3f]],
    ["STRING", ["a"], [1, 0, 0, 0, 97]],
    ["STRING", [Uint8Array.of(255)], [1, 0, 0, 0, 255]],
    ["FP32", [], []],
    ["STRING", [], []],
  ];
  for (const [type, values, bytes] of cases) {
    assertEquals([...toBytes(type, values)], bytes, `${type} ${values}`);
  }
});

Deno.test("an array that has the layout is not copied", () => {
  const buffer = new ArrayBuffer(16);
  const cases: [DataType, TensorValues][] = [
    ["FP32", new Float32Array(buffer, 4, 2)],
    ["INT64", new BigInt64Array(buffer, 8, 1)],
    ["UINT8", new Uint8ClampedArray(buffer, 4, 8)],
    ["BOOL", new Uint8Array(buffer, 4, 8)],
    ["FP16", new Float16Array(buffer, 4, 4)],
  ];
  for (const [type, values] of cases) {
    const bytes = toBytes(type, values);
    assertStrictEquals(bytes.buffer, buffer, type);
    assertEquals(bytes.byteLength, 8);
  }
});

Deno.test("what does not fit is an error naming element, expected and given", () => {
  const cases: [DataType, unknown, string][] = [
    ["UINT8", [0, 256], "element 1 must be a whole number from 0 to 255, got 256"],
    ["UINT8", [-1], "got -1"],
    ["INT8", [128], "a whole number from -128 to 127, got 128"],
    ["INT16", [1, 2, -32769], "element 2 must be"],
    ["INT32", [1.5], "got 1.5"],
    ["INT32", [NaN], "got NaN"],
    ["INT32", [Infinity], "got Infinity"],
    ["INT32", ["1"], 'got "1"'],
    ["INT32", [true], "got true"],
    ["INT32", [null], "got null"],
    ["INT32", [, 1], "element 0 must be a whole number from -2147483648 to 2147483647, got undef"],
    ["INT32", [[1]], "got a value of type object"],
    ["INT32", [2n ** 31n], "got 2147483648n"],
    ["INT32", Float32Array.of(0.5), "got 0.5"],
    ["UINT32", [2 ** 32], "got 4294967296"],
    ["UINT64", [-1n], "from 0 to 18446744073709551615, beyond 2^53 as a bigint, got -1n"],
    ["UINT64", [2n ** 64n], "got 18446744073709551616n"],
    ["UINT64", [2 ** 53], "got 9007199254740992"],
    ["INT64", [2n ** 63n], "got 9223372036854775808n"],
    ["BOOL", [2], "element 0 must be true, false, 0 or 1, got 2"],
    ["BOOL", ["true"], 'got "true"'],
    ["BOOL", Uint8Array.of(1, 7), "element 1 must be true, false, 0 or 1, got 7"],
    ["FP32", [2n ** 128n], "a number within the range of FP32, got 340282366920938463463374607431"],
    ["STRING", ["a", "\ud800"], "element 1 must be valid Unicode, but holds half of a surrogate"],
    ["FP32", [1e39], "got 1e+39"],
    ["FP32", ["1"], 'got "1"'],
    ["FP16", [0, -65520], "element 1 must be a number within the range of FP16, got -65520"],
    ["BF16", [3.4e38], "got 3.4e+38"],
    ["FP64", [undefined], "element 0 must be a number, got undefined"],
    ["STRING", [1], "element 0 must be a string or a Uint8Array, got number"],
    ["STRING", Uint8Array.of(1), "from Uint8Array: pass a list of strings or Uint8Arrays"],
  ];
  for (const [type, values, message] of cases) {
    const error = assertThrows(() => toBytes(type, values as number[]), InferenceError, message);
    assertEquals(error.code, "INVALID_ARG");
    assertEquals(error.message.startsWith(`Cannot make a `), true);
  }
});

Deno.test("the largest numbers that still round down fit", () => {
  assertEquals(toTypedArray("FP16", toBytes("FP16", [65519.99])), Float32Array.of(65504));
  const largest = (2 - 2 ** -23) * 2 ** 127;
  assertEquals(toTypedArray("FP32", toBytes("FP32", [largest])), Float32Array.of(largest));
});

const [seed = 0] = crypto.getRandomValues(new Uint32Array(1));

Deno.test(`random bytes survive as values (seed ${seed})`, () => {
  let state = seed;
  const next = () => (state = Math.imul(state, 1664525) + 1013904223 >>> 0) >>> 24;
  for (const type of DATA_TYPES) {
    if (type === "STRING") continue;
    const bytes = Uint8Array.from(
      { length: 64 * elementByteSize(type) },
      () => type === "BOOL" ? next() & 1 : next(),
    );
    const array = toTypedArray(type, bytes);
    const values = Array.from(array as ArrayLike<number>);
    const back = toTypedArray(type, toBytes(type, values));
    assertEquals(back, array, `${type} seed ${seed}`);
  }
});

Deno.test("text survives", () => {
  const texts = ["", "é", "\0", "😀".repeat(1000)];
  assertEquals(decodeText(toBytes("STRING", texts), texts.length), texts);
});
