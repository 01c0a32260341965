/**
 * A picture's line in the output file, and back.
 *
 * @module
 */
import type { InferClass } from "../../../protocol/types.ts";

/** What came of one picture. */
export interface ResultRow {
  readonly file: string;
  /** Why it has no classes. */
  readonly error?: string;
  /** How long its request took, in milliseconds. */
  readonly requestMs?: number;
  /** The best first. */
  readonly classes: readonly InferClass[];
  /** What it is in truth. */
  readonly truth?: string;
  /** Which place the truth has among the classes, from 1; undefined when it is not among the first five. */
  readonly rank?: number;
}

/** What the lines of an output hold. */
export interface RowShape {
  /** Classes a picture. */
  readonly classes: number;
  readonly hasTruth: boolean;
}

/** One form of output. */
export interface RowFormat {
  /** What goes before all rows; empty when nothing does. */
  readonly header: string;
  write(row: ResultRow): string;
  /** Undefined for what is no row of this output. */
  read(record: string): ResultRow | undefined;
}

/** Comma-separated values as RFC 4180 has them, with lines that end as on Unix. */
export function csvRows({ classes, hasTruth }: RowShape): RowFormat {
  const places = Array.from({ length: classes }, (_, i) => i);
  const columns = [
    ...["file", "error", "request_ms"],
    ...places.flatMap((i) => [`label_${i + 1}`, `class_${i + 1}`, `probability_${i + 1}`]),
    ...hasTruth ? ["truth", "correct", "rank"] : [],
  ];
  return {
    header: csvLine(columns),
    write: (row) =>
      csvLine([
        row.file,
        row.error ?? "",
        row.requestMs === undefined ? "" : row.requestMs.toFixed(3),
        ...places.flatMap((i) => {
          const one = row.classes[i];
          return one === undefined ? ["", "", ""] : [one.label, one.index, one.value].map(String);
        }),
        ...hasTruth ? truthCells(row) : [],
      ]),
    read: (record) => {
      const cells = csvCells(record);
      if (cells.length !== columns.length) return undefined;
      const at = (i: number) => cells[i]!;
      const found = places.map((i) => 3 + 3 * i).filter((i) => at(i + 1) !== "");
      const tail = 3 + 3 * classes;
      return {
        file: at(0),
        error: at(1) === "" ? undefined : at(1),
        requestMs: at(2) === "" ? undefined : Number(at(2)),
        classes: found.map((i) => ({
          label: at(i),
          index: Number(at(i + 1)),
          value: Number(at(i + 2)),
        })),
        truth: hasTruth && at(tail) !== "" ? at(tail) : undefined,
        rank: hasTruth && at(tail + 2) !== "" ? Number(at(tail + 2)) : undefined,
      };
    },
  };
}

function truthCells({ truth, rank, error }: ResultRow): string[] {
  if (truth === undefined) return ["", "", ""];
  const correct = error === undefined ? String(rank === 1) : "";
  return [truth, correct, rank === undefined ? "" : String(rank)];
}

/** One object a line. */
export function jsonRows({ hasTruth }: RowShape): RowFormat {
  return {
    header: "",
    write: ({ file, error, requestMs, classes, truth, rank }) =>
      JSON.stringify({
        file,
        ...error === undefined ? {} : { error },
        ...requestMs === undefined ? {} : { request_ms: Number(requestMs.toFixed(3)) },
        classes: classes.map(({ label, index, value }) => ({ label, index, probability: value })),
        ...hasTruth
          ? {
            truth,
            correct: error === undefined && truth !== undefined ? rank === 1 : undefined,
            rank,
          }
          : {},
      }) + "\n",
    read: readJsonRow,
  };
}

function readJsonRow(record: string): ResultRow | undefined {
  try {
    const row = JSON.parse(record);
    if (typeof row.file !== "string" || !Array.isArray(row.classes)) return undefined;
    const classes = row.classes.map((one: Record<string, unknown>) => ({
      label: String(one.label ?? ""),
      index: Number(one.index),
      value: Number(one.probability),
    }));
    const { file, error, request_ms: requestMs, truth, rank } = row;
    return { file, error, requestMs, classes, truth, rank };
  } catch {
    return undefined;
  }
}

/** A line of CSV. */
export function csvLine(cells: readonly string[]): string {
  return cells.map((cell) => /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
    .join(",") + "\n";
}

/** The cells of one record, without its end. */
export function csvCells(record: string): string[] {
  const cells: string[] = [];
  for (let at = 0; at <= record.length;) {
    if (record[at] !== '"') {
      const comma = record.indexOf(",", at);
      const end = comma < 0 ? record.length : comma;
      cells.push(record.slice(at, end));
      at = end + 1;
      continue;
    }
    const pieces: string[] = [];
    for (at++;;) {
      const quote = record.indexOf('"', at);
      const end = quote < 0 ? record.length : quote;
      pieces.push(record.slice(at, end));
      at = end + 1;
      if (record[at] !== '"') break;
      at++;
    }
    cells.push(pieces.join('"'));
    // What stands between the closing quote and the comma is dropped.
    const comma = record.indexOf(",", at);
    at = comma < 0 ? record.length + 1 : comma + 1;
  }
  return cells;
}
