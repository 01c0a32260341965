/**
 * Writes outputs to files.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import { toJson } from "../../base/json.ts";
import { writeWhole } from "../../base/write_file.ts";
import { joinPath } from "../../base/path.ts";
import type { InferResult, OutputValue } from "../../client/result.ts";
import { fileError } from "../../base/file_error.ts";
import { hasNpyType, writeNpy } from "../../tensor/npy.ts";
import { exactText } from "../../tensor/strings.ts";
import { stringValue } from "./output_text.ts";

/**
 * A file for each output: `.npy`; `.json` for strings and classes; `.bin` for what NumPy lacks, and for
 * a single string that is not text: its own bytes.
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
      const path = joinPath(directory, fileName(output.name) + extension);
      if (paths.includes(path)) {
        throw new InferenceError("FILE", `two outputs would be written to ${path}`);
      }
      await writeWhole(path, bytes);
      paths.push(path);
    }
  } catch (error) {
    throw fileError(error, `Cannot save outputs in ${directory}`);
  }
  return paths;
}

/**
 * The file of the only output, for standard output.
 *
 * @throws {InferenceError} USAGE when there are several
 */
export function onlyOutput({ outputs }: InferResult): Uint8Array {
  if (outputs.length === 1) return fileOf(outputs[0]!).bytes;
  throw new InferenceError(
    "USAGE",
    `Cannot save ${outputs.length} outputs to standard output: choose one with --output NAME`,
  );
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
  if (output.dataType === "STRING") {
    const elements = output.byteStrings;
    const [only] = elements;
    return elements.length === 1 && only !== undefined && exactText(only) === undefined
      ? { extension: ".bin", bytes: only }
      : json(elements.map(stringValue));
  }
  if (!hasNpyType(output.dataType)) return { extension: ".bin", bytes: output.bytes };
  const { dataType, batchSize, bytes } = output;
  const shape = batchSize > 1 ? [batchSize, ...output.shape] : output.shape;
  return { extension: ".npy", bytes: writeNpy({ dataType, shape, data: bytes }) };
}
