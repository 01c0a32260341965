/**
 * The report as JSON, for other programs: docs/perf-report.schema.json describes it.
 *
 * @module
 */
import type { PerfResult } from "../types.ts";

/** Grows when a field changes its meaning or goes away; new fields don't change it. */
export const REPORT_VERSION = 1;

/** The file's text: all settings, the environment, and every level with all its passes. */
export function jsonReport(result: PerfResult): string {
  const { settings, environment, model, aborted, levels } = result;
  const report = {
    schemaVersion: REPORT_VERSION,
    environment,
    settings,
    model,
    aborted,
    levels,
  };
  return `${JSON.stringify(report, integersAsText, 2)}\n`;
}

/** 64-bit integers are text: not every reader of JSON keeps them exact. */
function integersAsText(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}
