/**
 * Patterns such as `photos/*.jpg`, for systems and shells that leave them to the programs.
 *
 * @module
 */
import { matchesPattern } from "../base/text.ts";
import { fileError } from "../base/file_error.ts";
import { separatorOf } from "../base/path.ts";

/** Folders that `**` goes down at most: links may lead in circles. */
const DEEPEST = 40;

/**
 * Whether an argument is a pattern that the program has to expand. On Windows no name holds `*` or `?`;
 * elsewhere a file may, and is meant when it is there.
 */
export async function isPattern(path: string, os: typeof Deno.build.os): Promise<boolean> {
  return /[*?]/.test(path) && (os === "windows" || !await exists(path));
}

/**
 * The paths that a pattern stands for, in no order: `*` is any characters and `?` is one, in any part
 * of the path, and a part `**` is any number of folders. On Windows upper and lower case are the same as
 * they are in its file names. Hidden names (`.name`) need a pattern that starts with a dot.
 *
 * @throws {InferenceError} `FILE` when a folder can't be read
 */
export async function expandPattern(
  pattern: string,
  os: typeof Deno.build.os = "windows",
): Promise<string[]> {
  const windows = os === "windows";
  const [root] = windows ? /^(?:[A-Za-z]:)?[\\/]*/.exec(pattern)! : /^\/*/.exec(pattern)!;
  const separator = separatorOf(pattern, os);
  let found: string[] = [root];
  const parts = pattern.slice(root.length).split(windows ? /[\\/]+/ : /\/+/)
    .filter((part) => part !== "");
  for (const [i, part] of parts.entries()) {
    const last = i === parts.length - 1;
    if (part === "**") {
      const below = await Promise.all(found.map((folder) => foldersBelow(folder, separator)));
      // The files of all these folders are meant when nothing follows.
      found = [...new Set(below.flat())];
      if (!last) continue;
    }
    const wanted = part === "**" ? "*" : part;
    const next = await Promise.all(found.map((folder) => matches(folder, wanted, last, windows)));
    found = [...new Set(next.flat().map((path) => last ? path : path + separator))];
    if (part === "**") found = await filesOnly(found);
  }
  return found;
}

/** The folder and all in it, at any depth; links are not followed, and hidden ones left out. */
async function foldersBelow(folder: string, separator: string, depth = 0): Promise<string[]> {
  const found = [folder];
  if (depth === DEEPEST) return found;
  try {
    for await (const { name, isDirectory } of Deno.readDir(folder === "" ? "." : folder)) {
      if (!isDirectory || name.startsWith(".")) continue;
      found.push(...await foldersBelow(folder + name + separator, separator, depth + 1));
    }
  } catch {
    // What can't be read holds nothing that fits.
  }
  return found;
}

async function filesOnly(paths: readonly string[]): Promise<string[]> {
  const folders = await Promise.all(paths.map(isFolder));
  return paths.filter((_, i) => !folders[i]);
}

async function matches(
  folder: string,
  part: string,
  last: boolean,
  windows: boolean,
): Promise<string[]> {
  if (!/[*?]/.test(part)) {
    // What is on the way need not exist by itself, as the \\server of \\server\share does not.
    return !last || await exists(folder + part) ? [folder + part] : [];
  }
  // Upper and lower case are the same in Windows' file names.
  const fold = (name: string) => windows ? name.toLowerCase() : name;
  const found: string[] = [];
  try {
    for await (const { name } of Deno.readDir(folder === "" ? "." : folder)) {
      const hidden = name.startsWith(".") && !part.startsWith(".");
      if (!hidden && matchesPattern(fold(name), fold(part))) found.push(folder + name);
    }
  } catch (error) {
    // Windows has other errors than these for a path that goes on behind a file.
    if (error instanceof Deno.errors.NotFound || !await isFolder(folder)) return [];
    throw fileError(error, `Cannot read "${folder}"`);
  }
  return found;
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isDirectory;
  } catch {
    return false;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch {
    return false;
  }
}
