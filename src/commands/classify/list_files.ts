/**
 * The files that the flags mean.
 *
 * @module
 */
import { InferenceError, toInferenceError } from "../../base/errors.ts";
import { readPieces } from "../../base/read_file.ts";
import { imagesOf, type ListedFile, type SkipListener } from "../../image/directory.ts";
import type { ListingOptions } from "./listing_flags.ts";

/** What is listed. */
export interface ListingParts {
  readonly positionals: readonly string[];
  readonly options: ListingOptions;
  readonly onSkip?: SkipListener;
  readonly signal?: AbortSignal;
}

/**
 * The files that the arguments and `--from-file` stand for, in a stable order. One that can't be listed is
 * an outcome with an error, unless it is all there is.
 *
 * @throws {InferenceError} USAGE without any; FILE for a single argument, and for the list itself
 */
export async function* listFiles(
  { positionals, options, onSkip, signal }: ListingParts,
): AsyncGenerator<ListedFile, void, void> {
  const { recursive, exclude, fromFile } = options;
  if (positionals.length === 0 && fromFile === undefined) {
    throw new InferenceError("USAGE", "no image given", {
      hint: "name files or directories, or give --from-file LIST",
    });
  }
  const walk = { recursive, exclude, onSkip };
  const isOnly = positionals.length === 1 && fromFile === undefined;
  for (const path of positionals) {
    if (isOnly) yield* imagesOf(path, walk);
    else yield* listed(path, walk);
  }
  if (fromFile === undefined) return;
  for await (const path of pathsOf(fromFile, signal)) yield* listed(path, walk);
}

async function* listed(
  path: string,
  walk: Parameters<typeof imagesOf>[1],
): AsyncGenerator<ListedFile, void, void> {
  try {
    yield* imagesOf(path, walk);
  } catch (error) {
    yield { path, error: toInferenceError(error, "FILE", `Cannot read "${path}"`) };
  }
}

/** No path is longer on any system; a file of one endless line is no list. */
const LONGEST_PATH = 1 << 16;

/** The lines of a list; where it has NULs, what stands between them, as `find -print0` writes it. */
async function* pathsOf(file: string, signal?: AbortSignal): AsyncGenerator<string, void, void> {
  const path = file === "-" ? "/dev/stdin" : file;
  const doing = `Cannot read the list of files "${file}"`;
  const decoder = new TextDecoder();
  let rest = "";
  let end: "\n" | "\0" | undefined;
  for await (
    const piece of readPieces(path, { doing, signal, maxBytes: Number.MAX_SAFE_INTEGER })
  ) {
    rest += decoder.decode(piece, { stream: true });
    // The first piece decides: a list with NULs has one after its first name.
    end ??= rest.includes("\0") ? "\0" : rest.includes("\n") ? "\n" : undefined;
    if (end !== undefined) {
      const lines = rest.split(end);
      rest = lines.pop()!;
      for (const line of lines) yield* named(line, end);
    }
    if (rest.length > LONGEST_PATH) {
      throw new InferenceError("FILE", `${doing}: a line has more than ${LONGEST_PATH} characters`);
    }
  }
  yield* named(rest + decoder.decode(), end ?? "\n");
}

function* named(line: string, end: "\n" | "\0"): Generator<string, void, void> {
  const path = end === "\n" && line.endsWith("\r") ? line.slice(0, -1) : line;
  if (path !== "") yield path;
}
