/**
 * What came of two sides that were measured in turn: both as run files, and their comparison.
 *
 * @module
 */
import { compareRuns } from "../compare/compare.ts";
import { comparisonJson } from "../compare/text.ts";
import { type ChangeLimit, judgeChanges } from "../compare/thresholds.ts";
import type { Comparison } from "../compare/types.ts";
import { jsonReport } from "../report/json.ts";
import type { PerfResult } from "../types.ts";

/** Grows when a field changes its meaning or goes away; new fields don't change it. */
export const VERSUS_VERSION = 1;

/** Both sides, and what they are called. */
export interface Versus {
  readonly base: PerfResult;
  readonly new: PerfResult;
  readonly names: { readonly base: string; readonly new: string };
  readonly comparison: Comparison;
}

/**
 * Compares sides that were measured in turn.
 *
 * @param limits of changes, that the comparison is judged by
 * @throws {InferenceError} FILE when they can't be compared, as neither has a request that ended well
 */
export function compareSides(
  [base, next]: readonly [PerfResult, PerfResult],
  names: Versus["names"],
  limits: readonly ChangeLimit[],
): Versus {
  const compared = compareRuns(
    [{ name: names.base, report: base }],
    [{ name: names.new, report: next }],
    true,
  );
  const thresholds = limits.length === 0 ? undefined : judgeChanges(limits, compared.levels);
  return { base, new: next, names, comparison: { ...compared, thresholds } };
}

/** The JSON: docs/perf-versus.schema.json describes it. */
export function versusJson({ base, new: next, comparison }: Versus): string {
  const side = (result: PerfResult) => JSON.parse(jsonReport(result));
  return `${
    JSON.stringify(
      {
        versusVersion: VERSUS_VERSION,
        base: side(base),
        new: side(next),
        comparison: JSON.parse(comparisonJson(comparison)),
      },
      null,
      2,
    )
  }\n`;
}
