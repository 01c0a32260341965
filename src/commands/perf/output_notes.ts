/**
 * What stands beside the records and histograms of one task among many, once they are complete.
 *
 * @module
 */
import { notedSettings, type RunNote } from "../../perf/merge/run_note.ts";
import type { PerfSettings } from "../../perf/types.ts";
import { removeNote, writeNoteFile } from "../shared/note_file.ts";
import type { OutputOptions } from "./output_options.ts";

/** What notes are made of. */
export interface NoteParts {
  readonly settings: PerfSettings;
  /** Nanoseconds since 1970, in decimal. */
  readonly startNs: string;
  readonly records: number;
  readonly intervals: number;
}

/** Where the log is that `--hdr` asks for: its name may be that of the percentiles. */
export function hdrLogPath(hdr: string): string {
  return /\.hgrm$/i.test(hdr) ? `${hdrBase(hdr)}.hlog` : hdr;
}

/** The name without its ending. */
export function hdrBase(hdr: string): string {
  return hdr.replace(/\.[A-Za-z0-9]{1,8}$/, "");
}

function notedFiles({ records, hdr }: OutputOptions): string[] {
  return [records, hdr === undefined ? undefined : hdrLogPath(hdr)]
    .filter((path) => path !== undefined);
}

/** Removes what an earlier run left: a file without a note is not complete. */
export async function removeNotes(options: OutputOptions): Promise<void> {
  for (const path of notedFiles(options)) await removeNote(path);
}

/** Writes the notes of a shard; there are none without. @throws {InferenceError} FILE */
export async function writeNotes(
  options: OutputOptions,
  { settings, startNs, records, intervals }: NoteParts,
): Promise<void> {
  const { shard } = settings;
  if (shard === undefined) return;
  for (const path of notedFiles(options)) {
    const isRecords = path === options.records;
    const note: RunNote = {
      runNoteVersion: 1,
      kind: isRecords ? "records" : "hdr",
      shard,
      startNs,
      rows: isRecords ? records : intervals,
      every: isRecords ? options.recordsEvery : 1,
      settings: notedSettings(settings),
    };
    await writeNoteFile(path, note);
  }
}
