/**
 * Writes outputs to files.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import { toJson } from "../../base/json.ts";
import type { InferResult, OutputValue } from "../../client/result.ts";
import { fileError } from "../file_error.ts";
import { hasNpyType, writeNpy } from "./npy.ts";

/**
 * A file for each output: `.npy`; `.json` for strings and classes; `.bin` for what NumPy lacks.
 *
 * @returns the paths written
 * @throws {InferenceError} FILE when one can't be written
 */
export async function saveOutputs(result: InferResult, directory: string): Promise<string[]> {
  const paths: string[] = [];
  try {
    await Deno.mkdir(directory, { recursive: true });
    for (const output of result.outputs) {
      const { extension, bytes } = fileOf(output);
      const path = `${directory}/${fileName(output.name)}${extension}`;
      if (paths.includes(path)) {
        throw new InferenceError("FILE", `two outputs would be written to ${path}`);
      }
      await Deno.writeFile(path, bytes);
      paths.push(path);
    }
  } catch (error) {
    throw fileError(error, `Cannot save outputs in ${directory}`);
  }
  return paths;
}

/** Names hold slashes ("gpu_0/softmax"), files don't. */
function fileName(name: string): string {
  return name.replace(/[^A-Za-z0-9._-]/g, "_").replace(/^\.+/, "_");
}

function fileOf(output: OutputValue): { extension: string; bytes: Uint8Array } {
  const json = (value: unknown) => ({
    extension: ".json",
    bytes: new TextEncoder().encode(toJson(value, 1) + "\n"),
  });
  if (output.isClasses) {
    return json(Array.from({ length: output.batchSize }, (_, entry) => output.classes(entry)));
  }
  if (output.dataType === "STRING") return json(output.strings);
  if (!hasNpyType(output.dataType)) return { extension: ".bin", bytes: output.bytes };
  const { dataType, batchSize, bytes } = output;
  const shape = batchSize > 1 ? [batchSize, ...output.shape] : output.shape;
  return { extension: ".npy", bytes: writeNpy({ dataType, shape, data: bytes }) };
}
