/**
 * Several runs of the same measurement as one result: levels with the figures of all runs and with
 * intervals that have in them what changes from run to run.
 *
 * @module
 */
import { requestsFor } from "../carried.ts";
import { type Estimate, ofRuns } from "../compare/estimate.ts";
import { loadCheck, markedPass } from "../intervals/level.ts";
import { passSpread } from "../intervals/spread.ts";
import { ErrorTally } from "../load/errors.ts";
import { addCounts } from "../load/manager.ts";
import { sum } from "../sums.ts";
import { judgeThresholds, readThresholds } from "../threshold/mod.ts";
import type {
  LevelOutcome,
  LevelResult,
  OverallFigures,
  PerfResult,
  PerfSettings,
  RunLevels,
} from "../types.ts";
import { poolPasses } from "./pool_passes.ts";

/** A level of one run. */
interface LevelOfRun {
  readonly run: number;
  readonly level: LevelResult;
}

/** The worst first. */
const OUTCOMES: readonly LevelOutcome[] = [
  ...["aborted", "errors", "overload", "unstable", "unjudged", "stable"] as const,
];

/**
 * Combines runs.
 *
 * @param results one at least, in the order in which they were measured
 */
export function combineRuns(results: readonly PerfResult[]): PerfResult {
  const [first] = results;
  const { settings } = first!;
  const runs = results.map(({ environment: { startedAt }, levels }, i): RunLevels => ({
    run: i + 1,
    startedAt,
    levels,
  }));
  const all = runs.flatMap(({ run, levels }) => levels.map((level) => ({ run, level })));
  const levels = [...Map.groupBy(all, loadOf).values()].map((same) => combineLevel(same, settings));
  return {
    ...first!,
    levels,
    aborted: results.some(({ aborted }) => aborted),
    thresholds: first!.thresholds === undefined
      ? undefined
      : judgeThresholds(readThresholds(settings.thresholds ?? []), levels),
    runs,
  };
}

const loadOf = ({ level: { concurrency, requestRate } }: LevelOfRun) =>
  requestRate === undefined ? `in flight ${concurrency}` : `a second ${requestRate}`;

function combineLevel(
  same: readonly LevelOfRun[],
  { stabilityPercent }: Pick<PerfSettings, "stabilityPercent">,
): LevelResult {
  const levels = same.map(({ level }) => level);
  const { concurrency, requestRate } = levels[0]!;
  const outcome = OUTCOMES.find((one) => levels.some((level) => level.outcome === one))!;
  const culprit = same.find(({ level }) => level.outcome === outcome)!;
  const { reason } = culprit.level;
  const errors = new ErrorTally();
  levels.forEach((level) => level.errors.forEach((group) => errors.addGroup(group)));
  // A run that was cut short tells less than the others.
  const told = same.filter(({ level: { reported } }) =>
    reported.complete && reported.latency !== undefined
  );
  const used = told.length > 0 ? told : same;
  const pooled = poolPasses(used.map(({ level }) => level.reported));
  const overall = told.length > 0 ? overallOf(told.map(({ level }) => level)) : undefined;
  const reported = overall === undefined ? pooled : markedPass(pooled, overall);
  const passes = used.map(({ run, level }) => ({ ...level.reported, pass: run }));
  return {
    concurrency,
    requestRate,
    threads: Math.max(...levels.map(({ threads }) => threads)),
    outcome,
    reason: reason === undefined ? undefined : `run ${culprit.run}: ${reason}`,
    passes: [reported],
    reported,
    counts: levels.map(({ counts }) => counts).reduce(addCounts),
    errors: errors.groups(),
    warnings: warningsOf(same),
    overall,
    spread: passSpread(passes, stabilityPercent, requestRate !== undefined),
    loadCheck: loadCheck({ concurrency, requestRate, reported }),
  };
}

/** What several runs warn of is told once. */
function warningsOf(same: readonly LevelOfRun[]): string[] {
  const all = same.flatMap(({ run, level }) => level.warnings.map((text) => ({ run, text })));
  return [...Map.groupBy(all, ({ text }) => text)].map(([text, runs]) =>
    `run ${[...new Set(runs.map(({ run }) => run))].join(", ")}: ${text}`
  );
}

/** Means over the runs, which are the sample. */
function overallOf(levels: readonly LevelResult[]): OverallFigures | undefined {
  const parts = levels.map(({ overall }) => overall).filter((one) => one !== undefined);
  if (parts.length === 0) return undefined;
  if (parts.length === 1) return parts[0];
  const over = (of: (part: OverallFigures) => Estimate) => ofRuns(parts.map(of));
  const throughput = over((part) => ({
    value: part.inferPerSecond,
    ci95: part.inferPerSecondCi95,
  }));
  const average = over((part) => ({ value: part.averageUs, ci95: part.averageCi95 }));
  const requestCount = sum(parts.map((part) => part.requestCount));
  const common = parts[0]!.percentiles.map(({ percentile }) => percentile).filter((p) =>
    parts.every(({ percentiles }) => percentiles.some(({ percentile }) => percentile === p))
  );
  return {
    passCount: sum(parts.map((part) => part.passCount)),
    requestCount,
    inferPerSecond: throughput.value,
    inferPerSecondCi95: throughput.ci95,
    averageUs: average.value,
    averageCi95: average.ci95,
    percentiles: common.map((percentile) => {
      const { value, ci95 } = over((part) => {
        const found = part.percentiles.find((one) => one.percentile === percentile)!;
        return { value: found.us, ci95: found.ci95 };
      });
      const needed = requestsFor(percentile);
      const neededCount = requestCount < needed ? needed : undefined;
      return { percentile, us: value, ci95, neededCount };
    }),
    basis: { by: "runs", count: parts.length },
  };
}
