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
import { allowMissing, shardsText } from "./missing.ts";
import { type ReadNote, readNote, restartedOf, sameJob, shardsOf } from "./notes.ts";
import { streamOf } from "./stream.ts";

const refuse = (message: string, hint?: string) => new InferenceError("FILE", message, { hint });

/** Merges them; see the command. */
export async function mergePictures(job: MergeJob, context: CommandContext): Promise<number> {
  const { terminal } = context;
  const { notes, incomplete } = await readNotes(job.paths);
  const [first] = notes;
  if (first === undefined) {
    throw refuse(
      `Cannot merge: none of the files is the output of a complete shard, ${
        notePath(job.paths[0]!)
      } is missing`,
      "run the tasks with --shard, and the one that was stopped again with --resume",
    );
  }
  const { count } = first.note.shard;
  const owners = ownersOf(notes, count);
  const missing = Array.from({ length: count }, (_, i) => i).filter((i) => !owners.has(i));
  const reason = incomplete.length === 0 ? undefined : `${incomplete.join(", ")} not complete`;
  const gap = allowMissing(missing, { count, partial: job.partial, reason });
  const tally = new Tally();
  const rows = mergedRows(owners, first.note, tally);
  await writeOutput(job.output, streamOf(rows));
  const { settings, listed } = first.note;
  const restarted = notes.flatMap(({ note }) => restartedOf(note)).sort((a, b) => a - b);
  const resumed = notes.reduce((sum, { note }) => sum + note.resumed, 0);
  await writeNote(job.output, {
    ...{ shardNoteVersion: 1, shard: { index: 0, count }, listed, rows: tally.rows },
    ...{
      failed: tally.failed,
      resumed,
      restarted: restarted.length === 0 ? undefined : restarted,
      settings,
      merged: [...owners.keys()].sort((a, b) => a - b),
    },
  });
  if (gap !== undefined) terminal.err(`warning: ${gap}\n`);
  if (restarted.length > 0) {
    const verb = restarted.length === 1 ? "was" : "were";
    terminal.err(`${shardsText(restarted, count)} ${verb} started again\n`);
  }
  for (const { path, note } of notes) {
    if (note.resumed > 0) {
      terminal.err(`${path}: ${note.resumed} rows are of a run that was resumed\n`);
    }
  }
  terminal.out(
    `Merged ${owners.size} of ${count} shards: ${tally.rows} of ${listed} pictures, ${tally.failed} failed\n`,
  );
  if (settings.truth === true) terminal.out(accuracyLines(tally));
  if (job.confusion !== undefined) await writeOutput(job.confusion, confusionCsv(tally));
  return EXIT.ok;
}

async function readNotes(paths: readonly string[]) {
  const notes: ReadNote[] = [];
  const incomplete: string[] = [];
  for (const path of paths) {
    const note = await readNote(path);
    if (note === undefined) incomplete.push(path);
    else notes.push({ path, note });
  }
  return { notes, incomplete };
}

/** Which file has which shard. */
function ownersOf(notes: readonly ReadNote[], count: number): Map<number, ReadNote> {
  const owners = new Map<number, ReadNote>();
  const [first] = notes;
  for (const one of notes) {
    const different = sameJob(first!.note, one.note);
    if (different !== undefined) {
      throw refuse(
        `Cannot merge ${first!.path} and ${one.path}: they are of different jobs, ${different}`,
      );
    }
    for (const index of shardsOf(one.note)) {
      const other = owners.get(index);
      if (other !== undefined) {
        throw refuse(`Cannot merge ${one.path}: shard ${index}/${count} is in ${other.path} too`);
      }
      owners.set(index, one);
    }
  }
  return owners;
}

/** The rows in the order of the listing, of which shard `i` has every n-th. */
async function* mergedRows(
  owners: ReadonlyMap<number, ReadNote>,
  { listed, shard: { count } }: ShardNote,
  tally: Tally,
): AsyncGenerator<string, void, void> {
  const files = new Map([...new Set(owners.values())].map((one) => [one, new Rows(one)]));
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

  constructor({ path, note }: ReadNote) {
    this.#isCsv = /\.csv$/i.test(path);
    this.#records = recordsOf(path, `Cannot read ${path}`, this.#isCsv)[Symbol.asyncIterator]();
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
