/**
 * Merges HdrHistogram logs.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import { readWhole } from "../../base/read_file.ts";
import { writeOutput } from "../../base/write_file.ts";
import { EXIT } from "../../cli/command.ts";
import type { CommandContext } from "../../cli/context.ts";
import { HdrMerger, readHdrPasses } from "../../perf/merge/hdr_log.ts";
import { hdrLog } from "../../perf/records/hdr.ts";
import { notePath, writeNoteFile } from "../shared/note_file.ts";
import type { MergeJob } from "./job.ts";
import { mergedNote, readRunFiles } from "./run_files.ts";

/** A log is read whole. */
const MAX_BYTES = 1 << 26;

/** Merges them; see the command. */
export async function mergeHdr(
  job: MergeJob,
  { terminal, signal }: CommandContext,
): Promise<number> {
  const run = await readRunFiles(job, "hdr");
  // Logs know whole milliseconds.
  const whole = (ns: bigint | string) => Number(BigInt(ns) / 1_000_000n);
  const startMs = whole(run.startNs);
  const merger = new HdrMerger(startMs);
  for (const { path, note } of run.files) {
    const doing = `Cannot read ${path}`;
    const bytes = await readWhole(path, { doing, maxBytes: MAX_BYTES, signal });
    const passes = await readHdrPasses(new TextDecoder().decode(bytes), path);
    if (passes.length !== note.rows) {
      throw new InferenceError(
        "FILE",
        `Cannot merge ${path}: it has ${passes.length} intervals, ${
          notePath(path)
        } says ${note.rows}`,
        { hint: "run its shard again" },
      );
    }
    merger.add(path, passes, whole(note.startNs));
  }
  const { passes } = merger;
  await writeOutput(job.output, await hdrLog(passes, new Date(startMs)));
  await writeNoteFile(job.output, mergedNote(run, passes.length));
  if (run.gap !== undefined) terminal.err(`warning: ${run.gap}\n`);
  const requests = passes.reduce((sum, { counts }) => sum + counts.count, 0);
  terminal.out(
    `Merged ${run.shards.length} of ${run.count} shards: ${passes.length} intervals, ` +
      `${requests} requests\n`,
  );
  return EXIT.ok;
}
