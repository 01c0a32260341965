import { assertEquals, assertStrictEquals } from "@std/assert";
import {
  bfloat16ToBits,
  decodeBFloat16,
  decodeFloat16,
  encodeBFloat16,
  encodeFloat16,
  float16FromBits,
  float16ToBits,
} from "./float16.ts";

const ALL_HALVES = Uint16Array.from({ length: 65536 }, (_, bits) => bits);
const allBytes = new Uint8Array(ALL_HALVES.buffer);

/** Bits of a NaN may come back as another NaN's. */
function assertSameBits(actual: Uint16Array, expected: Uint16Array, exponentMask: number): void {
  for (let i = 0; i < expected.length; i++) {
    const isNaN = (expected[i]! & 0x7fff) > exponentMask;
    if (isNaN) assertEquals((actual[i]! & 0x7fff) > exponentMask, true, `NaN ${i}`);
    else if (actual[i] !== expected[i]) assertEquals(actual[i], expected[i], `bits ${i}`);
  }
}

const halves = (bytes: Uint8Array) => new Uint16Array(bytes.buffer);

Deno.test("every FP16 value survives, by the engine and by our own code", () => {
  const numbers = decodeFloat16(allBytes);
  assertSameBits(halves(encodeFloat16(numbers)), ALL_HALVES, 0x7c00);
  assertSameBits(Uint16Array.from(numbers, float16ToBits), ALL_HALVES, 0x7c00);
  assertEquals(Float32Array.from(ALL_HALVES, float16FromBits), numbers);
});

Deno.test("every BF16 value survives", () => {
  const numbers = decodeBFloat16(allBytes);
  assertSameBits(halves(encodeBFloat16(numbers)), ALL_HALVES, 0x7f80);
});

Deno.test("known values", () => {
  const cases: [number, number, number][] = [
    [0, 0x0000, 0x0000],
    [-0, 0x8000, 0x8000],
    [1, 0x3c00, 0x3f80],
    [-2, 0xc000, 0xc000],
    [Infinity, 0x7c00, 0x7f80],
    [-Infinity, 0xfc00, 0xff80],
    [65504, 0x7bff, 0x4780],
    [65519.99, 0x7bff, 0x4780],
    [65520, 0x7c00, 0x4780],
    [1e300, 0x7c00, 0x7f80],
    [-Number.MAX_VALUE, 0xfc00, 0xff80],
    [Number.MIN_VALUE, 0x0000, 0x0000],
    [2 ** -24, 0x0001, 0x3380],
    [2 ** -25, 0x0000, 0x3300],
    [2 ** -25 * (1 + 2 ** -50), 0x0001, 0x3300],
    [3 * 2 ** -25, 0x0002, 0x33c0],
    [2 ** -14 - 2 ** -26, 0x0400, 0x3880],
    [2 ** -133, 0x0000, 0x0001],
    [2 ** -134, 0x0000, 0x0000],
    [3 * 2 ** -134, 0x0000, 0x0002],
    // A tie of the 16-bit type that rounding to a float32 first would hide or make.
    [1 + 2 ** -8 + 2 ** -40, 0x3c04, 0x3f81],
    [1 + 2 ** -8, 0x3c04, 0x3f80],
    [1 + 2 ** -11 + 2 ** -40, 0x3c01, 0x3f80],
    [1 + 2 ** -11, 0x3c00, 0x3f80],
    [1 + 3 * 2 ** -11, 0x3c02, 0x3f80],
  ];
  for (const [value, half, brain] of cases) {
    assertEquals(halves(encodeFloat16([value]))[0], half, `FP16 ${value}`);
    assertEquals(float16ToBits(value), half, `FP16 ${value}`);
    assertEquals(bfloat16ToBits(value), brain, `BF16 ${value}`);
  }
  assertEquals(decodeFloat16(encodeFloat16([NaN]))[0], NaN);
  assertEquals(float16FromBits(float16ToBits(NaN)), NaN);
  assertEquals(decodeBFloat16(encodeBFloat16([NaN]))[0], NaN);
});

const [seed = 0] = crypto.getRandomValues(new Uint32Array(1));

Deno.test(`our own FP16 rounding is the engine's (seed ${seed})`, () => {
  let state = seed;
  const next = () => state = Math.imul(state, 1664525) + 1013904223 >>> 0;
  const values = Float64Array.from({ length: 20_000 }, (_, i) => {
    const mantissa = 1 + next() / 2 ** 32;
    // Half of them ties or close to one.
    const base = i % 2 ? mantissa : Math.round(mantissa * 2048) / 2048;
    return base * 2 ** (next() % 48 - 30) * (next() % 2 ? 1 : -1);
  });
  assertEquals(Uint16Array.from(values, float16ToBits), halves(encodeFloat16(values)));
});

Deno.test("unaligned bytes are read, aligned ones not changed", () => {
  const bytes = Uint8Array.of(9, 0x00, 0x3c, 0x80, 0x3f);
  assertStrictEquals(decodeFloat16(bytes.subarray(1, 3))[0], 1);
  assertStrictEquals(decodeBFloat16(bytes.subarray(3))[0], 1);
});
