/**
 * The files of a folder, in a stable order, one folder's names in memory at a time.
 *
 * @module
 */
import { matchesPattern } from "../base/text.ts";
import { fileError } from "../base/file_error.ts";
import type { InferenceError } from "../base/errors.ts";
import { joinPath } from "../base/path.ts";
import { sortByBytes } from "./order.ts";

/** Called for each directory entry that is skipped, with the reason. */
export type SkipListener = (path: string, reason: string) => void;

/** How folders are read. */
export interface WalkOptions {
  /**
   * Whether the folders inside are read too.
   * @default false
   */
  readonly recursive?: boolean;
  /**
   * Names to leave out, files and folders, with `*` and `?`; one with a `/` is compared with the path from
   * the folder that was named.
   */
  readonly exclude?: readonly string[];
  /** Hears of the entries left out, those hidden or excluded excepted. */
  readonly onSkip?: SkipListener;
  /** The system; for tests. */
  readonly os?:
    | "darwin"
    | "linux"
    | "android"
    | "windows"
    | "freebsd"
    | "netbsd"
    | "aix"
    | "solaris"
    | "illumos";
}

/** A file that was found, or a folder that can't be read. */
export interface ListedFile {
  /** Path of the file. */
  readonly path: string;
  /** Why there is nothing to be had. */
  readonly error?: InferenceError;
}

/** A walk's own memory: a line of folders, and the links that were followed. */
interface Walk {
  readonly options: WalkOptions;
  /** Real paths of folders that links led to. */
  readonly linked: Set<string>;
}

/** A folder on the way. */
interface Folder {
  readonly path: string;
  /** From the folder that was named, with `/` at the end; empty for itself. */
  readonly inside: string;
  /** The real paths of the folders above it, and its own; links may not lead back into them. */
  readonly line: readonly string[];
}

/**
 * The files of a folder, sorted by the bytes of their paths. Hidden files (`.name`) and what is neither
 * a file nor a link to one are left out. With `recursive`, links to folders are followed, but never back
 * into a folder that they lie in, and to each folder once.
 *
 * @throws {InferenceError} `FILE` when the folder itself can't be read
 */
export async function* walkFolder(
  path: string,
  options: WalkOptions = {},
): AsyncGenerator<ListedFile, void, void> {
  const line = options.recursive ? [await Deno.realPath(path)] : [];
  yield* walk({ path, inside: "", line }, { options, linked: new Set(line) });
}

async function* walk(folder: Folder, state: Walk): AsyncGenerator<ListedFile, void, void> {
  const { recursive, onSkip, os } = state.options;
  const folders = new Set<string>();
  const names: string[] = [];
  try {
    for await (const entry of Deno.readDir(folder.path)) {
      if (entry.name.startsWith(".") || isExcluded(entry.name, folder, state.options)) continue;
      const kind = await kindOf(entry, joinPath(folder.path, entry.name, os));
      if (kind === "folder" && recursive) {
        // With its slash a folder sorts where its files do.
        names.push(`${entry.name}/`);
        folders.add(`${entry.name}/`);
      } else if (kind === "file") names.push(entry.name);
      else {
        const reason = kind !== "folder"
          ? kind
          : entry.isSymlink
          ? "it links to something that is not a file"
          : "it is a directory";
        onSkip?.(joinPath(folder.path, entry.name, os), reason);
      }
    }
  } catch (error) {
    const failure = fileError(error, `Cannot read "${folder.path}"`);
    if (folder.inside === "") throw failure;
    return yield { path: folder.path, error: failure };
  }
  for (const name of sortByBytes(names)) {
    if (!folders.has(name)) {
      yield { path: joinPath(folder.path, name, os) };
      continue;
    }
    const next = await enter(folder, name.slice(0, -1), state);
    if (next !== undefined) yield* walk(next, state);
  }
}

function isExcluded(name: string, { inside }: Folder, { exclude = [] }: WalkOptions): boolean {
  return exclude.some((given) => {
    const pattern = given.endsWith("/") ? given.slice(0, -1) : given;
    return matchesPattern(pattern.includes("/") ? inside + name : name, pattern);
  });
}

/** A folder's file, its folder, or why an entry is neither. */
async function kindOf(entry: Deno.DirEntry, path: string): Promise<string> {
  if (entry.isFile) return "file";
  if (entry.isDirectory) return "folder";
  if (!entry.isSymlink) return "it is not a regular file";
  try {
    const info = await Deno.stat(path);
    if (info.isFile) return "file";
    return info.isDirectory ? "folder" : "it links to something that is not a file";
  } catch {
    return "it is a broken link";
  }
}

/** Undefined where a link leads back, or to what was read already. */
async function enter(
  { path, inside, line }: Folder,
  name: string,
  { options, linked }: Walk,
): Promise<Folder | undefined> {
  const inner = joinPath(path, name, options.os);
  let real: string;
  try {
    real = await Deno.realPath(inner);
  } catch {
    options.onSkip?.(inner, "it is gone");
    return undefined;
  }
  const above = line.at(-1)!;
  const isLink = real !== joinPath(above, name);
  if (line.includes(real)) {
    options.onSkip?.(inner, "it links to a folder that it lies in");
    return undefined;
  }
  if (isLink && linked.has(real)) {
    options.onSkip?.(inner, "it links to a folder that another link led to");
    return undefined;
  }
  if (isLink) linked.add(real);
  return { path: inner, inside: `${inside}${name}/`, line: [...line, real] };
}
