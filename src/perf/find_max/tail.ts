/**
 * Counts slow requests by more than those that are slow. Latencies of a queue have an exponential
 * tail, so the requests that come near a limit tell how many go beyond it: from a quarter of the
 * limit on, that is worth half as many requests again and more. Whether the tail of this server is
 * exponential isn't known. The difference to the plain count shows it, as its variance is known too.
 *
 * @module
 */
import type { TriedLoad } from "./fit.ts";
import type { Part } from "./parts.ts";

/** Requests above the limit by the tail, and what each part adds to that. */
export interface TailCount {
  readonly observed: number;
  readonly influence: readonly number[];
}

/** Start and end of the tail, by the limit. */
export const TAIL = { from: 0.25, to: 1.5 } as const;
/** Standard errors of the difference: up to the one the tail is believed, from the other on it isn't. */
const DOUBT = { none: 1.5, full: 2.5 } as const;
/** Passes with a figure further from the limit have no part in the doubt. */
const NEAR = 10;

/** Counts by the tail; undefined when nothing ended in it. */
export function countByTail(parts: readonly Part[]): TailCount | undefined {
  let [count, above, ended, excess] = [0, 0, 0, 0];
  for (const part of parts) {
    if (part.tail === undefined) return undefined;
    count += part.count;
    above += part.tail.above;
    ended += part.tail.above - part.tail.beyond;
    excess += part.tail.excess;
  }
  if (ended === 0 || excess === 0) return undefined;
  const distance = 1 - TAIL.from;
  const observed = above * Math.exp(-distance * ended / excess);
  // The derivative of the logarithm by each part; all of them add up to 0.
  const influence = parts.map(({ count: part, tail }) => {
    const hazard = (tail!.above - tail!.beyond - ended * tail!.excess / excess) / excess;
    return observed * (tail!.above / above - part / count - distance * hazard);
  });
  return { observed, influence };
}

/** The loads with counts that can be believed: by the tail, plain, or in between. */
export function believed(loads: readonly TriedLoad[]): TriedLoad[] {
  let [gap, variance] = [0, 0];
  for (const { observed, expected, tail } of loads) {
    if (tail === undefined || observed > NEAR * expected || observed * NEAR < expected) continue;
    gap += tail.observed - observed;
    variance += tail.gap;
  }
  const errors = gap === 0 ? 0 : Math.abs(gap) / Math.sqrt(variance);
  const doubt = Math.min(1, Math.max(0, (errors - DOUBT.none) / (DOUBT.full - DOUBT.none)));
  return loads.map((load) => {
    const { tail } = load;
    if (tail === undefined) return load;
    return {
      ...load,
      observed: tail.observed + doubt * (load.observed - tail.observed),
      variance: tail.variance + doubt * (load.variance - tail.variance),
    };
  });
}
