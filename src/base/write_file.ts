/**
 * Writes a file whole or not at all: into a new file beside it that takes its place when it is done. A
 * full disk leaves neither half a file nor an empty one, and what was there before stays.
 *
 * @module
 */
import { InferenceError } from "./errors.ts";
import { fileError } from "./file_error.ts";
import { statIfThere } from "./read_file.ts";

/**
 * Writes a file whole or not at all. Where a link leads to a file, that file is written. What is no
 * regular file, such as a pipe or a device, is written directly, and so is a file in a folder that takes
 * no new ones.
 *
 * @throws whatever the system says; see `fileError`
 */
export async function writeWhole(
  path: string,
  content: Uint8Array | string | ReadableStream<Uint8Array>,
): Promise<void> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const draft = await startDraft(path);
  if (draft === undefined) return await Deno.writeFile(path, bytes);
  try {
    await Deno.writeFile(draft.path, bytes);
    if (draft.mode !== undefined) await Deno.chmod(draft.path, draft.mode);
    await Deno.rename(draft.path, draft.target);
  } catch (error) {
    await Deno.remove(draft.path).catch(() => {});
    throw error;
  }
}

/**
 * Finds out whether a file can be written, and leaves nothing behind.
 *
 * @throws whatever the system says
 */
export async function checkWritable(path: string): Promise<void> {
  const draft = await startDraft(path);
  if (draft !== undefined) await Deno.remove(draft.path);
}

/**
 * Writes a result, whole or not at all.
 *
 * @param what what messages call it
 * @throws {InferenceError} `FILE`; and what a stream of the content throws of this kind
 */
export async function writeOutput(
  path: string,
  content: Parameters<typeof writeWhole>[1],
  what = path,
): Promise<void> {
  await named(what, writeWhole(path, content));
}

/** Finds out whether {@linkcode writeOutput} can write. @throws {InferenceError} `FILE` */
export async function checkOutputFile(path: string, what = path): Promise<void> {
  await named(what, checkWritable(path));
}

async function named(what: string, work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (error instanceof InferenceError) throw error;
    throw fileError(error, `Cannot write ${what}`);
  }
}

/** A new, empty file that can take the target's place. */
interface Draft {
  readonly path: string;
  /** With links followed. */
  readonly target: string;
  /** Of the file that is there; undefined on Windows. */
  readonly mode?: number;
}

/** Undefined where the path has to be written directly. */
async function startDraft(path: string): Promise<Draft | undefined> {
  // /dev/stdout may be a file, but it is the file that is open, not its name, that is meant.
  if (/^\/(?:dev|proc)\//.test(path)) return undefined;
  const info = await statIfThere(path);
  if (info?.isDirectory) throw new Deno.errors.IsADirectory(path);
  if (info !== undefined && !info.isFile) return undefined;
  // A file that nobody may write is not replaced, though its folder would allow it.
  if (info !== undefined) (await Deno.open(path, { append: true })).close();
  const target = info === undefined ? path : await Deno.realPath(path);
  try {
    // In the same folder: a rename can't cross disks.
    const draft = `${folderOf(target)}.trtis-${crypto.randomUUID().slice(0, 8)}.partial`;
    (await Deno.open(draft, { write: true, createNew: true })).close();
    return { path: draft, target, mode: info?.mode ?? undefined };
  } catch (error) {
    if (info !== undefined && error instanceof Deno.errors.PermissionDenied) return undefined;
    throw error;
  }
}

function folderOf(path: string): string {
  return /^.*[\\/]/.exec(path)?.[0] ?? "";
}
