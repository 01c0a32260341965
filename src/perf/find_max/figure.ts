/**
 * Limits of figures that come once a pass: their bounds aren't known, but they grow with the load.
 *
 * @module
 */
import type { Threshold } from "../threshold/mod.ts";
import type { ThresholdVerdict } from "../types.ts";
import type { Evidence } from "./fit.ts";

/** Means over a pass; the longest time or a number of failures grow with the pass too. */
const MEANS = ["server.queue", "server.compute", "cpu"];
/** Taken to be as good as so many requests that are independent: to 10 %. */
const REQUESTS = 100;

/** What a figure says of its limit; undefined when it isn't such a one. */
export function figureEvidence(
  { metric, operator, limit }: Threshold,
  { value }: ThresholdVerdict,
): Evidence | undefined {
  if (!MEANS.includes(metric.name) || !operator.startsWith("<")) return undefined;
  if (value === undefined || limit === 0) return undefined;
  const observed = REQUESTS * value / limit;
  return { expected: REQUESTS, observed, variance: observed };
}
