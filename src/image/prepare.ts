/**
 * From a path to a tensor.
 *
 * @module
 */
import { InferenceError, toInferenceError } from "../base/errors.ts";
import { decodeImage } from "./decode.ts";
import { freshMemory, type PixelMemory } from "./pixel_memory.ts";
import { preprocess } from "./preprocess.ts";
import { DEFAULT_LIMITS, type ImageLimits, type PreprocessSpec } from "./types.ts";

/**
 * Reads, decodes and preprocesses a picture file. Reads synchronously: in a worker nothing waits,
 * and beside decoding it is short.
 *
 * @param memory where decoded pixels go; they are not needed after the call
 * @throws {InferenceError} `FILE`, naming the file and the reason
 */
export async function prepareFile(
  path: string,
  spec: PreprocessSpec,
  limits: ImageLimits = DEFAULT_LIMITS,
  memory: PixelMemory = freshMemory,
): Promise<Uint8Array<ArrayBuffer>> {
  const image = await decodeImage(readImageFile(path, limits), path, limits, memory);
  return preprocess(image, spec);
}

function readImageFile(path: string, limits: ImageLimits): Uint8Array<ArrayBuffer> {
  const failed = (reason: string, cause?: unknown) =>
    new InferenceError("FILE", `Cannot read image "${path}": ${reason}`, { cause });
  try {
    const { size } = Deno.statSync(path);
    if (size > limits.maxBytes) {
      throw failed(`its ${size} bytes are more than the limit of ${limits.maxBytes}`);
    }
    return Deno.readFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw failed("no such file", error);
    if (error instanceof Deno.errors.IsADirectory) throw failed("it is a directory", error);
    throw toInferenceError(error, "FILE", `Cannot read image "${path}"`);
  }
}
