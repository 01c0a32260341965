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
>;

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
