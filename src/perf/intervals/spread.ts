/**
 * How passes lie beside one another: whether they agree, spread, or fall into two groups, as they do
 * when a server has two ways of working and changes between them.
 *
 * @module
 */
import type { Interval, PassGroup, PassResult, PassSpread } from "../types.ts";

/** A group is made of so many passes at least. */
const MIN_GROUP = 2;
/** Between groups lies so many times what the wider one spans. */
const GAP = 2;

/** The figures of a pass that is compared. */
type Pass = Pick<PassResult, "pass" | "inferPerSecond" | "latency">;

const range = (values: readonly number[]): Interval => [Math.min(...values), Math.max(...values)];
const averageUs = ({ latency }: Pass) => latency?.averageUs ?? 0;

/**
 * Compares passes, by throughput or, with a schedule, by latency.
 *
 * @param tolerance passes that are within +/- so many percent of their mean agree
 * @returns undefined for fewer than two
 */
export function passSpread(
  passes: readonly Pass[],
  tolerance: number,
  open: boolean,
): PassSpread | undefined {
  if (passes.length < 2) return undefined;
  const figure = open ? averageUs : (pass: Pass) => pass.inferPerSecond;
  const sorted = passes.toSorted((a, b) => figure(a) - figure(b));
  const values = sorted.map(figure);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const [low, high] = range(values);
  const far = Math.max(mean - low, high - mean) > mean * tolerance / 100;
  const cut = far ? cutOf(values) : undefined;
  const parts = cut === undefined ? [sorted] : [sorted.slice(0, cut), sorted.slice(cut)];
  const groups = parts.map(groupOf)
    .sort((a, b) => a.inferPerSecond[0] - b.inferPerSecond[0]);
  return {
    kind: !far ? "steady" : cut === undefined ? "spread" : "groups",
    inferPerSecond: range(passes.map((pass) => pass.inferPerSecond)),
    averageUs: range(passes.map(averageUs)),
    groups,
  };
}

/** Where ascending values fall into two groups: the index of the upper one's first. */
function cutOf(values: readonly number[]): number | undefined {
  let cut = MIN_GROUP;
  const gapAt = (i: number) => values[i]! - values[i - 1]!;
  for (let i = MIN_GROUP; i <= values.length - MIN_GROUP; i++) if (gapAt(i) > gapAt(cut)) cut = i;
  if (cut > values.length - MIN_GROUP) return undefined;
  const widest = Math.max(values[cut - 1]! - values[0]!, values.at(-1)! - values[cut]!);
  return gapAt(cut) > GAP * widest ? cut : undefined;
}

function groupOf(passes: readonly Pass[]): PassGroup {
  return {
    passes: passes.map(({ pass }) => pass).sort((a, b) => a - b),
    inferPerSecond: range(passes.map((pass) => pass.inferPerSecond)),
    averageUs: range(passes.map(averageUs)),
  };
}
