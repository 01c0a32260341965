/**
 * Lines of files of records, moved to a common start and named by their shards.
 *
 * @module
 */
import { CSV_HEADER, RECORD_FIELDS } from "../records/rows.ts";

/** A line that was read. */
export interface RecordRow {
  readonly shard: number;
  /** As the merged file has it. */
  readonly text: string;
}

/** What a merged CSV file begins with. */
export const MERGED_HEADER = `shard,${CSV_HEADER}`;

const JSON_ROW =
  /^\{(?:"shard":(\d{1,7}),)?"scheduled":(-?[\d.]+),"start":(-?[\d.]+),"first":(-?[\d.]+|null),"end":(-?[\d.]+),("send":.*"measured":(?:true|false)\})$/;
/** Scheduled, start, first and end come first. */
const TIMES = 4;

/** Microseconds with three decimals, moved by whole nanoseconds. */
function moved(text: string, ns: number): string {
  const value = Math.round(Number(text) * 1000);
  return Number.isSafeInteger(value) ? String((value + ns) / 1000) : text;
}

/** Reads a line of CSV; undefined for what is none. `own` is the shard of a file that was not merged. */
function csvRow(line: string, own: number | undefined, ns: number): RecordRow | undefined {
  const cells = line.split(",");
  const shard = own ?? wholeNumber(cells.shift());
  if (shard === undefined || cells.length !== RECORD_FIELDS.length) return undefined;
  for (let i = 0; i < TIMES; i++) {
    const cell = cells[i]!;
    if (cell === "") continue;
    if (!/^-?\d+(\.\d{1,3})?$/.test(cell)) return undefined;
    cells[i] = moved(cell, ns);
  }
  return { shard, text: `${shard},${cells.join(",")}` };
}

function jsonRow(line: string, own: number | undefined, ns: number): RecordRow | undefined {
  const match = JSON_ROW.exec(line);
  if (match === null) return undefined;
  const [, named, scheduled, start, first, end, rest] = match;
  const shard = own ?? wholeNumber(named);
  if (shard === undefined || own !== undefined && named !== undefined) return undefined;
  const time = (text: string | undefined) => moved(text!, ns);
  return {
    shard,
    text: `{"shard":${shard},"scheduled":${time(scheduled)},"start":${time(start)},` +
      `"first":${first === "null" ? first : time(first)},"end":${time(end)},${rest}`,
  };
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,7}$/.test(text) ? Number(text) : undefined;
}

/** How the lines of a file are read. */
export interface RowReading {
  readonly isCsv: boolean;
  /** The file's shard; undefined for a merged file, whose lines say it. */
  readonly shard?: number;
  /** From the common start to the file's, in nanoseconds. */
  readonly shiftNs: number;
}

/** Reads a line; undefined for what is none of such a file. */
export function readRecordRow(
  line: string,
  { isCsv, shard, shiftNs }: RowReading,
): RecordRow | undefined {
  return (isCsv ? csvRow : jsonRow)(line, shard, shiftNs);
}
