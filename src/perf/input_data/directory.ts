/**
 * Inputs from a directory: one file an input, named as the input, with the data of one batch entry.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import type { TensorInfo } from "../../protocol/types.ts";
import { byteSize, elementCount } from "../../tensor/shape.ts";
import { encodeStrings } from "../../tensor/strings.ts";
import type { ReadFile } from "./tensor_input.ts";

/**
 * The bytes of one batch entry. Strings stand one on a line; anything else is the tensor's raw bytes,
 * of which as many are taken as one entry needs.
 *
 * @throws {InferenceError} FILE or INVALID_ARG naming the file
 */
export async function directoryTensor(
  directory: string,
  info: TensorInfo,
  shape: readonly number[],
  readFile: ReadFile,
): Promise<Uint8Array> {
  const path = `${directory}/${info.name}`;
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    throw new InferenceError("FILE", `failed to open file '${path}'`, {
      cause,
      hint: `the directory needs one file for each input, named as the input`,
    });
  }
  if (info.dataType === "STRING") return textLines(bytes, info.name, path, elementCount(shape));
  const size = byteSize(info.dataType, shape);
  if (bytes.length >= size) return bytes.subarray(0, size);
  throw new InferenceError(
    "INVALID_ARG",
    `input '${info.name}' requires ${size} bytes for each batch, but provided data only has ` +
      `${bytes.length} bytes (file '${path}')`,
  );
}

function textLines(bytes: Uint8Array, name: string, path: string, count: number): Uint8Array {
  const lines = new TextDecoder().decode(bytes).replace(/\r?\n$/, "").split(/\r?\n/);
  if (lines.length >= count) return encodeStrings(lines.slice(0, count));
  throw new InferenceError(
    "INVALID_ARG",
    `input '${name}' requires ${count} strings for each batch, but file '${path}' only has ` +
      `${lines.length} lines`,
  );
}
