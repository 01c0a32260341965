/**
 * The files of one run that many tasks wrote, each with its note: records and histograms.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import { readWhole, statIfThere } from "../../base/read_file.ts";
import { readRunNote, type RunNote, sameRun, shardsOfRun } from "../../perf/merge/run_note.ts";
import { notePath } from "../shared/note_file.ts";
import type { MergeJob } from "./job.ts";
import { allowMissing } from "./missing.ts";

/** A file with its note. */
export interface RunFile {
  readonly path: string;
  readonly note: RunNote;
  /** From the earliest task's start to this one's. */
  readonly shiftNs: number;
}

/** What is to be merged. */
export interface RunFiles {
  readonly files: readonly RunFile[];
  /** Which file has which shard. */
  readonly owners: ReadonlyMap<number, RunFile>;
  /** Which shards there are, ascending. */
  readonly shards: readonly number[];
  readonly count: number;
  readonly startNs: bigint;
  /** A warning, when some are missing. */
  readonly gap: string | undefined;
}

const MAX_BYTES = 1 << 26;
const refuse = (message: string, hint?: string) => new InferenceError("FILE", message, { hint });

/** Reads the notes, and sees whether the files belong together. @throws {InferenceError} FILE */
export async function readRunFiles(
  { paths, partial }: MergeJob,
  kind: RunNote["kind"],
): Promise<RunFiles> {
  const noted: Pick<RunFile, "path" | "note">[] = [];
  const incomplete: string[] = [];
  for (const path of paths) {
    const note = await readNote(path, kind);
    if (note === undefined) incomplete.push(path);
    else noted.push({ path, note });
  }
  const [first] = noted;
  if (first === undefined) {
    throw refuse(
      `Cannot merge: none of the files is of a complete shard, ${notePath(paths[0]!)} is missing`,
      "run the tasks with --shard, and those that were stopped again",
    );
  }
  const starts = noted.map(({ note }) => BigInt(note.startNs));
  const startNs = starts.reduce((a, b) => a < b ? a : b);
  const files = noted.map((one, i) => ({ ...one, shiftNs: Number(starts[i]! - startNs) }));
  const { count } = first.note.shard;
  const owners = new Map<number, RunFile>();
  for (const one of files) {
    const different = sameRun(first.note, one.note);
    if (different !== undefined) {
      throw refuse(
        `Cannot merge ${first.path} and ${one.path}: they are of different runs, ${different}`,
      );
    }
    for (const index of shardsOfRun(one.note)) {
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
  return { files, owners, shards, count, startNs, gap };
}

/** The note of the merged file. */
export function mergedNote({ files, shards, startNs }: RunFiles, rows: number): RunNote {
  const { kind, every, settings, shard: { count } } = files[0]!.note;
  return {
    ...{ runNoteVersion: 1, kind, shard: { index: 0, count }, startNs: String(startNs), rows },
    ...{ every, merged: shards, settings },
  };
}

async function readNote(file: string, kind: RunNote["kind"]): Promise<RunNote | undefined> {
  if (await statIfThere(file) === undefined) {
    throw refuse(`Cannot read ${file}: there is no such file`);
  }
  const path = notePath(file);
  if (await statIfThere(path) === undefined) return undefined;
  const bytes = await readWhole(path, { doing: `Cannot read ${path}`, maxBytes: MAX_BYTES });
  const note = readRunNote(new TextDecoder().decode(bytes), kind);
  if (note === undefined) throw refuse(`Cannot read ${path}: it is no note about such a file`);
  return note;
}
