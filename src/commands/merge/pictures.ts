/**
 * Merges the outputs of image_client: rows of many tasks in the order of the one listing.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import { writeOutput } from "../../base/write_file.ts";
import { EXIT } from "../../cli/command.ts";
import type { CommandContext } from "../../cli/context.ts";
import { accuracyLines, confusionCsv } from "../classify/results/accuracy.ts";
import { recordsOf } from "../classify/results/records.ts";
import { csvCells, csvRows, jsonRows, type RowFormat } from "../classify/results/row.ts";
import { type ShardNote, writeNote } from "../classify/results/shard_note.ts";
import { notePath } from "../shared/note_file.ts";
import { Tally } from "../classify/results/tally.ts";
import type { MergeJob } from "./job.ts";
import { shardsText } from "./missing.ts";
import { readNote, restartedOf, sameJob, shardsOf } from "./notes.ts";
import { type Noted, notedShards } from "./owners.ts";
import { streamOf } from "./stream.ts";

const refuse = (message: string, hint?: string) => new InferenceError("FILE", message, { hint });

/** All files are open at once: they share so many bytes of memory, but each has some. */
const ALL_PIECES = 1 << 25;
const [SMALLEST_PIECE, LARGEST_PIECE] = [1 << 13, 1 << 18];

/** Merges them; see the command. */
export async function mergePictures(job: MergeJob, context: CommandContext): Promise<number> {
  const { terminal } = context;
  const { files, owners, shards, count, gap } = await notedShards(job, {
    ...{ read: readNote, shardsOf, different: sameJob, whole: "job" },
    none: [
      "the output of a complete shard",
      "run the tasks with --shard, and the one that was stopped again with --resume",
    ],
  });
  const { note } = files[0]!;
  const tally = new Tally();
  const rows = mergedRows(owners, note, tally);
  await writeOutput(job.output, streamOf(rows));
  const { settings, listed } = note;
  const restarted = files.flatMap(({ note }) => restartedOf(note)).sort((a, b) => a - b);
  const resumed = files.reduce((sum, { note }) => sum + note.resumed, 0);
  await writeNote(job.output, {
    ...{ shardNoteVersion: 1, shard: { index: 0, count }, listed, rows: tally.rows },
    ...{
      failed: tally.failed,
      resumed,
      restarted: restarted.length === 0 ? undefined : restarted,
      settings,
      merged: shards,
    },
  });
  if (gap !== undefined) terminal.err(`warning: ${gap}\n`);
  if (restarted.length > 0) {
    const verb = restarted.length === 1 ? "was" : "were";
    terminal.err(`${shardsText(restarted, count)} ${verb} started again\n`);
  }
  for (const { path, note } of files) {
    if (note.resumed > 0) {
      terminal.err(`${path}: ${note.resumed} rows are of a run that was resumed\n`);
    }
  }
  terminal.out(
    `Merged ${shards.length} of ${count} shards: ${tally.rows} of ${listed} pictures, ${tally.failed} failed\n`,
  );
  if (settings.truth === true) terminal.out(accuracyLines(tally));
  if (job.confusion !== undefined) await writeOutput(job.confusion, confusionCsv(tally));
  return EXIT.ok;
}

/** The rows in the order of the listing, of which shard `i` has every n-th. */
async function* mergedRows(
  owners: ReadonlyMap<number, Noted<ShardNote>>,
  { listed, shard: { count } }: ShardNote,
  tally: Tally,
): AsyncGenerator<string, void, void> {
  const noted = [...new Set(owners.values())];
  const share = Math.max(SMALLEST_PIECE, Math.min(LARGEST_PIECE, ALL_PIECES / noted.length));
  const files = new Map(noted.map((one) => [one, new Rows(one, Math.floor(share))]));
  try {
    let header: string | undefined;
    for (const [{ path }, rows] of files) {
      const own = await rows.open();
      header ??= own;
      if (own !== header) throw refuse(`Cannot merge ${path}: its columns are others`);
    }
    yield header!;
    for (let place = 0; place < listed; place++) {
      const owner = owners.get(place % count);
      if (owner === undefined) continue;
      const rows = files.get(owner)!;
      const text = await rows.next();
      if (text === undefined) {
        throw refuse(
          `Cannot merge ${owner.path}: it has fewer rows than ${notePath(owner.path)} says`,
          "run its shard again",
        );
      }
      const row = rows.format.read(text);
      if (row === undefined) {
        throw refuse(`Cannot merge ${owner.path}: "${text.slice(0, 60)}" is no row`);
      }
      tally.add(row);
      yield `${text}\n`;
    }
    for (const [{ path }, rows] of files) {
      if (await rows.next() === undefined) continue;
      throw refuse(`Cannot merge ${path}: it has more rows than ${notePath(path)} says`);
    }
  } finally {
    for (const rows of files.values()) await rows.close();
  }
}

/** The rows of one file. */
class Rows {
  format: RowFormat;
  readonly #records: AsyncIterator<{ readonly text: string }>;
  readonly #isCsv: boolean;

  constructor({ path, note }: Noted<ShardNote>, pieceBytes: number) {
    this.#isCsv = /\.csv$/i.test(path);
    const records = recordsOf(path, `Cannot read ${path}`, this.#isCsv, pieceBytes);
    this.#records = records[Symbol.asyncIterator]();
    this.format = jsonRows({ classes: 0, hasTruth: note.settings.truth === true });
  }

  /** What stands before the rows. */
  async open(): Promise<string> {
    if (!this.#isCsv) return "";
    const text = await this.next() ?? "";
    const columns = csvCells(text);
    const classes = columns.filter((name) => name.startsWith("label_")).length;
    this.format = csvRows({ classes, hasTruth: columns.includes("truth") });
    return `${text}\n`;
  }

  async next(): Promise<string | undefined> {
    const { value, done } = await this.#records.next();
    return done ? undefined : value.text;
  }

  async close(): Promise<void> {
    await this.#records.return?.();
  }
}
