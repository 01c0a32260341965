/**
 * Whether a share or a mean is clearly on one side of its limit. Requests that meet a queue are not
 * independent: a slow one is among slow ones. So the variance is taken from batches, as large ones as
 * show the most of it, and is never less than the binomial one.
 *
 * @module
 */
import type { Evidence } from "./fit.ts";
import { type Part, total } from "./parts.ts";
import { countByTail } from "./tail.ts";

/** On which side, or that it can't be told yet. */
export type Side = "below" | "above" | "open";

/** A limit of a mean, or of a share of the requests. */
export interface Limit {
  readonly kind: "share" | "mean";
  /** Of a share from 0 to 1, of a mean in the unit of the sums. */
  readonly limit: number;
}

/** Standard deviations that make a difference clear: 1 % of each side. */
const CLEAR = 2.33;
/** Batches that a variance takes. */
const MIN_BATCHES = 8;
/** With fewer, a figure has to be this many times its limit, or its limit that many times it. */
const MANY_BATCHES = 32;
const FAR = 4;
/** Requests that are expected beyond the limit of a share, before it is judged at all. */
const MIN_EXPECTED = 10;

/** What the parts say of the limit; undefined before they say anything. */
export function evidenceOf(
  parts: readonly Part[],
  { kind, limit }: Limit,
): Evidence | undefined {
  const { count, sum } = total(parts);
  if (parts.length < MIN_BATCHES || count === 0 || limit === 0) return undefined;
  const off = offsets(parts, sum / count);
  if (kind === "mean") {
    return { expected: count, observed: sum / limit, variance: varianceOf(off) / limit ** 2 };
  }
  // In odds: shares end at 1, and a line of their logarithms would bend there.
  const odds = (slow: number, variance: number) => {
    const rest = Math.max(1 - slow / count, 1 / count);
    const factor = (1 - limit) / rest;
    return { observed: slow * factor, variance: variance * (factor / rest) ** 2 };
  };
  const expected = count * limit;
  const plain = odds(sum, Math.max(sum, varianceOf(off)));
  const byTail = countByTail(parts);
  if (byTail === undefined) return { expected, ...plain };
  const { observed, influence } = byTail;
  const gap = odds(sum, varianceOf(influence.map((part, i) => part - off[i]!))).variance;
  return { expected, ...plain, tail: { ...odds(observed, varianceOf(influence)), gap } };
}

/** Whether the parts as a whole keep the limit. */
export function keeps(parts: readonly Part[], { kind, limit }: Limit): boolean {
  const { count, sum } = total(parts);
  // One request less than a percentile allows: its rank is rounded.
  return kind === "share" ? sum + 1 <= count * limit : sum < count * limit;
}

/** Judges the parts so far. */
export function clearSide(parts: readonly Part[], { kind, limit }: Limit): Side {
  const { count, sum } = total(parts);
  if (parts.length < MIN_BATCHES || count === 0) return "open";
  const ratio = sum / count;
  // The variance of few batches is too small as often as not: only what is far from the limit counts.
  const far = ratio > limit * FAR || ratio * FAR < limit;
  if (!far && parts.length < MANY_BATCHES) return "open";
  if (kind === "share" && Math.max(sum, count * limit) < MIN_EXPECTED) return "open";
  // What the limit itself would bring: few are no proof that there are none.
  const least = kind === "share" ? Math.max(ratio, limit) * (1 - limit) / count : 0;
  const spread = Math.sqrt(Math.max(least, varianceOf(offsets(parts, ratio)) / count ** 2));
  if (ratio + CLEAR * spread < limit) return "below";
  return ratio - CLEAR * spread > limit ? "above" : "open";
}

/** By how much each part is off the ratio of all. */
function offsets(parts: readonly Part[], ratio: number): number[] {
  return parts.map(({ count, sum }) => sum - ratio * count);
}

/** The variance of a sum of offsets: the largest that batches of 1, 2, 4, ... of them show. */
function varianceOf(offsets: readonly number[]): number {
  let most = 0;
  for (let size = 1; offsets.length / size >= MIN_BATCHES; size *= 2) {
    const batches = Math.floor(offsets.length / size);
    let squares = 0;
    for (let i = 0; i < batches; i++) {
      let off = 0;
      for (let j = i * size; j < (i + 1) * size; j++) off += offsets[j]!;
      squares += off * off;
    }
    const used = batches * size / offsets.length;
    most = Math.max(most, squares / used * batches / (batches - 1));
  }
  return most;
}
