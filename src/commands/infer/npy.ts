/**
 * NumPy's .npy files, versions 1 to 3: a header that tells type and shape, then the elements.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import type { DataType } from "../../tensor/data_type.ts";

/** An array as a .npy file holds it, little-endian and row-major. */
export interface NpyArray {
  readonly dataType: DataType;
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

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
  const descr = /'descr':\s*'([^']*)'/.exec(header)?.[1];
  const order = /'fortran_order':\s*(True|False)/.exec(header)?.[1];
  const dims = /'shape':\s*\(([\d\s,L]*)\)/.exec(header)?.[1];
  if (descr === undefined || order === undefined || dims === undefined) {
    throw bad("its header is not a plain array's");
  }
  const dataType = TYPES.find(([known]) => known === descr.replace(/^[=|<](?=[bui]1)/, "|"))?.[1];
  if (dataType === undefined) throw bad(`its element type '${descr}' is not supported`);
  const shape = dims.split(",").map((dim) => dim.trim()).filter((dim) => dim !== "").map(Number);
  if (order === "True" && shape.length > 1) {
    throw bad("it is in column-major (Fortran) order; save it with numpy.ascontiguousarray");
  }
  return { dataType, shape, data: bytes.subarray(start) };
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
