/**
 * How well moments fit a schedule.
 *
 * @module
 */

/** Largest distance between the gaps' distribution and an exponential one of this mean. */
export function exponentialDistance(gaps: readonly number[], mean: number): number {
  const sorted = [...gaps].sort((a, b) => a - b);
  return sorted.reduce((most, gap, i) => {
    const expected = 1 - Math.exp(-gap / mean);
    const n = sorted.length;
    return Math.max(most, Math.abs(expected - i / n), Math.abs(expected - (i + 1) / n));
  }, 0);
}

/** The probability of a Kolmogorov-Smirnov distance that large, or larger, among n values. */
export function distanceProbability(distance: number, n: number): number {
  const root = Math.sqrt(n);
  const x = distance * (root + 0.12 + 0.11 / root);
  let sum = 0;
  for (let k = 1; k <= 100; k++) sum += 2 * (-1) ** (k - 1) * Math.exp(-2 * (k * x) ** 2);
  return Math.max(0, Math.min(1, sum));
}

/** Variance over mean of counts in bins: 1 for a Poisson process, 0 for an even row. */
export function dispersion(times: readonly number[], binMs: number): number {
  const bins = new Array<number>(Math.floor((times.at(-1)! - times[0]!) / binMs)).fill(0);
  for (const time of times) {
    const bin = Math.floor((time - times[0]!) / binMs);
    if (bin < bins.length) bins[bin]!++;
  }
  const mean = bins.reduce((a, b) => a + b, 0) / bins.length;
  return bins.reduce((sum, count) => sum + (count - mean) ** 2, 0) / bins.length / mean;
}
