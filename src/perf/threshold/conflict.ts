/**
 * Thresholds that can't be meant together.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import { excludes, isUpper } from "./limit.ts";
import type { LevelChoice, Threshold } from "./parse.ts";

/**
 * Refuses thresholds that nothing can keep, and two limits of one kind for one figure.
 *
 * @throws {InferenceError} USAGE, naming both
 */
export function checkConflicts(thresholds: readonly Threshold[]): void {
  for (const [i, a] of thresholds.entries()) {
    for (const b of thresholds.slice(i + 1)) {
      const why = conflict(a, b);
      if (why === undefined) continue;
      throw new InferenceError(
        "USAGE",
        `The thresholds "${a.text}" and "${b.text}" contradict one another: ${why}`,
      );
    }
  }
}

function conflict(a: Threshold, b: Threshold): string | undefined {
  const same = a.metric.name === b.metric.name && (a.unit === "%") === (b.unit === "%");
  if (same && isUpper(a) === isUpper(b)) {
    const alike = sameLevel(a.level, b.level) && (a.limit !== b.limit || a.operator !== b.operator);
    return alike ? `both limit ${a.metric.name}; give one of them` : undefined;
  }
  if (isUpper(a) === isUpper(b) || !meet(a.level, b.level)) return undefined;
  const [upper, lower] = isUpper(a) ? [a, b] : [b, a];
  // What must be above `lower` is never above what must be below `upper`.
  if (!same && !neverAbove(lower, upper)) return undefined;
  return excludes(lower, upper) ? "no figure keeps both" : undefined;
}

/** Whether the one's figure can't be above the other's: two percentiles of the same times. */
function neverAbove(a: Threshold, b: Threshold): boolean {
  if (a.metric.set === undefined || a.metric.set !== b.metric.set) return false;
  const [below, above] = [rank(a), rank(b)];
  return below !== undefined && above !== undefined && below <= above;
}

function rank({ metric: { name, percentile } }: Threshold): number | undefined {
  if (percentile !== undefined) return percentile;
  return name.endsWith("min") ? 0 : name.endsWith("max") ? 100 : undefined;
}

function sameLevel(a: LevelChoice | undefined, b: LevelChoice | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function meet(a: LevelChoice | undefined, b: LevelChoice | undefined): boolean {
  return a === undefined || b === undefined || sameLevel(a, b);
}
