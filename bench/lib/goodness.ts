/**
 * How well moments fit a schedule.
 *
 * @module
 */

/** Kolmogorov and Smirnov's distance: the largest one between the values' distribution and another. */
export function distanceFrom(values: readonly number[], cdf: (value: number) => number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const n = sorted.length;
  return sorted.reduce((most, value, i) => {
    const expected = cdf(value);
    return Math.max(most, Math.abs(expected - i / n), Math.abs(expected - (i + 1) / n));
  }, 0);
}

/** The sum of so many exponential gaps of this mean: the shape of a Poisson process. */
export function erlang(count: number, mean: number): (value: number) => number {
  return (value) => {
    const x = value / mean;
    let term = Math.exp(-x);
    let above = term;
    for (let k = 1; k < count; k++) above += term *= x / k;
    return 1 - above;
  };
}

/** The largest distance between the distributions of two samples. */
export function distanceBetween(a: readonly number[], b: readonly number[]): number {
  const [left, right] = [a, b].map((values) => [...values].sort((x, y) => x - y)) as [
    number[],
    number[],
  ];
  let [i, j, most] = [0, 0, 0];
  while (i < left.length && j < right.length) {
    const at = Math.min(left[i]!, right[j]!);
    while (left[i]! <= at) i++;
    while (right[j]! <= at) j++;
    most = Math.max(most, Math.abs(i / left.length - j / right.length));
  }
  return most;
}

/**
 * The probability of a Kolmogorov-Smirnov distance that large, or larger, among n values. For two samples
 * n is the product of their sizes over their sum.
 */
export function distanceProbability(distance: number, n: number): number {
  const root = Math.sqrt(n);
  const x = distance * (root + 0.12 + 0.11 / root);
  // The sum doesn't get there: the probability is 1 to many digits.
  if (x < 0.2) return 1;
  let sum = 0;
  for (let k = 1; k <= 100; k++) sum += 2 * (-1) ** (k - 1) * Math.exp(-2 * (k * x) ** 2);
  return Math.max(0, Math.min(1, sum));
}

/** Counts in bins. */
export interface Dispersion {
  /** Variance over mean: 1 for a Poisson process, 0 for an even row. */
  readonly ratio: number;
  /** That of a ratio as far from 1, or farther, if they are those of a Poisson process. */
  readonly probability: number;
}

/** How the numbers of requests in bins of this length vary. */
export function dispersion(times: readonly number[], binMs: number): Dispersion {
  const bins = new Array<number>(Math.floor((times.at(-1)! - times[0]!) / binMs)).fill(0);
  for (const time of times) {
    const bin = Math.floor((time - times[0]!) / binMs);
    if (bin < bins.length) bins[bin]!++;
  }
  const mean = bins.reduce((a, b) => a + b, 0) / bins.length;
  const free = bins.length - 1;
  const ratio = bins.reduce((sum, count) => sum + (count - mean) ** 2, 0) / free / mean;
  // The cube root of a chi-square over its degrees of freedom is all but normal (Wilson and Hilferty).
  const spread = 2 / (9 * free);
  const z = (Math.cbrt(ratio) - (1 - spread)) / Math.sqrt(spread);
  return { ratio, probability: 2 * above(Math.abs(z)) };
}

/** The probability of a standard normal value above z >= 0, within 1e-7 (Abramowitz and Stegun 26.2.17). */
function above(z: number): number {
  const t = 1 / (1 + 0.2316419 * z);
  const factors = [0.31938153, -0.356563782, 1.781477937, -1.821255978, 1.330274429];
  const sum = factors.reduceRight((rest, factor) => (rest + factor) * t, 0);
  return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) * sum;
}
