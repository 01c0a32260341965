/**
 * What came of thresholds.
 *
 * @module
 */

/** What came of a threshold at a level. */
export interface ThresholdVerdict {
  /** As it was written, e.g. `p99<50ms@8`. */
  readonly threshold: string;
  /** Its metric's name, e.g. `p99`. */
  readonly metric: string;
  readonly operator: "<" | "<=" | ">" | ">=";
  readonly limit: number;
  /** What `limit`, `value` and `margin` are in: microseconds, per second, shares of 1, requests. */
  readonly unit: "us" | "/s" | "share" | "count";
  /** The level; neither of the two for a threshold on all levels when none was measured. */
  readonly concurrency?: number;
  readonly requestRate?: number;
  readonly passed: boolean;
  /** `unjudged` counts as not passed. */
  readonly verdict: "passed" | "broken" | "unjudged";
  /** The reported figure; undefined when there is none. */
  readonly value?: number;
  /** How far the figure is on the right side of the limit; below 0 on the wrong side. */
  readonly margin?: number;
  /** The margin in percent of the limit; undefined for a limit of 0. */
  readonly marginPercent?: number;
  /** Why it can't be judged. */
  readonly reason?: string;
}
