/**
 * From a picture's file, or its bytes, to a tensor.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import { readWhole } from "../../base/read_file.ts";
import { withImage } from "../codecs/decode.ts";
import { neededSize, preprocess } from "../preprocess/preprocess.ts";
import { DEFAULT_LIMITS, type ImageLimits, type PreprocessSpec, type Size } from "../types.ts";

/** A picture: the path of its file, or its bytes as they came, from an upload say. */
export type ImageSource = string | Uint8Array;

/** How {@linkcode prepareImage} goes about it. */
export interface PrepareOptions {
  /**
   * How large a picture may be.
   * @default {@linkcode DEFAULT_LIMITS}
   */
  readonly limits?: ImageLimits;
  /** What errors call the picture; by default its path, or "image". */
  readonly name?: string;
  /** Memory that the tensor takes if it has just its size, in place of its own. */
  readonly into?: Uint8Array;
}

/**
 * Decodes and preprocesses a picture. It takes the thread for some milliseconds; `ImagePool` does it in
 * workers.
 *
 * @throws {InferenceError} `FILE`, naming the picture and the reason
 */
export async function prepareImage(
  image: ImageSource,
  spec: PreprocessSpec,
  options: PrepareOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const { limits = DEFAULT_LIMITS } = options;
  if (typeof image === "string") return await prepareFile(image, spec, limits);
  const name = options.name ?? "image";
  if (image.length > limits.maxBytes) {
    throw new InferenceError(
      "FILE",
      `Cannot read image "${name}": its ${image.length} bytes are more than the limit of ${limits.maxBytes}`,
    );
  }
  return await prepareBytes({ bytes: image, name, limits }, spec, options.into);
}

/**
 * Reads, decodes and preprocesses an image file. Reading doesn't block; decoding and preprocessing occupy
 * the thread for some milliseconds. `preprocessFiles` does them in workers.
 *
 * @param signal ends the wait for a pipe that nobody writes to
 * @throws {InferenceError} `FILE`, naming the file and the reason; `CANCELLED`
 */
export async function prepareFile(
  path: string,
  spec: PreprocessSpec,
  limits: ImageLimits = DEFAULT_LIMITS,
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const doing = `Cannot read image "${path}"`;
  const bytes = await readWhole(path, { doing, maxBytes: limits.maxBytes, signal });
  return await prepareBytes({ bytes, name: path, limits }, spec);
}

async function prepareBytes(
  file: { bytes: Uint8Array; name: string; limits: ImageLimits },
  spec: PreprocessSpec,
  into?: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  const draft = spec.draft ? (size: Size) => neededSize(size, spec) : undefined;
  return await withImage({ ...file, draft }, (image) => preprocess(image, spec, into));
}
