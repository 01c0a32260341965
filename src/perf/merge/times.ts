/**
 * Times of many tasks as those of one: percentiles from the buckets of all, never from percentiles.
 *
 * @module
 */
import type { TimeHistogram } from "../histogram.ts";
import { sum } from "../sums.ts";
import type { TimeFigures } from "../types.ts";

/** Merges figures whose buckets were added up in `histogram`; undefined when there are none. */
export function mergeTimes(
  parts: readonly TimeFigures[],
  histogram: TimeHistogram,
  buckets: string,
): TimeFigures | undefined {
  if (parts.length === 0) return undefined;
  const count = sum(parts.map((part) => part.count));
  const minUs = Math.min(...parts.map((part) => part.minUs));
  const maxUs = Math.max(...parts.map((part) => part.maxUs));
  // Sums of whole nanoseconds.
  const averageUs = sum(parts.map((part) => Math.round(part.averageUs * 1000 * part.count))) /
    count / 1000;
  const squares = sum(
    parts.map((part) => part.count * (part.deviationUs ** 2 + (part.averageUs - averageUs) ** 2)),
  );
  const asked = parts.map((part) => part.percentiles.map(({ percentile }) => percentile));
  const common = asked[0]!.filter((p) => asked.every((list) => list.includes(p)));
  const at = (p: number) => Math.min(maxUs, Math.max(minUs, histogram.percentile(p) / 1000));
  return {
    count,
    minUs,
    maxUs,
    averageUs,
    deviationUs: Math.sqrt(squares / count),
    percentiles: common.map((percentile) => ({ percentile, us: at(percentile) })),
    exact: false,
    histogram: histogram.bins(),
    buckets,
  };
}
