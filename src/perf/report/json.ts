/**
 * The report as JSON, for other programs: docs/perf-report.schema.json describes it.
 *
 * @module
 */
import type { MergeInfo } from "../merge/types.ts";
import { mapTimes } from "../pass_times.ts";
import type { LevelResult, PassResult, PerfResult } from "../types.ts";

/** Grows when a field changes its meaning or goes away; new fields don't change it. */
export const REPORT_VERSION = 1;

/** The file's text: all settings, the environment, and every level with all its passes. */
export function jsonReport(result: PerfResult & { readonly merge?: MergeInfo }): string {
  const {
    settings,
    environment,
    model,
    aborted,
    command,
    calibration,
    scenario,
    findMax,
    thresholds,
    merge,
    runs,
  } = result;
  const report = {
    schemaVersion: REPORT_VERSION,
    environment,
    settings,
    model,
    aborted,
    command,
    calibration,
    scenario,
    findMax,
    thresholds,
    levels: result.levels.map(withoutPassBuckets),
    // Runs have been added up already.
    runs: runs?.map(({ levels, ...run }) => ({ ...run, levels: levels.map(withoutAllBuckets) })),
    merge,
  };
  return `${JSON.stringify(report, integersAsText, 2)}\n`;
}

function withoutPassBuckets(level: LevelResult): LevelResult {
  return { ...level, passes: level.passes.map(withoutBuckets) };
}

function withoutAllBuckets(level: LevelResult): LevelResult {
  return { ...withoutPassBuckets(level), reported: withoutBuckets(level.reported) };
}

/** Buckets and slots are for merging, and that is about the reported pass. */
function withoutBuckets(pass: PassResult): PassResult {
  return { ...mapTimes(pass, (times) => ({ ...times, buckets: undefined })), slots: undefined };
}

/** 64-bit integers are text: not every reader of JSON keeps them exact. */
function integersAsText(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}
