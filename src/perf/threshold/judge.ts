/**
 * Thresholds against what was measured.
 *
 * @module
 */
import type { LevelResult, ThresholdVerdict } from "../types.ts";
import { keepsLimit, marginOf } from "./limit.ts";
import { figureOf, type Metric } from "./metric.ts";
import type { Threshold } from "./parse.ts";

/** One threshold at one level. */
export function judgeThreshold(threshold: Threshold, level: LevelResult): ThresholdVerdict {
  const found = figureOf(threshold.metric, threshold.unit, level);
  const where = {
    ...base(threshold),
    ...level.requestRate === undefined
      ? { concurrency: level.concurrency }
      : { requestRate: level.requestRate },
  };
  if ("reason" in found) {
    return { ...where, passed: false, verdict: "unjudged", reason: found.reason };
  }
  const { limit } = threshold;
  const { value } = found;
  const margin = marginOf(value, threshold);
  const passed = keepsLimit(value, threshold);
  return {
    ...where,
    passed,
    verdict: passed ? "passed" : "broken",
    value,
    margin,
    marginPercent: limit === 0 ? undefined : margin / limit * 100,
  };
}

/** Every threshold at every level that it is about; a level that wasn't measured is not judged. */
export function judgeThresholds(
  thresholds: readonly Threshold[],
  levels: readonly LevelResult[],
): ThresholdVerdict[] {
  return thresholds.flatMap((threshold) => {
    const meant = levels.filter((level) => isMeant(threshold, level));
    if (meant.length > 0) return meant.map((level) => judgeThreshold(threshold, level));
    return [{
      ...base(threshold),
      ...threshold.level,
      passed: false,
      verdict: "unjudged" as const,
      reason: threshold.level === undefined
        ? "no level was measured"
        : "this level was not measured",
    }];
  });
}

/** Whether a threshold is about a level. */
export function isMeant(
  { level: choice }: Threshold,
  level: Pick<LevelResult, "concurrency" | "requestRate">,
): boolean {
  if (choice === undefined) return true;
  if ("concurrency" in choice) {
    return level.requestRate === undefined && level.concurrency === choice.concurrency;
  }
  const { requestRate } = level;
  return requestRate !== undefined &&
    Math.abs(requestRate - choice.requestRate) <= 1e-6 * choice.requestRate;
}

function base({ text, metric, operator, limit, unit }: Threshold) {
  return { threshold: text, metric: metric.name, operator, limit, unit: unitOf(metric, unit) };
}

/** What `limit`, `value` and `margin` are in. */
function unitOf({ kind }: Metric, unit: string): ThresholdVerdict["unit"] {
  if (kind === "time") return "us";
  if (kind === "rate") return "/s";
  return kind === "share" || unit === "%" ? "share" : "count";
}
