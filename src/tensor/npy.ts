/**
 * NumPy's .npy files, versions 1 to 3: a header that tells type and shape, then the elements.
 *
 * @module
 */
import { InferenceError } from "../base/errors.ts";
import { type DataType, elementByteSize } from "./data_type.ts";
import { parseNpyHeader } from "./npy_header.ts";
import { elementCount } from "./shape.ts";
import { encodeStrings } from "./strings.ts";

/** An array as a .npy file holds it, little-endian and row-major; strings as a STRING tensor has them. */
export interface NpyArray {
  readonly dataType: DataType;
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

/** Bytes that a header may have: version 1 counts them in 16 bits, and no tensor's needs more. */
export const NPY_HEADER_LIMIT = 2 ** 16 + 12;

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
const ALIGNMENT = 64;

const TYPES: readonly (readonly [descr: string, dataType: DataType])[] = [
  ["|b1", "BOOL"],
  ["|u1", "UINT8"],
  ["<u2", "UINT16"],
  ["<u4", "UINT32"],
  ["<u8", "UINT64"],
  ["|i1", "INT8"],
  ["<i2", "INT16"],
  ["<i4", "INT32"],
  ["<i8", "INT64"],
  ["<f2", "FP16"],
  ["<f4", "FP32"],
  ["<f8", "FP64"],
];

/** Whether the bytes begin as a .npy file does. */
export function isNpy(bytes: Uint8Array): boolean {
  return MAGIC.every((byte, i) => bytes[i] === byte);
}

/** Whether the type can be written as .npy. */
export function hasNpyType(dataType: DataType): boolean {
  return TYPES.some(([, type]) => type === dataType);
}

/**
 * Reads a .npy file.
 *
 * @param name for messages
 * @throws {InferenceError} FILE when it is none, or holds what tensors can't
 */
export function readNpy(bytes: Uint8Array, name: string): NpyArray {
  const bad = (why: string) => new InferenceError("FILE", `Cannot read ${name} as .npy: ${why}`);
  if (!isNpy(bytes)) throw bad("it doesn't begin as one");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const lengthSize = bytes[6] === 1 ? 2 : 4;
  if (bytes.byteLength < 8 + lengthSize) throw bad("it is cut short");
  const length = lengthSize === 2 ? view.getUint16(8, true) : view.getUint32(8, true);
  const start = 8 + lengthSize + length;
  if (start > bytes.byteLength) throw bad("it is cut short");
  const header = new TextDecoder().decode(bytes.subarray(8 + lengthSize, start));
  const plain = parseNpyHeader(header);
  if (plain === undefined) throw bad("its header is not a plain array's");
  const { descr, columnMajor, shape } = plain;
  if (columnMajor && shape.length > 1) {
    throw bad("it is in column-major (Fortran) order; save it with numpy.ascontiguousarray");
  }
  const data = bytes.subarray(start);
  const count = elementCount(shape);
  const text = /^[<|=]?([US])(\d{1,9})$/.exec(descr);
  const dataType = TYPES.find(([known]) => known === descr.replace(/^[=|<](?=[bui]1)/, "|"))?.[1];
  if (!text && dataType === undefined) throw bad(unsupported(descr));
  const size = text ? Number(text[2]) * (text[1] === "U" ? 4 : 1) : elementByteSize(dataType!);
  if (data.length < count * size) throw bad("it is cut short");
  if (data.length > count * size) {
    throw bad(`${data.length - count * size} bytes follow its array`);
  }
  if (!text) return { dataType: dataType!, shape, data };
  if (size === 0 && count > 0) throw bad("its strings have no room for a character");
  const elements = Array.from(
    { length: count },
    (_, i) => data.subarray(i * size, (i + 1) * size),
  );
  try {
    const strings = text[1] === "S" ? elements.map(withoutPadding) : elements.map(utf32);
    return { dataType: "STRING", shape, data: encodeStrings(strings) };
  } catch (error) {
    throw bad((error as Error).message);
  }
}

function unsupported(descr: string): string {
  if (descr.endsWith("O")) {
    return "it holds Python objects; save strings with a type of their own, such as " +
      "numpy.array(strings, dtype='S')";
  }
  if (descr.startsWith(">")) {
    return `its element type '${descr}' is big-endian; save it with ` +
      `array.astype('${descr.replace(">", "<")}')`;
  }
  return `its element type '${descr}' is not supported`;
}

/** NumPy pads byte strings with zeros, and takes zeros at the end for padding. */
function withoutPadding(element: Uint8Array): Uint8Array {
  let end = element.length;
  while (end > 0 && element[end - 1] === 0) end--;
  return element.subarray(0, end);
}

/** Code points of four bytes each, padded with zeros. @throws {RangeError} for what is none */
function utf32(element: Uint8Array): string {
  const view = new DataView(element.buffer, element.byteOffset, element.byteLength);
  let end = element.length;
  while (end > 0 && view.getUint32(end - 4, true) === 0) end -= 4;
  let text = "";
  for (let at = 0; at < end; at += 4) {
    text += String.fromCodePoint(view.getUint32(at, true));
  }
  return text;
}

/** Writes a .npy file. @throws {InferenceError} INVALID_ARG for a type that NumPy lacks */
export function writeNpy({ dataType, shape, data }: NpyArray): Uint8Array {
  const descr = TYPES.find(([, type]) => type === dataType)?.[0];
  if (descr === undefined) {
    throw new InferenceError(
      "INVALID_ARG",
      `Cannot write ${dataType} as .npy: NumPy has no such type`,
    );
  }
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const dictionary = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${tuple}), }`;
  const unpadded = 10 + dictionary.length + 1;
  const total = Math.ceil(unpadded / ALIGNMENT) * ALIGNMENT;
  const header = dictionary + " ".repeat(total - unpadded) + "\n";
  const file = new Uint8Array(total + data.byteLength);
  file.set(MAGIC);
  file[6] = 1;
  new DataView(file.buffer).setUint16(8, header.length, true);
  file.set(new TextEncoder().encode(header), 10);
  file.set(data, total);
  return file;
}
