/**
 * Which files command line arguments stand for.
 *
 * @module
 */
import { InferenceError } from "../base/errors.ts";
import { fileError } from "../base/file_error.ts";
import { isStandardInput } from "../base/read_file.ts";
import { expandPattern, isPattern } from "./glob.ts";
import { sortByBytes } from "./order.ts";
import { type ListedFile, type SkipListener, walkFolder, type WalkOptions } from "./walk.ts";

export type { ListedFile, SkipListener, WalkOptions } from "./walk.ts";

/**
 * The image files that a path stands for: itself, or the files of a directory, sorted by the bytes of
 * their paths. Paths are `directory/name`, as r19.07's image_client prints them, on Windows with the
 * separator that the directory's own path has. Whether they are images
 * is only known when they are decoded. Hidden files (`.name`) and what is neither a file nor a link to one
 * are left out. Patterns with `*` and `?` are expanded; where a shell leaves names with such characters
 * alone, a file of that very name goes first.
 *
 * @param onSkip hears of the entries left out, hidden files excepted
 * @param os the system; for tests
 * @throws {InferenceError} `FILE` when the path is missing, can't be read, is a directory without files,
 * or a pattern that fits nothing
 */
export async function listImages(
  path: string,
  onSkip?: SkipListener,
  os = Deno.build.os,
): Promise<string[]> {
  const paths: string[] = [];
  for await (const file of imagesOf(path, { onSkip, os })) paths.push(file.path);
  return paths;
}

/**
 * {@linkcode listImages}, one at a time: the names of one folder are in memory, not those of all.
 *
 * @throws {InferenceError} `FILE` as `listImages` does; folders inside that can't be read are outcomes
 */
export async function* imagesOf(
  path: string,
  options: WalkOptions = {},
): AsyncGenerator<ListedFile, void, void> {
  const { os = Deno.build.os } = options;
  if (await isPattern(path, os)) return yield* imagesOfPattern(path, { ...options, os });
  if (isStandardInput(path)) return yield { path };
  try {
    if (!(await Deno.stat(path)).isDirectory) return yield { path };
  } catch (error) {
    throw missing(error, path) ?? fileError(error, `Cannot read "${path}"`);
  }
  let count = 0;
  for await (const file of walkFolder(path, options)) {
    count++;
    yield file;
  }
  if (count === 0) {
    throw new InferenceError("FILE", `The directory "${path}" holds no files`);
  }
}

async function* imagesOfPattern(
  pattern: string,
  options: WalkOptions,
): AsyncGenerator<ListedFile, void, void> {
  const found = sortByBytes(await expandPattern(pattern, options.os));
  if (found.length === 0) {
    throw new InferenceError("FILE", `Cannot find "${pattern}": no file fits the pattern`);
  }
  for (const path of found) yield* imagesOf(path, options);
}

function missing(error: unknown, path: string): InferenceError | undefined {
  if (!(error instanceof Deno.errors.NotFound)) return undefined;
  return fileError(error, `Cannot find "${path}"`);
}
