/**
 * The files of one run that many tasks wrote, each with its note: records and histograms.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import { readRunNote, type RunNote, sameRun, shardsOfRun } from "../../perf/merge/run_note.ts";
import { notePath, readNoteText } from "../shared/note_file.ts";
import type { MergeJob } from "./job.ts";
import { type Noted, type NotedShards, notedShards } from "./owners.ts";

/** A file with its note. */
export interface RunFile extends Noted<RunNote> {
  /** From the earliest task's start to this one's. */
  readonly shiftNs: number;
}

/** What is to be merged. */
export interface RunFiles extends NotedShards<RunNote> {
  readonly files: readonly RunFile[];
  readonly owners: ReadonlyMap<number, RunFile>;
  readonly startNs: bigint;
}

/** Reads the notes, and sees whether the files belong together. @throws {InferenceError} FILE */
export async function readRunFiles(
  job: MergeJob,
  kind: RunNote["kind"],
): Promise<RunFiles> {
  const { files: noted, owners: owning, ...rest } = await notedShards(job, {
    ...{ read: (path) => readNote(path, kind), shardsOf: shardsOfRun },
    ...{ different: sameRun, whole: "run" },
    none: [
      "of a complete shard",
      "run the tasks with --shard, and those that were stopped again",
    ],
  });
  const starts = noted.map(({ note }) => BigInt(note.startNs));
  const startNs = starts.reduce((a, b) => a < b ? a : b);
  const files = noted.map((one, i) => ({ ...one, shiftNs: Number(starts[i]! - startNs) }));
  const owners = new Map([...owning].map(([index, one]) => [index, files[noted.indexOf(one)]!]));
  return { ...rest, files, owners, startNs };
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
  const text = await readNoteText(file);
  if (text === undefined) return undefined;
  const note = readRunNote(text, kind);
  if (note !== undefined) return note;
  throw new InferenceError(
    "FILE",
    `Cannot read ${notePath(file)}: it is no note about such a file`,
  );
}
