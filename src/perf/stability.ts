/**
 * r19.07's rule for a stable measurement: each of the last three passes lies within +/- s percent of
 * their average, for throughput and for latency.
 *
 * @module
 */

/** Passes that are judged together. */
export const STABLE_PASSES = 3;

/** What a pass is judged by. */
export interface PassFigures {
  readonly inferPerSecond: number;
  /** Undefined when the pass kept no request. */
  readonly latencyUs: number | undefined;
}

/** Whether passes are stable, and if not, why. */
export type Stability =
  | { readonly state: "stable" }
  | { readonly state: "unstable"; readonly reason: string }
  | { readonly state: "unjudged" };

/**
 * Judges the last three passes.
 *
 * @param tolerance allowed distance from the average, in percent
 */
export function judgeStability(passes: readonly PassFigures[], tolerance: number): Stability {
  if (passes.length < STABLE_PASSES) return { state: "unjudged" };
  const recent = passes.slice(-STABLE_PASSES);
  const first = passes.length - STABLE_PASSES + 1;
  const empty = recent.findIndex((pass) => pass.latencyUs === undefined);
  if (empty >= 0) {
    return { state: "unstable", reason: `no request ended in the window of pass ${first + empty}` };
  }
  const reason =
    outlier("throughput", recent.map((pass) => pass.inferPerSecond), first, tolerance) ??
      outlier("latency", recent.map((pass) => pass.latencyUs!), first, tolerance);
  return reason === undefined ? { state: "stable" } : { state: "unstable", reason };
}

function outlier(what: string, values: number[], first: number, tolerance: number) {
  const average = values.reduce((sum, value) => sum + value, 0) / values.length;
  const off = values.map((value) => Math.abs(value - average));
  const worst = off.indexOf(Math.max(...off));
  if (off[worst]! <= average * (tolerance / 100)) return undefined;
  const percent = (off[worst]! / average * 100).toPrecision(2);
  return `${what} of pass ${first + worst} is ${Number(percent)} % off the average of passes ` +
    `${first} to ${first + values.length - 1}, more than the ${tolerance} % allowed`;
}
