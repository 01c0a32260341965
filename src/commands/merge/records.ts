/**
 * Merges files of records: the lines of one shard after those of another, their times moved to the
 * earliest task's start.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import { writeOutput } from "../../base/write_file.ts";
import { EXIT } from "../../cli/command.ts";
import type { CommandContext } from "../../cli/context.ts";
import { MERGED_HEADER, readRecordRow, type RecordRow } from "../../perf/merge/record_rows.ts";
import { CSV_HEADER } from "../../perf/records/rows.ts";
import { recordsOf } from "../classify/results/records.ts";
import { notePath, writeNoteFile } from "../shared/note_file.ts";
import type { MergeJob } from "./job.ts";
import { mergedNote, readRunFiles, type RunFile, type RunFiles } from "./run_files.ts";
import { streamOf } from "./stream.ts";

const refuse = (message: string, hint?: string) => new InferenceError("FILE", message, { hint });

/** Merges them; see the command. */
export async function mergeRecords(
  job: MergeJob,
  { terminal }: CommandContext,
): Promise<number> {
  const run = await readRunFiles(job, "records");
  const isCsv = /\.csv$/i.test(job.paths[0]!);
  const wrong = job.paths.find((path) => /\.csv$/i.test(path) !== isCsv);
  if (wrong !== undefined) {
    throw refuse(`Cannot merge ${job.paths[0]} and ${wrong}: one is CSV, the other is JSON`);
  }
  const rows = run.files.reduce((sum, { note }) => sum + note.rows, 0);
  await writeOutput(job.output, streamOf(mergedLines(run, isCsv)));
  await writeNoteFile(job.output, mergedNote(run, rows));
  if (run.gap !== undefined) terminal.err(`warning: ${run.gap}\n`);
  terminal.out(`Merged ${run.shards.length} of ${run.count} shards: ${rows} records\n`);
  return EXIT.ok;
}

async function* mergedLines(
  { files, owners, shards }: RunFiles,
  isCsv: boolean,
): AsyncGenerator<string, void, void> {
  const sources = new Map(files.map((file) => [file, new RowSource(file, isCsv)]));
  try {
    if (isCsv) yield MERGED_HEADER;
    for (const shard of shards) {
      const source = sources.get(owners.get(shard)!)!;
      for (;;) {
        const row = await source.peek();
        if (row === undefined || row.shard !== shard) break;
        source.take();
        yield `${row.text}\n`;
      }
    }
    for (const source of sources.values()) await source.checkEnd();
  } finally {
    for (const source of sources.values()) await source.close();
  }
}

/** The rows of one file; it is opened when it is its turn. */
class RowSource {
  readonly #file: RunFile;
  readonly #isCsv: boolean;
  #records: AsyncIterator<{ readonly text: string }> | undefined;
  #next: RecordRow | undefined;
  #isOver = false;
  #count = 0;

  constructor(file: RunFile, isCsv: boolean) {
    this.#file = file;
    this.#isCsv = isCsv;
  }

  /** The next row; undefined at the end. */
  async peek(): Promise<RecordRow | undefined> {
    if (this.#next !== undefined || this.#isOver) return this.#next;
    const { path, note, shiftNs } = this.#file;
    if (this.#records === undefined) await this.#open();
    const text = await this.#line();
    if (text === undefined) return undefined;
    const shard = note.merged === undefined ? note.shard.index : undefined;
    const row = readRecordRow(text, { isCsv: this.#isCsv, shard, shiftNs });
    if (row === undefined) {
      throw refuse(`Cannot merge ${path}: "${text.slice(0, 60)}" is no record`);
    }
    this.#count++;
    return this.#next = row;
  }

  take(): void {
    this.#next = undefined;
  }

  /** @throws {InferenceError} FILE when the file holds other rows than its note says */
  async checkEnd(): Promise<void> {
    const { path, note } = this.#file;
    const left = await this.peek();
    if (left !== undefined) {
      throw refuse(`Cannot merge ${path}: a record of shard ${left.shard} is not in its place`);
    }
    if (this.#count === note.rows) return;
    throw refuse(
      `Cannot merge ${path}: it has ${this.#count} records, ${notePath(path)} says ${note.rows}`,
      "run its shard again",
    );
  }

  async close(): Promise<void> {
    await this.#records?.return?.();
  }

  async #open(): Promise<void> {
    const { path, note } = this.#file;
    this.#records = recordsOf(path, `Cannot read ${path}`, false)[Symbol.asyncIterator]();
    if (!this.#isCsv) return;
    const header = note.merged === undefined ? CSV_HEADER : MERGED_HEADER;
    if (`${await this.#line()}\n` !== header) {
      throw refuse(`Cannot merge ${path}: its columns are not those of records`);
    }
  }

  async #line(): Promise<string | undefined> {
    const { value, done } = await this.#records!.next();
    if (done) this.#isOver = true;
    return done ? undefined : value.text;
  }
}
