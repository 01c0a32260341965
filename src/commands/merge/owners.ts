/**
 * Which file has which shard, by the notes that stand beside files.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import { notePath } from "../shared/note_file.ts";
import type { MergeJob } from "./job.ts";
import { allowMissing } from "./missing.ts";

/** A file with its note. */
export interface Noted<N> {
  readonly path: string;
  readonly note: N;
}

/** The files of all shards. */
export interface NotedShards<N> {
  /** Those with a note. */
  readonly files: readonly Noted<N>[];
  readonly owners: ReadonlyMap<number, Noted<N>>;
  /** Which shards there are, ascending. */
  readonly shards: readonly number[];
  /** How many there should be. */
  readonly count: number;
  /** A warning, when some are missing. */
  readonly gap: string | undefined;
}

/** How notes of a kind are read, and what messages say of them. */
export interface NoteRules<N> {
  /** Undefined when there is none: the file is not complete. */
  readonly read: (path: string) => Promise<N | undefined>;
  readonly shardsOf: (note: N) => readonly number[];
  /** Why two files don't belong together. */
  readonly different: (a: N, b: N) => string | undefined;
  /** What they belong to. */
  readonly whole: "job" | "run";
  /** When no file is complete: what none is, and what to do. */
  readonly none: readonly [what: string, hint: string];
}

/** Reads the notes, and sees whether the files belong together. @throws {InferenceError} FILE */
export async function notedShards<N extends { readonly shard: { readonly count: number } }>(
  { paths, partial }: Pick<MergeJob, "paths" | "partial">,
  rules: NoteRules<N>,
): Promise<NotedShards<N>> {
  const files: Noted<N>[] = [];
  const incomplete: string[] = [];
  for (const path of paths) {
    const note = await rules.read(path);
    if (note === undefined) incomplete.push(path);
    else files.push({ path, note });
  }
  const [first] = files;
  if (first === undefined) {
    const [what, hint] = rules.none;
    throw refuse(
      `Cannot merge: none of the files is ${what}, ${notePath(paths[0]!)} is missing`,
      hint,
    );
  }
  const { count } = first.note.shard;
  const owners = new Map<number, Noted<N>>();
  for (const one of files) {
    const different = rules.different(first.note, one.note);
    if (different !== undefined) {
      throw refuse(
        `Cannot merge ${first.path} and ${one.path}: they are of different ${rules.whole}s, ` +
          different,
      );
    }
    for (const index of rules.shardsOf(one.note)) {
      const other = owners.get(index);
      if (other !== undefined) {
        throw refuse(`Cannot merge ${one.path}: shard ${index}/${count} is in ${other.path} too`);
      }
      owners.set(index, one);
    }
  }
  const missing = Array.from({ length: count }, (_, i) => i).filter((i) => !owners.has(i));
  const reason = incomplete.length === 0 ? undefined : `${incomplete.join(", ")} not complete`;
  const gap = allowMissing(missing, { count, partial, reason });
  const shards = [...owners.keys()].sort((a, b) => a - b);
  return { files, owners, shards, count, gap };
}

function refuse(message: string, hint?: string): InferenceError {
  return new InferenceError("FILE", message, { hint });
}
