/**
 * The options of what a measurement leaves behind, checked before anything is sent.
 *
 * @module
 */
import { usageError } from "../../cli/usage.ts";
import { notStandardOutput } from "../shared/not_standard_output.ts";
import type { PerfOptions } from "./flags.ts";

/** The options that matter here. */
export type OutputOptions = Pick<
  PerfOptions,
  | "records"
  | "recordsEvery"
  | "hdr"
  | "profileExport"
  | "timeline"
  | "html"
  | "batchSize"
  | "repeat"
>;

/** The options with the files of one run: of several, each has its own, as `requests.run2.csv`. */
export function filesOfRun<T extends OutputOptions>(options: T, run: number): T {
  const { records, hdr, profileExport, repeat } = options;
  if (repeat === 1) return options;
  const named = (path: string | undefined) => path && fileOfRun(path, run);
  return {
    ...options,
    records: named(records),
    hdr: named(hdr),
    profileExport: named(profileExport),
  };
}

/** `a/requests.csv` -> `a/requests.run2.csv`. */
function fileOfRun(path: string, run: number): string {
  const name = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
  const dot = name.lastIndexOf(".");
  const ending = dot > 0 ? name.slice(dot) : "";
  return `${path.slice(0, path.length - ending.length)}.run${run}${ending}`;
}

/** Whether single requests have to be looked at. */
export function hasOutputs(
  { records, hdr, profileExport, timeline, html }: OutputOptions,
): boolean {
  return [records, hdr, profileExport, html].some((path) => path !== undefined) || timeline;
}

/** The format of a file of records, by its name. @throws {InferenceError} USAGE */
export function recordsFormat(path: string): "jsonl" | "csv" {
  const ending = /\.(jsonl|csv)$/i.exec(path)?.[1]?.toLowerCase();
  if (ending === "jsonl" || ending === "csv") return ending;
  throw usageError(`Cannot tell the format of --records ${path}: it must end in .jsonl or .csv`);
}

/** Refuses what can't be written to standard output. @throws {InferenceError} USAGE */
export function checkOutputs(options: OutputOptions): void {
  const { records, hdr, profileExport } = options;
  notStandardOutput({ "--records": records, "--hdr": hdr, "--profile-export-file": profileExport });
  if (records !== undefined) recordsFormat(records);
}
