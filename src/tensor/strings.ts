/**
 * STRING tensors as bytes: every element is its length, four bytes little-endian, then its bytes.
 *
 * @module
 */
import { InferenceError } from "../base/errors.ts";

const LENGTH_BYTES = 4;
const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * Elements to bytes; text as UTF-8.
 *
 * @param firstIndex number of the first element, for messages
 * @throws {InferenceError} `INVALID_ARG` naming an element that is neither text nor bytes, or is text
 * that has no UTF-8: half of a surrogate pair
 */
export function encodeStrings(
  elements: readonly (string | Uint8Array)[],
  firstIndex = 0,
): Uint8Array {
  const pieces = Array.from(elements, (element, i) => {
    if (element instanceof Uint8Array) return element;
    if (typeof element === "string" && element.isWellFormed()) return encoder.encode(element);
    const got = typeof element === "string"
      ? "must be valid Unicode, but holds half of a surrogate pair"
      : `must be a string or a Uint8Array, got ${element === null ? "null" : typeof element}`;
    throw new InferenceError(
      "INVALID_ARG",
      `Cannot make a tensor of STRING: element ${firstIndex + i} ${got}`,
    );
  });
  const size = pieces.reduce((sum, piece) => sum + LENGTH_BYTES + piece.length, 0);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  let offset = 0;
  for (const piece of pieces) {
    view.setUint32(offset, piece.length, true);
    bytes.set(piece, offset + LENGTH_BYTES);
    offset += LENGTH_BYTES + piece.length;
  }
  return bytes;
}

/**
 * Bytes to elements, which are views of `bytes`.
 *
 * @param expectedCount elements that there must be; any number when undefined
 * @throws {InferenceError} `PROTOCOL` naming the offset where the bytes end too early or too late
 */
export function decodeStrings(bytes: Uint8Array, expectedCount?: number): Uint8Array[] {
  const bad = (why: string) =>
    new InferenceError(
      "PROTOCOL",
      `Cannot read a STRING tensor of ${bytes.length} bytes: ${why}`,
    );
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const elements: Uint8Array[] = [];
  let offset = 0;
  while (offset < bytes.length && elements.length !== expectedCount) {
    const left = bytes.length - offset - LENGTH_BYTES;
    const name = `element ${elements.length} at offset ${offset}`;
    if (left < 0) throw bad(`${name} has ${left + LENGTH_BYTES} of the 4 bytes of its length`);
    const length = view.getUint32(offset, true);
    if (length > left) throw bad(`${name} needs ${length} bytes, ${left} are left`);
    offset += LENGTH_BYTES;
    elements.push(bytes.subarray(offset, offset + length));
    offset += length;
  }
  if (expectedCount === undefined) return elements;
  if (elements.length < expectedCount) {
    throw bad(
      `expected ${expectedCount} elements, found ${elements.length} up to offset ${offset}`,
    );
  }
  if (offset < bytes.length) {
    throw bad(
      `${bytes.length - offset} bytes are left at offset ${offset}, ` +
        `after the ${expectedCount} elements expected`,
    );
  }
  return elements;
}

/**
 * The bytes of the first elements, where what follows them means nothing.
 *
 * @returns all bytes when there are fewer elements, or they are no STRING tensor
 */
export function leadingStrings(bytes: Uint8Array, count: number): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let offset = 0;
  for (let i = 0; i < count; i++) {
    if (offset + LENGTH_BYTES > bytes.length) return bytes;
    offset += LENGTH_BYTES + view.getUint32(offset, true);
  }
  return bytes.subarray(0, offset);
}

/**
 * Bytes to elements as text; what is no UTF-8 becomes U+FFFD.
 *
 * @throws {InferenceError} as {@linkcode decodeStrings}
 */
export function decodeText(bytes: Uint8Array, expectedCount?: number): string[] {
  return decodeStrings(bytes, expectedCount).map((element) => decoder.decode(element));
}

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** An element as text; undefined when its bytes are not UTF-8. */
export function exactText(element: Uint8Array): string | undefined {
  try {
    return strict.decode(element);
  } catch {
    return undefined;
  }
}

/**
 * Bytes that somebody gave for a STRING tensor: either the tensor's own, each string with its length in
 * front, or, where one string is wanted, that string's.
 *
 * @throws {InferenceError} as {@linkcode decodeStrings}
 */
export function serializedStrings(bytes: Uint8Array, count: number): Uint8Array {
  try {
    decodeStrings(bytes, count);
    return bytes;
  } catch (error) {
    if (count !== 1) throw error;
    return encodeStrings([bytes]);
  }
}
