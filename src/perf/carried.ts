/**
 * How many requests a percentile needs before it says anything: the rule of early stopping that
 * MLPerf Inference has for its server scenario.
 *
 * Of n requests, the number above the true percentile p is binomial with a chance of 1 - p/100 each.
 * MLPerf lets a run stop when a percentile is kept with a confidence of 99 %. Its estimate leaves out
 * the largest time, so at least two have to be above the true percentile, or the estimate is below
 * it. n is enough when fewer than two are above it in at most 1 % of all runs:
 *
 *     q^n + n (1 - q) q^(n - 1) <= 0.01,  q = p / 100
 *
 * That gives the 64 requests for p90 and 662 for p99 of the MLPerf Inference rules (section "early
 * stopping"), and 6,636 for p99.9.
 *
 * @module
 */

const MISSED = 0.01;

/** The chance that fewer than two of `count` requests are above the true percentile. */
function chanceOfMissing(share: number, count: number): number {
  return share ** count + count * (1 - share) * share ** (count - 1);
}

/** The least number of requests that carry percentile `p`, which is above 0 and below 100. */
export function requestsFor(p: number): number {
  const share = p / 100;
  let enough = 2;
  while (chanceOfMissing(share, enough) > MISSED) enough *= 2;
  let tooFew = Math.max(1, enough / 2);
  while (enough - tooFew > 1) {
    const middle = Math.floor((enough + tooFew) / 2);
    if (chanceOfMissing(share, middle) > MISSED) tooFew = middle;
    else enough = middle;
  }
  return enough;
}

/** Whether so many requests carry percentile `p`. */
export function carries(count: number, p: number): boolean {
  return count >= requestsFor(p);
}
