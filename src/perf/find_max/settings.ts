/**
 * What a search for the highest load is told, and what it found.
 *
 * @module
 */
import type { Distribution } from "../schedule/arrivals.ts";
import type { ThresholdVerdict } from "../threshold/verdict.ts";
import type { SearchPhase } from "./range.ts";

/** What is raised until a limit is broken: requests a second, or requests in flight. */
export type SearchMetric = "rate" | "concurrency";

/** A search for the highest load that keeps the thresholds. */
export interface FindMaxSettings {
  readonly metric: SearchMetric;
  /** The lowest load to try; undefined = found out by a look at the server. */
  readonly from?: number;
  /** The highest load to try; undefined = no limit for rates, 1,024 in flight. */
  readonly to?: number;
  /** The search ends when a load that passed and one that failed are this close, as a share. */
  readonly precision: number;
  /** The same as a difference, in place of the share. */
  readonly step?: number;
  /** Length of the confirming run, at least; 0 = none. */
  readonly confirmMs: number;
  /**
   * Time for the search with its confirming runs. Only what a first answer needs goes on longer.
   * @default 175,000
   */
  readonly searchMs?: number;
  /** How requests of a rate are spread; each pass has a seed of its own, counted up from `seed`. */
  readonly distribution: Distribution;
  readonly shape: number;
  readonly burst: number;
  readonly seed: number;
}

/** One pass of a search. */
export interface FindMaxStep {
  /** Requests a second, or requests in flight. */
  readonly value: number;
  /** Why it was tried. */
  readonly phase: SearchPhase;
  readonly passed: boolean;
  /** Whether more was asked than the server can take. */
  readonly overload: boolean;
  readonly windowMs: number;
  readonly requestCount: number;
  readonly thresholds: readonly ThresholdVerdict[];
}

/** What a search for the highest load found. */
export interface FindMaxResult {
  readonly metric: SearchMetric;
  /** Undefined when even the lowest load failed, or the caller ended it. */
  readonly value?: number;
  /** Whether a run of its own, with fresh randomness, kept the thresholds. */
  readonly confirmed: boolean;
  /** Every load that was tried, in order. */
  readonly path: readonly FindMaxStep[];
}
