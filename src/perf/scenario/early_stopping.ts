/**
 * The early stopping of MLPerf's LoadGen: how many requests must have been quick, and which of the slow
 * ones stands for a percentile, so that the true percentile is no worse with a confidence of 99 %. The
 * rule is that of loadgen/early_stopping.cc in github.com/mlcommons/inference, with its tolerance of 0:
 *
 *     h(t) = the least h with P(at most t of h + t requests are slow) < 1 %
 *
 * where each request is slow with a chance of 1 - p. LoadGen has that chance from the regularised beta
 * function; here the binomial terms are added up.
 *
 * @module
 */

const MISSED = 0.01;
/** Terms below this share of the sum don't change it. */
const NEGLIGIBLE = 1e-17;

/** The chance that at most `slow` of `count` requests are slow, each with a chance of `1 - quick`. */
export function chanceOfAtMost(slow: number, count: number, quick: number): number {
  let term = logBinomial(count, slow) + (count - slow) * Math.log(quick) +
    slow * Math.log1p(-quick);
  // The largest term is the last one, where slow requests are fewer than expected.
  let sum = 1;
  let ratio = 1;
  for (let x = slow; x > 0; x--) {
    ratio *= x / (count - x + 1) * quick / (1 - quick);
    sum += ratio;
    if (ratio < NEGLIGIBLE * sum) break;
  }
  term += Math.log(sum);
  return Math.min(1, Math.exp(term));
}

/** The least number of quick requests beside `slow` ones, for the share `p` (0 to 1). */
export function minPassing(slow: number, p: number): number {
  const passes = (h: number) => chanceOfAtMost(slow, h + slow, p) < MISSED;
  // Where half of the runs would have more slow ones.
  let tooFew = Math.floor(slow * p / (1 - p));
  let enough = tooFew + 8;
  while (!passes(enough)) enough += enough - tooFew;
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    if (passes(middle)) enough = middle;
    else tooFew = middle;
  }
  return enough;
}

/**
 * Which time stands for percentile `p` of `count`: the so-many-th from above, 1 being the largest.
 * Undefined when there are too few.
 */
export function estimateRank(count: number, p: number): number | undefined {
  const holds = (t: number) => count >= minPassing(t, p) + t;
  if (!holds(1)) return undefined;
  let [good, bad] = [1, 2];
  while (holds(bad)) [good, bad] = [bad, bad * 2];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (holds(middle)) good = middle;
    else bad = middle;
  }
  return good;
}

function logBinomial(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}

const SMALL = 64;
const LOG_FACTORIALS = new Float64Array(SMALL);
for (let i = 2; i < SMALL; i++) LOG_FACTORIALS[i] = LOG_FACTORIALS[i - 1]! + Math.log(i);

/** Stirling's series; beyond 64 its error is below what a number can hold. */
function logFactorial(n: number): number {
  if (n < SMALL) return LOG_FACTORIALS[n]!;
  const series = 1 / (12 * n) - 1 / (360 * n ** 3) + 1 / (1260 * n ** 5);
  return n * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI * n) + series;
}
