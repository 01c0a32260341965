/**
 * Reads what stands beside the outputs of shards.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import { settingsDifference } from "../../perf/merge/difference.ts";
import type { ShardNote } from "../classify/results/shard_note.ts";
import { notePath, readNoteText } from "../shared/note_file.ts";

/** The note about an output; undefined when there is none. @throws {InferenceError} FILE */
export async function readNote(output: string): Promise<ShardNote | undefined> {
  const text = await readNoteText(output);
  if (text === undefined) return undefined;
  try {
    const note = JSON.parse(text);
    if (isNote(note)) return note;
  } catch {
    // Told below.
  }
  throw new InferenceError(
    "FILE",
    `Cannot read ${notePath(output)}: it is no note of this program`,
  );
}

function isNote(note: ShardNote): boolean {
  const isWhole = (value: unknown, below = Infinity) =>
    Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) < below;
  const { count, index } = note.shard ?? {};
  return note.shardNoteVersion === 1 && isWhole(count, 1e6 + 1) && count > 0 &&
    isWhole(index, count) && isWhole(note.listed) && isWhole(note.rows) && isWhole(note.resumed) &&
    typeof note.settings === "object" && note.settings !== null &&
    (note.merged === undefined ||
      Array.isArray(note.merged) && note.merged.every((one) => isWhole(one, count))) &&
    (note.restarted === undefined ||
      Array.isArray(note.restarted) && note.restarted.every((one) => isWhole(one, count)));
}

/** The shards that an output holds. */
export function shardsOf({ shard, merged }: ShardNote): readonly number[] {
  return merged ?? [shard.index];
}

/** Those of them that the engine has started again. */
export function restartedOf({ shard, restarted }: ShardNote): readonly number[] {
  return restarted ?? (shard.restarts === undefined ? [] : [shard.index]);
}

/** What is different about two outputs' jobs; undefined when it is the same job. */
export function sameJob(a: ShardNote, b: ShardNote): string | undefined {
  if (a.shard.count !== b.shard.count) return `of ${a.shard.count} and ${b.shard.count} shards`;
  if (a.listed !== b.listed) return `of ${a.listed} and ${b.listed} pictures`;
  return settingsDifference(a.settings, b.settings);
}
