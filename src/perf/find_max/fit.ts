/**
 * Where a figure crosses its limit, by all loads that were tried. Near the limit the logarithm of the
 * share of slow requests, or of a mean, grows about in a straight line with the load, so that all
 * passes together tell more than the last one alone.
 *
 * The line is fitted by quasi-likelihood, to counts and not to logarithms of counts: a pass counts by
 * what is expected of it. Weights by what was observed would favour passes with more slow requests,
 * and so pull the answer down.
 *
 * @module
 */

/** What a pass says about one limit. */
export interface Evidence {
  /** Slow requests at the limit; of a mean, the number of requests. */
  readonly expected: number;
  /** Slow requests, in odds; of a mean, the sum of the times by the limit. */
  readonly observed: number;
  /** Of `observed`. */
  readonly variance: number;
  /** The same by the tail of the latencies; `gap` is the variance of the difference. */
  readonly tail?: { readonly observed: number; readonly variance: number; readonly gap: number };
}

/** A pass at a load. */
export interface TriedLoad extends Evidence {
  readonly value: number;
}

/** An estimate of the load at the limit. */
export interface Crossing {
  readonly value: number;
  /** Its standard error, as a share. */
  readonly error: number;
  /** Growth of the figure's logarithm by the load's, at the limit. */
  readonly slope: number;
}

interface Line {
  readonly slope: number;
  /** From the middle of the loads to the one at the limit, as a share. */
  readonly offset: number;
  readonly variance: number;
  /** A logarithm. */
  readonly likelihood: number;
}

/** Queues have 5 to 30 at their usual limits; a server that refuses has more. */
const SLOPES = Array.from({ length: 41 }, (_, i) => 2 * 100 ** (i / 40));
/** Before anything is measured; the deviation is that of the logarithm. */
const PRIOR = { slope: 9, deviation: 1 } as const;
/** The truth is a bent line: off the straight one by this share of its distance from the limit. */
const BENT = 0.15;
/** This many times above the limit a queue may still be growing; the figure is one of that moment. */
const HIGHEST = 30;

/** Whether a load is far too high: that is all the pass says. */
export function isFarAbove({ observed, expected }: Evidence): boolean {
  return observed > HIGHEST * expected;
}

/** Further away, in logarithms, the distance isn't known. */
const FAR = Math.log(100);
/** Weights follow from the line, and the line from them. */
const ROUNDS = 4;

/** The crossing; undefined with fewer than two loads, or when nothing was slow. */
export function crossing(tried: readonly TriedLoad[]): Crossing | undefined {
  if (new Set(tried.map(({ value }) => value)).size < 2) return undefined;
  if (tried.every(({ observed }) => observed === 0)) return undefined;
  let found: Crossing | undefined;
  let weights = weightsOf(
    tried,
    tried.map(() => 1),
    ({ observed, expected }) => Math.log(Math.max(observed, 0.5) / expected),
  );
  for (let round = 0; round < ROUNDS; round++) {
    const line = fit(tried, weights);
    const zero = found = line;
    weights = weightsOf(tried, weights, ({ value }) => zero.slope * (value / zero.value - 1));
  }
  return found;
}

/** The mean over all slopes, by how likely they are. */
function fit(tried: readonly TriedLoad[], weights: readonly number[]): Crossing {
  const sum = (of: (load: TriedLoad) => number) => weightedSum(tried, weights, of);
  const observed = sum((load) => load.observed);
  const middle = sum((load) => load.value * load.observed) / observed;
  const dispersion = sum(({ variance }) => variance) / observed;
  const lines = SLOPES.map((slope): Line => {
    const growth = ({ value }: TriedLoad) => slope * (value / middle - 1);
    const level = Math.log(
      observed / sum((load) => load.expected * Math.exp(growth(load))),
    );
    const likelihood = sum((load) => load.observed * (level + growth(load))) / dispersion;
    const prior = (Math.log(slope / PRIOR.slope) / PRIOR.deviation) ** 2 / 2;
    return {
      slope,
      offset: -level / slope,
      variance: dispersion / observed / slope ** 2,
      likelihood: likelihood - prior,
    };
  });
  const most = Math.max(...lines.map(({ likelihood }) => likelihood));
  const chances = lines.map(({ likelihood }) => Math.exp(likelihood - most));
  const total = chances.reduce((a, b) => a + b, 0);
  const mean = (of: (line: Line) => number) => weightedSum(lines, chances, of) / total;
  const offset = Math.max(-0.9, mean((line) => line.offset));
  const variance = mean((line) => line.variance + (line.offset - offset) ** 2);
  const slope = Math.exp(mean((line) => Math.log(line.slope)));
  return {
    value: middle * (1 + offset),
    error: Math.sqrt(variance) / (1 + offset),
    slope: slope * (1 + offset),
  };
}

/** What is far from the limit counts less. */
function weightsOf(
  tried: readonly TriedLoad[],
  weights: readonly number[],
  height: (load: TriedLoad) => number,
): number[] {
  const dispersion = weightedSum(tried, weights, ({ variance }) => variance) /
    weightedSum(tried, weights, ({ observed }) => observed);
  return tried.map((load) => {
    const off = Math.min(FAR, Math.max(-FAR, height(load)));
    return 1 / (1 + (BENT * off) ** 2 * load.expected * Math.exp(off) / dispersion);
  });
}

function weightedSum<T>(
  values: readonly T[],
  weights: readonly number[],
  of: (value: T) => number,
): number {
  return values.reduce((sum, value, i) => sum + weights[i]! * of(value), 0);
}
