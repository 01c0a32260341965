/**
 * What is known of a file of records or histograms that one task among many wrote: its times count from
 * the task's own start, and nothing in it says which share it is.
 *
 * @module
 */
import type { Shard } from "../../base/shard.ts";
import { settingsDifference } from "./difference.ts";
import { wholeSettings } from "./read.ts";

/** Of the file `FILE.shard.json`. */
export interface RunNote {
  /** Grows when a field changes its meaning. */
  readonly runNoteVersion: 1;
  readonly kind: "records" | "hdr";
  readonly shard: Pick<Shard, "index" | "count" | "restarts"> & { readonly source?: string };
  /** Nanoseconds since 1970, by the task's clock, from which the file's times count. */
  readonly startNs: string;
  /** Records, or intervals of a log. */
  readonly rows: number;
  /** Every so many requests have a record. */
  readonly every: number;
  /** Shards that this file was merged from; undefined for one that was not. */
  readonly merged?: readonly number[];
  /** What must be the same in all shards. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Settings as a note keeps them: of all tasks, and 64-bit integers as text. */
export function notedSettings(settings: object): RunNote["settings"] {
  const text = (_: string, value: unknown) => typeof value === "bigint" ? String(value) : value;
  return wholeSettings(JSON.parse(JSON.stringify(settings, text)));
}

/** Reads a note's text; undefined when it is none of a file of this kind. */
export function readRunNote(text: string, kind: RunNote["kind"]): RunNote | undefined {
  let note: RunNote;
  try {
    note = JSON.parse(text);
  } catch {
    return undefined;
  }
  const isWhole = (value: unknown, below = Infinity): value is number =>
    Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) < below;
  const { index, count } = note?.shard ?? {};
  const isNote = note?.runNoteVersion === 1 && note.kind === kind && isWhole(count, 1e6 + 1) &&
    isWhole(index, count) && isWhole(note.rows) && isWhole(note.every) &&
    /^\d{1,19}$/.test(note.startNs) && typeof note.settings === "object" &&
    note.settings !== null &&
    (note.merged === undefined ||
      Array.isArray(note.merged) && note.merged.every((one) => isWhole(one, count)));
  return isNote ? note : undefined;
}

/** What is different about two files' runs; undefined when it is the same one. */
export function sameRun(a: RunNote, b: RunNote): string | undefined {
  if (a.shard.count !== b.shard.count) return `of ${a.shard.count} and ${b.shard.count} shards`;
  if (a.every !== b.every) return `of every ${a.every}th and every ${b.every}th request`;
  return settingsDifference(a.settings, b.settings);
}

/** The shards that a file holds, ascending. */
export function shardsOfRun({ shard, merged }: RunNote): readonly number[] {
  return merged ?? [shard.index];
}
