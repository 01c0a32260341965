/**
 * What stands beside the output file of one task among many, once it is complete: which share it is.
 *
 * @module
 */
import type { Shard } from "../../../base/shard.ts";
import { writeNoteFile } from "../../shared/note_file.ts";

/** Of the file `FILE.shard.json`. */
export interface ShardNote {
  /** Grows when a field changes its meaning. */
  readonly shardNoteVersion: 1;
  readonly shard: Pick<Shard, "index" | "count" | "restarts"> & { readonly source?: string };
  /** Pictures of all shards together. */
  readonly listed: number;
  /** Rows in the output, and those of them that say why a picture failed. */
  readonly rows: number;
  readonly failed: number;
  /** Rows that were there before, when a run went on with `--resume`. */
  readonly resumed: number;
  /** Of a merged file: shards that the engine has started again. */
  readonly restarted?: readonly number[];
  /** Shards that this file was merged from; undefined for one that was not. */
  readonly merged?: readonly number[];
  /** What must be the same in all shards. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Writes the note. @throws {InferenceError} FILE */
export async function writeNote(output: string, note: ShardNote): Promise<void> {
  await writeNoteFile(output, note);
}
