/**
 * Estimates with intervals, put together over runs and set against one another.
 *
 * @module
 */
import type { Interval } from "../intervals/types.ts";
import { studentFactor } from "../intervals/student.ts";
import { sum } from "../sums.ts";

/** A figure and what it lies between; undefined when that isn't known. */
export interface Estimate {
  readonly value: number;
  readonly ci95?: Interval;
}

/** So many runs are a sample of their own, which has in it what changes from run to run. */
export const ENOUGH_RUNS = 3;

/** The mean of values, with Student's interval; of one value there is none. */
function meanOf(values: readonly number[]): Estimate {
  const value = sum(values) / values.length;
  if (values.length < 2) return { value };
  const variance = sum(values.map((each) => (each - value) ** 2)) / (values.length - 1);
  const reach = studentFactor(values.length - 1) * Math.sqrt(variance / values.length);
  return { value, ci95: [value - reach, value + reach] };
}

/**
 * The mean of figures that are a sample, with Student's interval, none of which is below 0.
 *
 * @param values at least one
 */
export function ofSample(values: readonly number[]): Estimate {
  const { value, ci95 } = meanOf(values);
  return ci95 === undefined ? { value } : { value, ci95: [Math.max(0, ci95[0]), ci95[1]] };
}

/**
 * The change in percent that logarithms of ratios tell, with Student's interval on them.
 *
 * @param logs at least two
 */
export function ofRatios(logs: readonly number[]): Estimate {
  const { value, ci95 = [value, value] } = meanOf(logs);
  return { value: percentOf(value), ci95: [percentOf(ci95[0]), percentOf(ci95[1])] };
}

/** The runs of a side as one: a sample where there are enough; of two the interval covers both. */
export function ofRuns(runs: readonly Estimate[]): Estimate {
  if (runs.length === 1) return runs[0]!;
  const values = runs.map(({ value }) => value);
  if (runs.length >= ENOUGH_RUNS) return ofSample(values);
  const ends = runs.flatMap(({ value, ci95 }) => ci95 ?? [value]);
  return { value: sum(values) / 2, ci95: [Math.min(...ends), Math.max(...ends)] };
}

/**
 * The change of a figure in percent. Its interval is made of the intervals of both (the method of
 * variance estimates recovery of Zou and Donner, 2008, on logarithms), so that they need not be
 * symmetrical.
 *
 * @returns undefined when the base is 0
 */
export function changeOf(base: Estimate, next: Estimate): Estimate | undefined {
  if (base.value === 0 && next.value === 0) return { value: 0, ci95: [0, 0] };
  if (!(base.value > 0)) return undefined;
  const value = 100 * (next.value / base.value - 1);
  if (base.ci95 === undefined || next.ci95 === undefined || next.value === 0) return { value };
  const log = Math.log(next.value / base.value);
  const below = Math.hypot(
    Math.log(next.value / next.ci95[0]),
    Math.log(base.ci95[1] / base.value),
  );
  const above = Math.hypot(
    Math.log(next.ci95[1] / next.value),
    Math.log(base.value / base.ci95[0]),
  );
  return { value, ci95: [percentOf(log - below), percentOf(log + above)] };
}

/** JSON has no infinity: a change beyond this can't be told from one. */
const MOST = 1e6;
const percentOf = (log: number) => Math.min(MOST, 100 * (Math.exp(log) - 1));

/** A share of so many with the interval of Wilson. */
export function ofShare(count: number, total: number): Estimate {
  if (total === 0) return { value: 0 };
  const z = 1.959964;
  const share = count / total;
  const middle = (share + z * z / (2 * total)) / (1 + z * z / total);
  const reach = z / (1 + z * z / total) *
    Math.sqrt(share * (1 - share) / total + z * z / (4 * total * total));
  return { value: share, ci95: [Math.max(0, middle - reach), Math.min(1, middle + reach)] };
}

/** The difference of two shares in percentage points, by the same method. */
export function pointsOf(base: Estimate, next: Estimate): Estimate {
  const value = 100 * (next.value - base.value);
  if (base.ci95 === undefined || next.ci95 === undefined) return { value };
  const below = Math.hypot(next.value - next.ci95[0], base.ci95[1] - base.value);
  const above = Math.hypot(next.ci95[1] - next.value, base.value - base.ci95[0]);
  return { value, ci95: [value - 100 * below, value + 100 * above] };
}
