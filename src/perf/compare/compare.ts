/**
 * Compares measurements: level by level, figure by figure.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import { loadName } from "../report/text.ts";
import type { LevelResult } from "../types.ts";
import { checkComparable, differencesOf, type NamedRun } from "./differences.ts";
import { compareMetrics } from "./metrics.ts";
import type { Comparison, LevelComparison } from "./types.ts";

/**
 * Compares runs.
 *
 * @param base one run at least
 * @param next one run at least
 * @param inTurn whether the sides were measured pass by pass in turn
 * @throws {InferenceError} FILE when they can't be compared
 */
export function compareRuns(
  base: readonly NamedRun[],
  next: readonly NamedRun[],
  inTurn = false,
): Comparison {
  const [a, b] = [base.flatMap(runsOf), next.flatMap(runsOf)];
  checkComparable([...a, ...b]);
  const [left, right] = [levelsOf(a), levelsOf(b)];
  const levels: LevelComparison[] = [];
  for (const [key, mine] of left) {
    const theirs = right.get(key);
    if (theirs === undefined) continue;
    const { concurrency, requestRate } = mine[0]!;
    levels.push({
      ...requestRate === undefined ? { concurrency } : { requestRate },
      runs: { base: mine.length, new: theirs.length },
      metrics: compareMetrics(mine, theirs, inTurn),
    });
  }
  if (levels.length === 0) {
    const names = (side: Map<string, LevelResult[]>) => [...side.keys()].join(", ");
    throw new InferenceError(
      "FILE",
      `Cannot compare ${a[0]!.name} and ${b[0]!.name}: they have no level in common, ` +
        `${names(left)} and ${names(right)}`,
      { hint: "measure both sides at the same levels" },
    );
  }
  const only = (side: string, mine: Map<string, unknown>, theirs: Map<string, unknown>) =>
    [...mine.keys()].filter((key) => !theirs.has(key)).map((key) => `${key}: ${side} alone`);
  return {
    base: base.map(({ name }) => name),
    new: next.map(({ name }) => name),
    differences: differencesOf(a[0]!.report, b[0]!.report),
    levels,
    unmatched: [...only("base", left, right), ...only("new", right, left)],
  };
}

/** A report of several runs is as many. */
function runsOf({ name, report }: NamedRun): NamedRun[] {
  if (report.runs === undefined || report.runs.length === 0) return [{ name, report }];
  return report.runs.map(({ run, levels }) => ({
    name: `${name}, run ${run}`,
    report: { ...report, levels },
  }));
}

/** Levels by name, with what each run measured; those without a request are left out. */
function levelsOf(runs: readonly NamedRun[]): Map<string, LevelResult[]> {
  const byName = new Map<string, LevelResult[]>();
  for (const level of runs.flatMap(({ report }) => report.levels)) {
    if (level.reported.latency === undefined) continue;
    const name = loadName(level);
    const list = byName.get(name) ?? [];
    byName.set(name, list);
    list.push(level);
  }
  return byName;
}
