/**
 * The 16-bit floating point types: FP16 (IEEE 754 binary16) and BF16 (the upper half of a float32),
 * as little-endian bytes. Numbers are rounded once, to the nearest, ties to even; what is too large
 * becomes infinity; NaN stays NaN. Hosts are taken to be little-endian, as all that Deno runs on are.
 *
 * @module
 */

/** How a 16-bit type divides its bits. */
interface Format {
  readonly mantissaBits: number;
  /** The exponent of the smallest normal number. */
  readonly minExponent: number;
  readonly infinity: number;
  readonly nan: number;
}

const BINARY16: Format = { mantissaBits: 10, minExponent: -14, infinity: 0x7c00, nan: 0x7e00 };
const BFLOAT16: Format = { mantissaBits: 7, minExponent: -126, infinity: 0x7f80, nan: 0x7fc0 };

const double = new Float64Array(1);
const doubleBits = new Uint32Array(double.buffer);

/** The bits of a number in a 16-bit format. */
function encode(value: number, format: Format): number {
  double[0] = value;
  const high = doubleBits[1]!;
  const sign = high >>> 16 & 0x8000;
  if (Number.isNaN(value)) return sign | format.nan;
  // A double's own denormals are far below both formats' smallest number.
  const exponent = Math.max((high >>> 20 & 0x7ff) - 1023, format.minExponent);
  const steps = roundHalfEven(Math.abs(value) * 2 ** (format.mantissaBits - exponent));
  // Steps beyond the mantissa carry into the exponent, up to infinity.
  const bits = (exponent - format.minExponent) * 2 ** format.mantissaBits + steps;
  return sign | Math.min(bits, format.infinity);
}

function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || rest === 0.5 && floor % 2 === 1 ? floor + 1 : floor;
}

/** One FP16 value by its bits. */
export function float16FromBits(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = bits >>> 10 & 0x1f;
  const mantissa = bits & 0x3ff;
  if (exponent === 0) return sign * mantissa * 2 ** -24;
  if (exponent === 0x1f) return mantissa ? NaN : sign * Infinity;
  return sign * (1024 + mantissa) * 2 ** (exponent - 25);
}

/** The bits of a number as FP16. */
export function float16ToBits(value: number): number {
  return encode(value, BINARY16);
}

/** The bits of a number as BF16. */
export function bfloat16ToBits(value: number): number {
  return encode(value, BFLOAT16);
}

/** Numbers to FP16 bytes. */
export function encodeFloat16(values: ArrayLike<number>): Uint8Array {
  if (typeof Float16Array === "function") return new Uint8Array(new Float16Array(values).buffer);
  return new Uint8Array(Uint16Array.from(values, float16ToBits).buffer);
}

/** FP16 bytes, an even number of them, to numbers. */
export function decodeFloat16(bytes: Uint8Array): Float32Array {
  const halves = toHalves(bytes);
  if (typeof Float16Array === "function") {
    return new Float32Array(new Float16Array(halves.buffer, halves.byteOffset, halves.length));
  }
  return Float32Array.from(halves, float16FromBits);
}

/** Numbers to BF16 bytes. */
export function encodeBFloat16(values: ArrayLike<number>): Uint8Array {
  return new Uint8Array(Uint16Array.from(values, bfloat16ToBits).buffer);
}

/** BF16 bytes, an even number of them, to numbers. */
export function decodeBFloat16(bytes: Uint8Array): Float32Array {
  const halves = toHalves(bytes);
  const words = new Uint32Array(halves.length);
  for (let i = 0; i < halves.length; i++) words[i] = halves[i]! << 16;
  return new Float32Array(words.buffer);
}

function toHalves(bytes: Uint8Array): Uint16Array {
  const aligned = bytes.byteOffset % 2 === 0 ? bytes : new Uint8Array(bytes);
  return new Uint16Array(aligned.buffer, aligned.byteOffset, aligned.byteLength / 2);
}
