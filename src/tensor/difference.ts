/**
 * Whether a tensor is the one that was expected, and where it first differs.
 *
 * @module
 */
import { type DataType, elementByteSize } from "./data_type.ts";
import { decodeStrings, exactText } from "./strings.ts";
import { toTypedArray } from "./typed_array.ts";

/** The first element that is not as expected. */
export interface Difference {
  /** Of all elements, row by row. */
  readonly index: number;
  /** As text. */
  readonly expected: string;
  readonly got: string;
}

/** Two tensors of one type and shape. */
export interface Compared {
  readonly dataType: DataType;
  readonly expected: Uint8Array;
  readonly got: Uint8Array;
}

/**
 * The first difference; undefined when there is none. Integers, booleans and strings are exact. Floats may
 * be off by `tolerance`, times the expected value where that is larger than 1; NaN is NaN, and 0 is -0.
 *
 * @throws {InferenceError} PROTOCOL for strings that can't be read
 */
export function firstDifference(
  { dataType, expected, got }: Compared,
  tolerance: number,
): Difference | undefined {
  if (sameBytes(expected, got)) return undefined;
  if (dataType === "STRING") return firstString(expected, got);
  const size = elementByteSize(dataType);
  const isFloat = dataType.includes("F");
  // A tensor is looked through in pieces: most of a large one is never made into values.
  for (let at = 0; at < expected.length; at += PIECE * size) {
    const [a, b] = [expected, got].map((bytes) => bytes.subarray(at, at + PIECE * size));
    if (sameBytes(a!, b!)) continue;
    const [wanted, given] = [valuesOf(dataType, a!), valuesOf(dataType, b!)];
    for (let i = 0; i < wanted.length; i++) {
      const [one, other] = [wanted[i]!, given[i]!];
      if (isFloat ? near(Number(one), Number(other), tolerance) : one === other) continue;
      return { index: at / size + i, expected: String(one), got: String(other) };
    }
  }
  return undefined;
}

/** Elements that are compared at a time. */
const PIECE = 4096;

function near(expected: number, got: number, tolerance: number): boolean {
  if (expected === got || Number.isNaN(expected) && Number.isNaN(got)) return true;
  return Math.abs(expected - got) <= tolerance * Math.max(1, Math.abs(expected)) &&
    Number.isFinite(expected);
}

function valuesOf(dataType: DataType, bytes: Uint8Array): ArrayLike<number | bigint> {
  return toTypedArray(dataType, bytes) as ArrayLike<number | bigint>;
}

function firstString(expected: Uint8Array, got: Uint8Array): Difference | undefined {
  const [wanted, given] = [decodeStrings(expected), decodeStrings(got)];
  const index = wanted.findIndex((element, i) =>
    given[i] === undefined || !sameBytes(element, given[i])
  );
  const at = index < 0 ? wanted.length : index;
  if (index < 0 && given.length === wanted.length) return undefined;
  return { index: at, expected: stringText(wanted[at]), got: stringText(given[at]) };
}

/** Characters of a string in a message. */
const SHOWN = 40;

function stringText(element: Uint8Array | undefined): string {
  if (element === undefined) return "nothing";
  const text = exactText(element);
  if (text === undefined) return `${element.length} bytes that are no text`;
  return JSON.stringify(text.length > SHOWN ? `${text.slice(0, SHOWN)}...` : text);
}

/** Whether two pieces of memory are the same, four bytes at a time. */
function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  const words = Math.floor(a.length / 4);
  if (words > 0) {
    const [one, other] = [wordsOf(a, words), wordsOf(b, words)];
    for (let i = 0; i < words; i++) if (one[i] !== other[i]) return false;
  }
  for (let i = words * 4; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Bytes as words; those that begin at an odd place are copied first. */
function wordsOf(bytes: Uint8Array, words: number): Int32Array {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  return new Int32Array(aligned.buffer, aligned.byteOffset, words);
}
