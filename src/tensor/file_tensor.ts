/**
 * What a file of tensor data is: a NumPy array, or a tensor's own bytes.
 *
 * @module
 */
import { InferenceError } from "../base/errors.ts";
import type { DataType } from "./data_type.ts";
import { isNpy, readNpy } from "./npy.ts";

/** A file's tensor. */
export type FileTensor =
  | { readonly kind: "array"; readonly shape: readonly number[]; readonly data: Uint8Array }
  | { readonly kind: "raw"; readonly data: Uint8Array };

/**
 * Looks at a file's first bytes: `.npy` files begin with their own name.
 *
 * @param path for messages
 * @throws {InferenceError} FILE for an .npz or a broken .npy file, INVALID_ARG for another type than wanted
 */
export function fileTensor(bytes: Uint8Array, dataType: DataType, path: string): FileTensor {
  if (isNpz(bytes, path)) {
    throw new InferenceError(
      "FILE",
      `${path} is an .npz archive; save one array with numpy.save, as .npy`,
    );
  }
  if (!isNpy(bytes)) return { kind: "raw", data: bytes };
  const array = readNpy(bytes, path);
  if (array.dataType === dataType) return { kind: "array", shape: array.shape, data: array.data };
  throw new InferenceError(
    "INVALID_ARG",
    `expected ${dataType}, ${path} holds ${array.dataType}`,
  );
}

/** A zip file by name or by what it holds: the name of its first member is an array's. */
function isNpz(bytes: Uint8Array, path: string): boolean {
  if (!(bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4)) return false;
  if (/\.npz$/i.test(path)) return true;
  const nameLength = (bytes[26] ?? 0) + 256 * (bytes[27] ?? 0);
  const name = new TextDecoder().decode(bytes.subarray(30, 30 + nameLength));
  return name.endsWith(".npy");
}
