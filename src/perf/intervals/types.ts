/**
 * What passes say together, as plain data.
 *
 * @module
 */

/** What a figure lies between, with a confidence of 95 %. */
export type Interval = readonly [low: number, high: number];

/** A percentile of a set of times. */
export interface PercentileFigure {
  readonly percentile: number;
  readonly us: number;
  /** Of latencies: over all complete passes of the level, and wide enough for `us`. */
  readonly ci95?: Interval;
  /** Requests that this percentile takes, as much as they depend on one another; undefined when there were as many. */
  readonly neededCount?: number;
}

/**
 * A level over all its complete passes: what the intervals are about. One of them alone is what r19.07
 * reports.
 */
export interface OverallFigures {
  readonly passCount: number;
  readonly requestCount: number;
  /** The mean of the passes. */
  readonly inferPerSecond: number;
  readonly inferPerSecondCi95?: Interval;
  /** Latencies of all requests. */
  readonly averageUs: number;
  readonly averageCi95?: Interval;
  readonly percentiles: readonly PercentileFigure[];
  /** What the intervals rest on: pieces of the passes, passes that differ more than these, or runs. */
  readonly basis?: { readonly by: "batches" | "passes" | "runs"; readonly count: number };
}

/** Passes that lie close together. */
export interface PassGroup {
  /** Numbers of the passes. */
  readonly passes: readonly number[];
  /** Their least and their greatest throughput. */
  readonly inferPerSecond: Interval;
  /** The same of the average latency. */
  readonly averageUs: Interval;
}

/** How the complete passes of a level lie beside one another. */
export interface PassSpread {
  /** Whether they agree, lie apart, or fall into groups with nothing in between. */
  readonly kind: "steady" | "spread" | "groups";
  /** The least and the greatest throughput. */
  readonly inferPerSecond: Interval;
  /** The same of the average latency. */
  readonly averageUs: Interval;
  /** The slowest first; one group unless the kind is `groups`. */
  readonly groups: readonly PassGroup[];
}

/** Little's law: requests in flight = rate x time in flight. */
export interface LoadCheck {
  /** By the reported pass's requests a second and average latency. */
  readonly inFlight: number;
  /** What was asked for; undefined with a schedule. */
  readonly asked?: number;
}

/** The latencies of a window by slots of time, in the order of time. */
export interface SlotFigures {
  /** When the first one began, ISO 8601. */
  readonly startedAt: string;
  readonly lengthMs: number;
  /** Each slot's buckets as text, in the form of `TimeFigures.buckets`. */
  readonly buckets: readonly string[];
}
