/**
 * Patterns such as `photos\*.jpg`, for a system whose shell leaves them to the programs.
 *
 * @module
 */
import { toInferenceError } from "../base/errors.ts";

/** Whether an argument is a pattern that the program has to expand: on Windows no name holds `*` or `?`. */
export function isPattern(path: string, os: typeof Deno.build.os): boolean {
  return os === "windows" && /[*?]/.test(path);
}

/**
 * The paths that a pattern stands for, in no order: `*` is any characters and `?` is one, in any part
 * of the path, upper and lower case being the same as they are in Windows' file names. Hidden names
 * (`.name`) need a pattern that starts with a dot.
 *
 * @throws {InferenceError} `FILE` when a folder can't be read
 */
export async function expandPattern(pattern: string): Promise<string[]> {
  const [, root, rest] = /^((?:[A-Za-z]:)?[\\/]*)(.*)$/s.exec(pattern)!;
  let found = [root];
  const parts = rest.split(/[\\/]+/).filter((part) => part !== "");
  for (const [i, part] of parts.entries()) {
    const last = i === parts.length - 1;
    const next = await Promise.all(found.map((folder) => matches(folder, part, last)));
    found = next.flat().map((path) => last ? path : `${path}/`);
  }
  return found;
}

async function matches(folder: string, part: string, last: boolean): Promise<string[]> {
  if (!/[*?]/.test(part)) {
    // What is on the way need not exist by itself, as the \\server of \\server\share does not.
    return !last || await exists(folder + part) ? [folder + part] : [];
  }
  const expression = expressionOf(part);
  const found: string[] = [];
  try {
    for await (const { name } of Deno.readDir(folder === "" ? "." : folder)) {
      const hidden = name.startsWith(".") && !part.startsWith(".");
      if (!hidden && expression.test(name)) found.push(folder + name);
    }
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return [];
    }
    throw toInferenceError(error, "FILE", `Cannot read "${folder}"`);
  }
  return found;
}

function expressionOf(part: string): RegExp {
  const literal = part.replace(/[\\^$.|+()[\]{}]/g, "\\$&");
  return new RegExp(`^${literal.replaceAll("*", ".*").replaceAll("?", ".")}$`, "isu");
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch {
    return false;
  }
}
