/**
 * Requests as lines of text: what a file of records holds of them.
 *
 * @module
 */
import { ERROR_CODES } from "../load/error_codes.ts";
import { Sample } from "../samples.ts";

/** Kinds of files: a JSON object or a row of CSV a request, or perf_analyzer's profile export. */
export type RecordFormat = "jsonl" | "csv" | "profile";

/** Requests of one chunk and where they belong; plain data for a worker. */
export interface RecordBatch {
  readonly rows: Float64Array<ArrayBuffer>;
  readonly count: number;
  /** Milliseconds from the rows' clock to the run's start. */
  readonly shift: number;
  /** Requests in flight, or requests a second. */
  readonly load: number;
  readonly pass: number;
  /** The measured window, on the run's clock. */
  readonly from: number;
  readonly to: number;
}

/** The fields of a record, in the order of the CSV file's columns. */
export const RECORD_FIELDS = [
  ...["scheduled", "start", "first", "end", "send", "wait", "receive"],
  ...["bytes", "sentBytes", "answers", "error", "sequence", "sequenceEnd"],
  ...["level", "pass", "measured"],
] as const;

/** The first line of a CSV file. */
export const CSV_HEADER = `${RECORD_FIELDS.join(",")}\n`;

/** Microseconds, with the three decimals that a clock of nanoseconds has at most. */
const us = (milliseconds: number) => Math.round(milliseconds * 1e6) / 1e3;

/** The sequence's id in decimal; empty for none. */
export function sequenceText(high: number, low: number): string {
  if (high === 0) return low === 0 ? "" : String(low);
  return String(BigInt(high) * 0x1_0000_0000n + BigInt(low));
}

/** When the first answer was there: with one answer, when its first byte came. NaN for none. */
export function firstAnswer(rows: Float64Array, at: number): number {
  const first = rows[at + Sample.FIRST]!;
  if (first >= 0) return rows[at + Sample.START]! + first;
  if (rows[at + Sample.ERROR] !== 0) return NaN;
  return rows[at + Sample.END]! - rows[at + Sample.RECEIVE]!;
}

/** The lines of a batch. */
export function recordLines(batch: RecordBatch, format: "jsonl" | "csv"): string {
  const { rows, count, shift, load, pass, from, to } = batch;
  const tail = `${load},${pass},`;
  const parts: string[] = [];
  for (let i = 0; i < count; i++) {
    const at = i * Sample.WIDTH;
    const time = (column: number) => us(rows[at + column]! + shift);
    const end = rows[at + Sample.END]! + shift;
    const first = firstAnswer(rows, at) + shift;
    const error = ERROR_CODES[rows[at + Sample.ERROR]!]!;
    const sequence = sequenceText(
      rows[at + Sample.SEQUENCE_HIGH]!,
      rows[at + Sample.SEQUENCE_LOW]!,
    );
    const measured = error === "" && end >= from && end < to;
    const last = sequence !== "" && rows[at + Sample.SEQUENCE_END] === 1;
    const [send, wait, receive] = [
      us(rows[at + Sample.SEND]!),
      us(rows[at + Sample.WAIT]!),
      us(rows[at + Sample.RECEIVE]!),
    ];
    const [bytes, sent, answers] = [
      rows[at + Sample.BYTES]!,
      rows[at + Sample.SENT_BYTES]!,
      rows[at + Sample.RESPONSES]!,
    ];
    const [scheduled, start] = [time(Sample.SCHEDULED), time(Sample.START)];
    if (format === "csv") {
      parts.push(
        `${scheduled},${start},${first === first ? us(first) : ""},${us(end)},${send},${wait},` +
          `${receive},${bytes},${sent},${answers},${error},${sequence},${last},${tail}${measured}\n`,
      );
    } else {
      parts.push(
        `{"scheduled":${scheduled},"start":${start},"first":${
          first === first ? us(first) : null
        },` +
          `"end":${us(end)},"send":${send},"wait":${wait},"receive":${receive},"bytes":${bytes},` +
          `"sentBytes":${sent},"answers":${answers},"error":${
            error === "" ? null : `"${error}"`
          },` +
          `"sequence":${sequence === "" ? null : `"${sequence}"`},"sequenceEnd":${last},` +
          `"level":${load},"pass":${pass},"measured":${measured}}\n`,
      );
    }
  }
  return parts.join("");
}
