/**
 * Percentiles by r19.07's rank rule: of n ascending values, the one at index
 * trunc(p / 100 * (n - 1) + 0.5).
 *
 * @module
 */
import type { TimeFigures } from "./types.ts";

/** The percentiles that every summary has. */
export const STANDARD_PERCENTILES: readonly number[] = [50, 90, 95, 99, 99.9];

/** Index of percentile `p` (0 to 100) among `count` > 0 ascending values. */
export function percentileRank(p: number, count: number): number {
  return Math.trunc((p / 100) * (count - 1) + 0.5);
}

/** Percentile `p` of ascending values, of which there is at least one. */
export function percentileOf(ascending: ArrayLike<number>, p: number): number {
  return ascending[percentileRank(p, ascending.length)]!;
}

/** The standard percentiles and further ones, ascending, each once. */
export function withPercentiles(further: readonly (number | undefined)[]): readonly number[] {
  const added = further.filter((p) => p !== undefined);
  return [...new Set([...STANDARD_PERCENTILES, ...added])].sort((a, b) => a - b);
}

/** A reported percentile in microseconds; undefined when it is not among them. */
export function percentileUs(
  { percentiles }: Pick<TimeFigures, "percentiles">,
  wanted: number,
): number | undefined {
  return percentiles.find(({ percentile }) => percentile === wanted)?.us;
}
