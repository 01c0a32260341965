/**
 * How requests follow one another, as plain data.
 *
 * @module
 */

/** How a load grows by the answers. */
export interface GrowthPlan {
  /** Requests of the first set. */
  readonly start: number;
  /** Requests of every further set. */
  readonly step: number;
  /** Answers that each request of a set must have before the next set; one that ends earlier has them. */
  readonly answers: number;
}

/** How steps are chosen at random: a start, and those that follow it. */
export interface Sampling {
  readonly seed: number;
  /** Requests that have steps in a row, each such row from a random one on. */
  readonly run: number;
}
