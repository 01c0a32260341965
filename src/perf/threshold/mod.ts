/**
 * Thresholds: limits that a measurement has to keep.
 *
 * @module
 */
import { checkConflicts } from "./conflict.ts";
import { parseThreshold, type Threshold } from "./parse.ts";

export { isMeant, judgeThreshold, judgeThresholds } from "./judge.ts";
export type { LevelChoice, Operator, Threshold } from "./parse.ts";
export { parseThreshold };

/**
 * Reads thresholds that are meant together.
 *
 * @throws {InferenceError} USAGE when one can't be read, or two contradict one another
 */
export function readThresholds(texts: readonly string[]): Threshold[] {
  const thresholds = texts.map(parseThreshold);
  checkConflicts(thresholds);
  return thresholds;
}

/** The percentiles that the thresholds name. */
export function thresholdPercentiles(thresholds: readonly Threshold[]): number[] {
  return thresholds.flatMap(({ metric: { percentile } }) =>
    percentile === undefined ? [] : [percentile]
  );
}
