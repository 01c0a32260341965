/**
 * Which files a command line argument stands for.
 *
 * @module
 */
import { InferenceError, toInferenceError } from "../base/errors.ts";
import { expandPattern, isPattern } from "./glob.ts";

/** Is told of each directory entry that is left out and why. */
export type SkipListener = (path: string, reason: string) => void;

/**
 * The picture files that a path stands for: itself, or the files of a directory, sorted by the bytes
 * of their paths. Paths are `directory/name`, as r19.07's image_client prints them. Whether they are
 * pictures shows when they are decoded. Hidden files (`.name`) and what is neither a file nor a link
 * to one are left out. On Windows, where the shell does not, patterns with `*` and `?` are expanded.
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
  if (isPattern(path, os)) return await listPattern(path, onSkip, os);
  const doing = `Cannot read "${path}"`;
  try {
    if (!(await Deno.stat(path)).isDirectory) return [path];
  } catch (error) {
    throw missing(error, path) ?? toInferenceError(error, "FILE", doing);
  }
  const paths: string[] = [];
  try {
    for await (const entry of Deno.readDir(path)) {
      if (entry.name.startsWith(".")) continue;
      const file = joinPath(path, entry.name);
      const reason = await skipReason(entry, file);
      if (reason === undefined) paths.push(file);
      else onSkip?.(file, reason);
    }
  } catch (error) {
    throw toInferenceError(error, "FILE", doing);
  }
  if (paths.length === 0) {
    throw new InferenceError("FILE", `The directory "${path}" holds no files`);
  }
  return sortByBytes(paths);
}

async function listPattern(
  pattern: string,
  onSkip: SkipListener | undefined,
  os: typeof Deno.build.os,
): Promise<string[]> {
  const found = sortByBytes(await expandPattern(pattern));
  if (found.length === 0) {
    throw new InferenceError("FILE", `Cannot find "${pattern}": no file fits the pattern`);
  }
  const lists: string[][] = [];
  for (const path of found) lists.push(await listImages(path, onSkip, os));
  return lists.flat();
}

function missing(error: unknown, path: string): InferenceError | undefined {
  if (!(error instanceof Deno.errors.NotFound)) return undefined;
  return new InferenceError("FILE", `Cannot find "${path}": no such file or directory`, {
    cause: error,
  });
}

async function skipReason(entry: Deno.DirEntry, path: string): Promise<string | undefined> {
  if (entry.isFile) return undefined;
  if (entry.isDirectory) return "it is a directory";
  if (!entry.isSymlink) return "it is not a regular file";
  try {
    return (await Deno.stat(path)).isFile ? undefined : "it links to something that is not a file";
  } catch {
    return "it is a broken link";
  }
}

/** `directory/name` with one slash between them; a backslash at the end counts on Windows only. */
export function joinPath(directory: string, name: string, os = Deno.build.os): string {
  const closing = os === "windows" ? /[\\/]+$/ : /\/+$/;
  return `${directory.replace(closing, "")}/${name}`;
}

/** As std::sort orders std::strings; JavaScript's own order differs beyond U+FFFF. */
export function sortByBytes(paths: string[]): string[] {
  const encoder = new TextEncoder();
  const keyed = paths.map((path) => ({ path, bytes: encoder.encode(path) }));
  keyed.sort((a, b) => compareBytes(a.bytes, b.bytes));
  return keyed.map(({ path }) => path);
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return a[i] - b[i];
  return a.length - b.length;
}
