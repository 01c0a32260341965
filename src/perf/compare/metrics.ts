/**
 * The figures that are compared, and what a change of each means.
 *
 * @module
 */
import { requestsFor } from "../carried.ts";
import { percentileUs } from "../percentile.ts";
import type { LevelResult, PassResult } from "../types.ts";
import { changeOf, type Estimate, ofRuns, ofSample, ofShare, pointsOf } from "./estimate.ts";
import { busyDoubt } from "./busy.ts";
import { changeOfPairs, pairsOf } from "./pairs.ts";
import type { CompareVerdict, MetricComparison } from "./types.ts";

/** A change counts when all of its interval is beyond this, in percent. */
const COUNTS = 1;
/** Without a change that counts, an interval that reaches so far leaves everything open. */
const OPEN = 25;
/** Of failed requests, in percentage points. */
const OPEN_POINTS = 5;
const COUNTS_POINTS = 0.1;

interface Metric {
  readonly name: string;
  readonly unit: MetricComparison["unit"];
  /** Whether more of it is better. */
  readonly rises: boolean;
  readonly of: (level: LevelResult) => Estimate | undefined;
  /** Of one pass; undefined for what passes don't have apart. */
  readonly ofPass?: PassFigure;
}

type PassFigure = (pass: PassResult) => number | undefined;

const percentile = (p: number): Metric => ({
  name: `p${p}`,
  unit: "us",
  rises: false,
  of: ({ overall, reported: { latency } }) => {
    const figure = overall?.percentiles.find((one) => one.percentile === p);
    if (figure !== undefined) return { value: figure.us, ci95: figure.ci95 };
    const us = latency && percentileUs(latency, p);
    return us === undefined ? undefined : { value: us };
  },
  ofPass: ({ latency }) => latency && percentileUs(latency, p),
});

/** Of each complete pass, which are the sample. */
function ofPasses(figure: PassFigure): Pick<Metric, "of" | "ofPass"> {
  const of = ({ passes, reported }: LevelResult): Estimate | undefined => {
    const whole = passes.filter((pass) => pass.complete);
    const values = (whole.length > 0 ? whole : [reported]).map(figure)
      .filter((value) => value !== undefined);
    return values.length === 0 ? undefined : ofSample(values);
  };
  return { of, ofPass: figure };
}

const METRICS: readonly Metric[] = [
  {
    name: "throughput",
    unit: "/s",
    rises: true,
    of: ({ overall, reported }) => ({
      value: overall?.inferPerSecond ?? reported.inferPerSecond,
      ci95: overall?.inferPerSecondCi95,
    }),
    ofPass: ({ inferPerSecond }) => inferPerSecond,
  },
  {
    name: "avg",
    unit: "us",
    rises: false,
    of: ({ overall, reported: { latency } }) => {
      const value = overall?.averageUs ?? latency?.averageUs;
      return value === undefined ? undefined : { value, ci95: overall?.averageCi95 };
    },
    ofPass: ({ latency }) => latency?.averageUs,
  },
  ...[50, 90, 99].map(percentile),
  {
    name: "errors",
    unit: "share",
    rises: false,
    of: ({ counts: { failed, succeeded } }) => ofShare(failed, failed + succeeded),
  },
  {
    name: "server.queue",
    unit: "us",
    rises: false,
    ...ofPasses(({ server }) => server?.queueUs),
  },
  {
    name: "server.compute",
    unit: "us",
    rises: false,
    ...ofPasses(({ server }) =>
      server && server.computeInputUs + server.computeUs + server.computeOutputUs
    ),
  },
  { name: "cpu", unit: "share", rises: false, ...ofPasses(({ client }) => client.cpuShare) },
];

/** The names. */
export const COMPARED: readonly string[] = METRICS.map(({ name }) => name);

/**
 * Every figure that one side has at least.
 *
 * @param inTurn whether the runs were measured pass by pass in turn: pass with pass, run with run
 */
export function compareMetrics(
  base: readonly LevelResult[],
  next: readonly LevelResult[],
  inTurn = false,
): MetricComparison[] {
  return METRICS.flatMap((metric) => {
    const [a, b] = [base, next].map((levels) => {
      const estimates = levels.map(metric.of).filter((one) => one !== undefined);
      return estimates.length === 0 ? undefined : ofRuns(estimates);
    });
    if (a === undefined && b === undefined) return [];
    const { name, unit } = metric;
    const both = { name, unit, base: a?.value, new: b?.value };
    if (a === undefined || b === undefined) {
      const side = a === undefined ? "base" : "new run";
      return [{ ...both, verdict: "unknown", reason: `the ${side} has no such figure` }];
    }
    const points = name === "errors";
    const change = (inTurn ? changeInTurn(metric, base, next) : undefined) ??
      (points ? pointsOf(a, b) : changeOf(a, b));
    const found = judged(metric, a, b, { change, thin: thin(name, [...base, ...next]) });
    if (inTurn || unit === "share" || found.verdict === "unknown") return [{ ...both, ...found }];
    const slower = ({ better: "base", worse: "new", same: undefined } as const)[found.verdict];
    const reason = busyDoubt(base, next, slower);
    return [{ ...both, ...found, ...reason === undefined ? {} : { verdict: "unknown", reason } }];
  });
}

function changeInTurn(
  { of, ofPass }: Metric,
  base: readonly LevelResult[],
  next: readonly LevelResult[],
): Estimate | undefined {
  if (ofPass === undefined) return undefined;
  const pairs = pairsOf(base, next, { ofLevel: (level) => of(level)?.value, ofPass });
  return pairs && changeOfPairs(pairs);
}

/** Why a percentile says little: requests of the run with the fewest. */
function thin(name: string, levels: readonly LevelResult[]): string | undefined {
  const p = Number(/^p([\d.]+)$/.exec(name)?.[1]);
  if (!(p > 0)) return undefined;
  const count = Math.min(
    ...levels.map(({ overall, reported }) => overall?.requestCount ?? reported.requestCount),
  );
  const needed = requestsFor(p);
  if (count >= needed) return undefined;
  return `${name} takes ${needed.toLocaleString("en")} requests, a run has ${count}`;
}

function judged(
  { name, rises }: Metric,
  base: Estimate,
  next: Estimate,
  { change, thin }: { readonly change: Estimate | undefined; readonly thin: string | undefined },
): Pick<MetricComparison, "changePercent" | "ci95" | "verdict" | "reason"> {
  const points = name === "errors";
  const unknown = (reason: string) => ({
    changePercent: change?.value,
    ci95: change?.ci95,
    verdict: "unknown" as CompareVerdict,
    reason,
  });
  if (change === undefined) return unknown("the base is 0");
  if (thin !== undefined) return unknown(thin);
  if (change.ci95 === undefined) {
    return unknown("one window alone: how far it may be off isn't known");
  }
  const [low, high] = change.ci95;
  const counts = points ? COUNTS_POINTS : COUNTS;
  const open = points ? OPEN_POINTS : OPEN;
  const found = { changePercent: change.value, ci95: change.ci95 };
  if (low > counts) return { ...found, verdict: rises ? "better" : "worse" };
  if (high < -counts) return { ...found, verdict: rises ? "worse" : "better" };
  if (base.value === 0 && next.value === 0) return { ...found, verdict: "same" };
  if (low < -open || high > open) return unknown("it varies too much: measure longer, or repeat");
  return { ...found, verdict: "same" };
}
