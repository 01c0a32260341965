/**
 * Whether a share or a mean is clearly on one side of its limit. Requests that meet a queue are not
 * independent: a slow one is among slow ones. So the variance is taken from batches, as large ones as
 * show the most of it, and is never less than the binomial one.
 *
 * @module
 */
import type { Nearness } from "./fit.ts";

/** A part of a window: how many requests it has, and their sum (of ones, for a share). */
export interface Part {
  readonly count: number;
  readonly sum: number;
}

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

/** The figure by its limit, with its relative variance; undefined before there is one. */
export function nearness(parts: readonly Part[], { kind, limit }: Limit): Nearness | undefined {
  const count = parts.reduce((total, part) => total + part.count, 0);
  const sum = parts.reduce((total, part) => total + part.sum, 0);
  if (parts.length < MIN_BATCHES || count === 0 || limit === 0) return undefined;
  const ratio = sum / count;
  if (sum === 0) return { ratio: 0, variance: Infinity };
  const binomial = kind === "share" ? 1 / sum : 0;
  return {
    ratio: ratio / limit,
    variance: Math.max(binomial, varianceOfRatio(parts, ratio, count) / ratio ** 2),
  };
}

/** Judges the parts so far. */
export function clearSide(parts: readonly Part[], { kind, limit }: Limit): Side {
  const count = parts.reduce((total, part) => total + part.count, 0);
  const sum = parts.reduce((total, part) => total + part.sum, 0);
  if (parts.length < MIN_BATCHES || count === 0) return "open";
  const ratio = sum / count;
  // The variance of few batches is too small as often as not: only what is far from the limit counts.
  const far = ratio > limit * FAR || ratio * FAR < limit;
  if (!far && parts.length < MANY_BATCHES) return "open";
  if (kind === "share" && Math.max(sum, count * limit) < MIN_EXPECTED) return "open";
  // What the limit itself would bring: few are no proof that there are none.
  const least = kind === "share" ? Math.max(ratio, limit) * (1 - limit) / count : 0;
  const spread = Math.sqrt(Math.max(least, varianceOfRatio(parts, ratio, count)));
  if (ratio + CLEAR * spread < limit) return "below";
  return ratio - CLEAR * spread > limit ? "above" : "open";
}

/** The largest variance of the ratio that batches of 1, 2, 4, ... parts show. */
function varianceOfRatio(parts: readonly Part[], ratio: number, count: number): number {
  let most = 0;
  for (let size = 1; parts.length / size >= MIN_BATCHES; size *= 2) {
    const batches = Math.floor(parts.length / size);
    let squares = 0;
    for (let i = 0; i < batches; i++) {
      let off = 0;
      for (const part of parts.slice(i * size, (i + 1) * size)) {
        off += part.sum - ratio * part.count;
      }
      squares += off * off;
    }
    const used = batches * size / parts.length;
    most = Math.max(most, squares / used * batches / (batches - 1) / count ** 2);
  }
  return most;
}
