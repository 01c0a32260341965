/**
 * Figures of a set of times.
 *
 * @module
 */
import type { Interval, PercentileFigure } from "./intervals/types.ts";

/** One row of a text histogram: values above the row before it, up to and including `upToUs`. */
export interface HistogramBin {
  readonly upToUs: number;
  readonly count: number;
}

/** Figures of a set of times, of which there is at least one. */
export interface TimeFigures {
  readonly count: number;
  readonly minUs: number;
  readonly maxUs: number;
  readonly averageUs: number;
  /** Of latencies: over all complete passes of the level, and wide enough for `averageUs`. */
  readonly averageCi95?: Interval;
  /** Standard deviation of the population. */
  readonly deviationUs: number;
  /** Ascending by percentile. */
  readonly percentiles: readonly PercentileFigure[];
  /** False when there were too many to keep: percentiles then are within 0.1 %. */
  readonly exact: boolean;
  readonly histogram: readonly HistogramBin[];
  /** Further percentiles for plots, as far out as there are values; of latencies only. */
  readonly spectrum?: readonly PercentileFigure[];
  /** `NS:COUNT` by space: so many times from so many nanoseconds on up to the next bucket. */
  readonly buckets?: string;
}
