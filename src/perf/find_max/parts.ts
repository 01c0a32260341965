/**
 * Parts of a window: what came between two looks at it.
 *
 * @module
 */

/** How many requests a part has, and their sum (of ones, for a share). */
export interface Part {
  readonly count: number;
  readonly sum: number;
  /** Of a share of slow requests. */
  readonly tail?: Tail;
}

/** The tail of the latencies. */
export interface Tail {
  /** Requests above the tail's start, and above its end. */
  readonly above: number;
  readonly beyond: number;
  /** The time of all of them between start and end, by the limit. */
  readonly excess: number;
}

/** All parts together. */
export function total(parts: readonly Part[]): Part {
  let [count, sum] = [0, 0];
  for (const part of parts) [count, sum] = [count + part.count, sum + part.sum];
  return { count, sum };
}

/** What one look has more than an earlier one. */
export function difference(now: Part, before: Part): Part {
  return combined(now, before, -1);
}

/** Half as many parts, of twice the length. */
export function inPairs(parts: readonly Part[]): Part[] {
  return parts.flatMap((part, i) => {
    if (i % 2 === 1) return [];
    const next = parts[i + 1];
    return [next === undefined ? part : combined(part, next, 1)];
  });
}

function combined(a: Part, b: Part, sign: 1 | -1): Part {
  return {
    count: a.count + sign * b.count,
    sum: a.sum + sign * b.sum,
    tail: a.tail && b.tail && {
      above: a.tail.above + sign * b.tail.above,
      beyond: a.tail.beyond + sign * b.tail.beyond,
      excess: a.tail.excess + sign * b.tail.excess,
    },
  };
}
