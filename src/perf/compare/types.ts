/**
 * What a comparison of measurements comes to: plain data.
 *
 * @module
 */
import type { Interval } from "../intervals/types.ts";

/**
 * `same` = no difference that counts; `unknown` = what was measured can't tell.
 */
export type CompareVerdict = "better" | "worse" | "same" | "unknown";

/** One figure at one level. */
export interface MetricComparison {
  /** `throughput`, `avg`, `p50`, `p90`, `p99`, `errors`, `server.queue`, `server.compute`, `cpu`. */
  readonly name: string;
  readonly unit: "/s" | "us" | "share";
  /** Undefined when that side has no such figure. */
  readonly base?: number;
  readonly new?: number;
  /** Of `errors` in percentage points; undefined when it can't be had. */
  readonly changePercent?: number;
  /** What the change lies between. */
  readonly ci95?: Interval;
  readonly verdict: CompareVerdict;
  /** Why it can't be told. */
  readonly reason?: string;
}

/** One level that both sides have. */
export interface LevelComparison {
  readonly concurrency?: number;
  readonly requestRate?: number;
  /** Runs of each side that have it. */
  readonly runs: { readonly base: number; readonly new: number };
  readonly metrics: readonly MetricComparison[];
}

/** Something that isn't the same on both sides. */
export interface Difference {
  readonly what: string;
  readonly base: string;
  readonly new: string;
}

/** What came of a limit on a change. */
export interface ChangeVerdict {
  /** As it was written. */
  readonly threshold: string;
  readonly concurrency?: number;
  readonly requestRate?: number;
  readonly passed: boolean;
  readonly verdict: "passed" | "broken" | "unjudged";
  readonly changePercent?: number;
  readonly reason?: string;
}

/** The whole comparison. */
export interface Comparison {
  readonly base: readonly string[];
  readonly new: readonly string[];
  readonly differences: readonly Difference[];
  readonly levels: readonly LevelComparison[];
  /** Levels that one side alone has, in words. */
  readonly unmatched: readonly string[];
  readonly thresholds?: readonly ChangeVerdict[];
}
