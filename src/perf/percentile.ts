/**
 * Percentiles by r19.07's rank rule: of n ascending values, the one at index
 * trunc(p / 100 * (n - 1) + 0.5).
 *
 * @module
 */

/** The percentiles that every summary has. */
export const STANDARD_PERCENTILES: readonly number[] = [50, 90, 95, 99, 99.9];

/** Index of percentile `p` (0 to 100) among `count` > 0 ascending values. */
export function percentileRank(p: number, count: number): number {
  return Math.trunc((p / 100) * (count - 1) + 0.5);
}

/** Percentile `p` of ascending values, of which there is at least one. */
export function percentileOf(ascending: ArrayLike<number>, p: number): number {
  return ascending[percentileRank(p, ascending.length)];
}

/** The standard percentiles and one more, ascending, each once. */
export function withPercentile(extra?: number): readonly number[] {
  if (extra === undefined || STANDARD_PERCENTILES.includes(extra)) return STANDARD_PERCENTILES;
  return [...STANDARD_PERCENTILES, extra].sort((a, b) => a - b);
}
