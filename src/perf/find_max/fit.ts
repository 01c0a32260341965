/**
 * Where a figure crosses its limit, by all loads that were tried. Near the limit the logarithm of the
 * share of slow requests grows about in a straight line with that of the load, so that several short
 * passes tell more together than the last one alone.
 *
 * @module
 */

/** What a pass says about the limit that it is closest to. */
export interface Nearness {
  /** The figure by its limit: 1 = at the limit. */
  readonly ratio: number;
  /** Relative variance of the ratio. */
  readonly variance: number;
}

/** A pass at a load. */
export interface TriedLoad extends Nearness {
  readonly value: number;
}

/** An estimate of the load at the limit. */
export interface Crossing {
  readonly value: number;
  /** Its standard error, as a share. */
  readonly error: number;
}

/** Ratios far from the limit say nothing about the line at it. */
const NEAR = { least: 0.1, most: 10, variance: 1 } as const;
/** Of the line, so that noise can't turn it; queues have 5 to 20 at their usual loads. */
const SLOPE = { least: 3, most: 100 } as const;

/** The crossing; undefined when fewer than two loads are near enough. */
export function crossing(tried: readonly TriedLoad[]): Crossing | undefined {
  const near = tried.filter(({ ratio, variance }) =>
    ratio >= NEAR.least && ratio <= NEAR.most && variance <= NEAR.variance
  );
  if (new Set(near.map(({ value }) => value)).size < 2) return undefined;
  const points = near.map(({ value, ratio, variance }) => ({
    x: Math.log(value),
    y: Math.log(ratio),
    // A line is only near the truth: what is far from the limit counts less.
    weight: 1 / (Math.max(variance, 1e-6) + Math.log(ratio) ** 2 / 10),
  }));
  const weights = points.reduce((sum, { weight }) => sum + weight, 0);
  const mean = (of: (point: typeof points[number]) => number) =>
    points.reduce((sum, point) => sum + point.weight * of(point), 0) / weights;
  const [x, y] = [mean((point) => point.x), mean((point) => point.y)];
  const xx = mean((point) => (point.x - x) ** 2);
  const xy = mean((point) => (point.x - x) * (point.y - y));
  const slope = Math.min(SLOPE.most, Math.max(SLOPE.least, xx === 0 ? 0 : xy / xx));
  return { value: Math.exp(x - y / slope), error: Math.sqrt(1 / weights) / slope };
}
