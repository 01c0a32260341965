/**
 * When requests arrive: schedules as plain data, and the moments that follow from them. The same
 * schedule and seed give the same moments.
 *
 * @module
 */
import { createRandom, type Random } from "../random.ts";

/** How the gaps between requests vary around their mean. */
export type Distribution = "constant" | "poisson" | "gamma";

/** A rate that goes from one value to another in a straight line. */
export interface RateStage {
  /** Requests a second. */
  readonly from: number;
  readonly to: number;
  readonly ms: number;
}

/** A schedule. */
export type Arrivals =
  | {
    readonly kind: "rate";
    /** Requests a second; 0 = no end of the gap. */
    readonly rate: number;
    readonly distribution: Distribution;
    /** Of gamma: 1 is poisson, more is more regular, less is burstier. */
    readonly shape: number;
    /** So many requests at a time, the rate staying the same. */
    readonly burst: number;
    readonly seed: number;
  }
  | {
    readonly kind: "stages";
    readonly stages: readonly RateStage[];
    readonly distribution: Distribution;
    readonly shape: number;
    readonly seed: number;
  }
  /** Microseconds between requests, taken in turn without end. */
  | { readonly kind: "intervals"; readonly us: readonly number[] }
  | {
    readonly kind: "offsets";
    /** Milliseconds from the start, ascending. */
    readonly ms: readonly number[];
    /** The step of the data that each request has, -1 = the next in turn; undefined = all in turn. */
    readonly inputs?: readonly number[];
  }
  /** Every `count`-th request of another schedule, from the one at `index` on. */
  | {
    readonly kind: "share";
    readonly of: Arrivals;
    readonly index: number;
    readonly count: number;
    /** A moment that all tasks know, milliseconds since 1970 by this machine's clock. */
    readonly anchorMs?: number;
    /** When it begins; undefined = at once. See `withCommonStart`. */
    readonly beginMs?: number;
  };

/** The moments of a schedule, one after the other. */
export interface ArrivalCursor {
  /** Milliseconds from the start to the next request; Infinity = there is none. */
  next(): number;
  /** The step of the data for the request that `next` told of; undefined or -1 = the next in turn. */
  readonly input?: number;
}

/** Starts a schedule. */
export function arrivalCursor(arrivals: Arrivals): ArrivalCursor {
  switch (arrivals.kind) {
    case "rate":
      return rateCursor(arrivals);
    case "stages":
      return stageCursor(arrivals);
    case "intervals":
      return intervalCursor(arrivals.us);
    case "offsets": {
      let index = 0;
      return {
        next: () => index < arrivals.ms.length ? arrivals.ms[index++]! : Infinity,
        get input() {
          return arrivals.inputs?.[index - 1];
        },
      };
    }
    case "share":
      return shareCursor(arrivals);
  }
}

/** Gaps with a mean of 1. */
export function unitGaps(distribution: Distribution, shape: number, random: Random): () => number {
  if (distribution === "constant") return () => 1;
  if (distribution === "poisson") return () => -Math.log(1 - random.unit());
  return () => gamma(shape, random) / shape;
}

function rateCursor(
  { rate, distribution, shape, burst, seed }: Extract<Arrivals, { kind: "rate" }>,
): ArrivalCursor {
  const gap = unitGaps(distribution, shape, createRandom(seed));
  const mean = burst * 1000 / rate;
  let units = 0;
  let inBurst = 0;
  return {
    next() {
      if (inBurst === burst) {
        // Counted in gaps, so that rounding doesn't add up over hours.
        units += gap();
        inBurst = 0;
      }
      inBurst++;
      return units * mean;
    },
  };
}

/** The moment at which the integral of the rate reaches the sum of the gaps. */
function stageCursor(
  { stages, distribution, shape, seed }: Extract<Arrivals, { kind: "stages" }>,
): ArrivalCursor {
  const gap = unitGaps(distribution, shape, createRandom(seed));
  let stage = 0;
  let stageStart = 0;
  /** Requests that earlier stages bring. */
  let before = 0;
  let wanted = 0;
  return {
    next() {
      wanted += gap();
      for (; stage < stages.length; stage++) {
        const { from, to, ms } = stages[stage]!;
        const seconds = ms / 1000;
        const brings = (from + to) / 2 * seconds;
        // The sum of gaps may lie an ulp above a whole number of requests.
        if (wanted <= before + brings * (1 + 1e-12)) {
          return stageStart + timeOf(wanted - before, from, (to - from) / seconds) * 1000;
        }
        before += brings;
        stageStart += ms;
      }
      return Infinity;
    },
  };
}

/** Seconds until `count` requests came, at a rate of `from` that grows by `slope` a second. */
function timeOf(count: number, from: number, slope: number): number {
  const root = Math.sqrt(Math.max(0, from * from + 2 * slope * count));
  return from + root === 0 ? 0 : 2 * count / (from + root);
}

function intervalCursor(us: readonly number[]): ArrivalCursor {
  let index = 0;
  let sum = 0;
  return {
    next() {
      const at = sum / 1000;
      sum += us[index]!;
      index = (index + 1) % us.length;
      return at;
    },
  };
}

/** All shares together are the schedule, whatever its gaps are drawn from. */
function shareCursor({ of, index, count }: Extract<Arrivals, { kind: "share" }>): ArrivalCursor {
  const cursor = arrivalCursor(of);
  let skip = index;
  return {
    next() {
      for (; skip > 0; skip--) cursor.next();
      skip = count - 1;
      return cursor.next();
    },
    get input() {
      return cursor.input;
    },
  };
}

/** Gamma with a scale of 1, by Marsaglia and Tsang's method. */
function gamma(shape: number, random: Random): number {
  if (shape < 1) return gamma(shape + 1, random) * (1 - random.unit()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  while (true) {
    const x = normal(random);
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    if (Math.log(1 - random.unit()) < x * x / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** Box and Muller's. */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.unit())) * Math.cos(2 * Math.PI * random.unit());
}

/** Requests of a schedule that has an end, and its mean rate a second. */
export function measureArrivals(arrivals: Arrivals): { count: number; rate: number } {
  const cursor = arrivalCursor(arrivals);
  let count = 0;
  let last = 0;
  for (let at = cursor.next(); at < Infinity; at = cursor.next()) {
    count++;
    last = at;
  }
  return { count, rate: last > 0 ? count / (last / 1000) : count };
}
