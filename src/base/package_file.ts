/**
 * Files of npm packages, read as they are: in the module cache, in a node_modules folder or inside a
 * compiled executable, offline in each case.
 *
 * @module
 */
import { InferenceError, toInferenceError } from "./errors.ts";

/**
 * Reads a file of an npm package, at the place that `import.meta.resolve` names. The npm build of this
 * library has the file inside instead: it looks for this call with `import.meta.resolve` in it.
 *
 * @throws {InferenceError} `FILE`
 */
export async function readPackageFile(url: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await Deno.readFile(new URL(url));
  } catch (error) {
    const { message, cause } = toInferenceError(error, "FILE", "Cannot load a part of the program");
    const hint = error instanceof Deno.errors.NotCapable
      ? "allow reading of Deno's package folder, or of everything with --allow-read"
      : undefined;
    throw new InferenceError("FILE", message, { hint, cause });
  }
}
