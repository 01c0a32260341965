/**
 * Finds the highest load that keeps the thresholds.
 *
 * @module
 */
import { drain } from "../drain.ts";
import type { LoadPoint, ProfilerParts } from "../pass.ts";
import type { Arrivals } from "../schedule/arrivals.ts";
import { judgeThreshold, type Threshold } from "../threshold/mod.ts";
import type { FindMaxResult, FindMaxStep, LevelResult, PerfObserver } from "../types.ts";
import { figureEvidence } from "./figure.ts";
import { findHighest } from "./highest.ts";
import { probe } from "./probe.ts";
import type { SearchPhase, SearchRange, SearchTime, TryLength } from "./range.ts";
import type { FindMaxSettings } from "./settings.ts";

/** A search's levels, one a pass, and what it found. */
export interface FoundMax {
  readonly levels: readonly LevelResult[];
  readonly findMax: FindMaxResult;
}

/** A pass is this long at least, if its window isn't shorter. */
const MIN_PASS_MS = 1000;
/** A pass that can't be decided is prolonged to so many windows. */
const MAX_WINDOWS = 2;
/** Time for all of it; the last run's rest stays below 3 minutes. */
const SEARCH_MS = 175_000;
/** Requests in flight when no limit is given; the highest rate. */
const HIGHEST = { rate: 1e6, concurrency: 1024 } as const;
/** A rate that was found by a look at the server may be halved so often. */
const HALVINGS = 10;
/** The look: one request at a time, for so long and so many requests. */
const LOOK = { minMs: 500, maxMs: 5000, requests: 20, tickMs: 25 } as const;

/** Searches, with the settings' thresholds. */
export async function findMax(
  parts: ProfilerParts,
  thresholds: readonly Threshold[],
  observer: PerfObserver = {},
): Promise<FoundMax> {
  const { settings } = parts;
  const search = settings.findMax!;
  const levels: LevelResult[] = [];
  const path: FindMaxStep[] = [];
  const passMs = MAX_WINDOWS * settings.windowMs;
  const usual: TryLength = {
    minMs: Math.min(MIN_PASS_MS, settings.windowMs),
    maxMs: passMs,
    until: "clear",
  };
  const time: SearchTime = {
    now: () => parts.clock.now(),
    endsAt: parts.clock.now() + (search.searchMs ?? SEARCH_MS),
    passMs,
    confirmMs: search.confirmMs,
  };
  const tryLoad = async (value: number, phase: SearchPhase, length = usual) => {
    const point = pointOf(parts, search, value, path.length);
    observer.levelStarted?.(point.concurrency, point.requestRate);
    const probed = await probe(parts, point, thresholds, length);
    const { level } = probed;
    levels.push(level);
    if (level.outcome === "aborted") return undefined;
    const step = stepOf(level, value, phase, thresholds);
    path.push(step);
    observer.searchStep?.(step, level);
    const evidence = step.thresholds.map((verdict, i) =>
      probed.evidence[i] ?? figureEvidence(thresholds[i]!, verdict)
    );
    const unexplained = step.thresholds.some(({ passed }, i) => !passed && !evidence[i]);
    return { passed: step.passed, wall: step.overload || unexplained, evidence };
  };
  const found = await findHighest(await rangeOf(parts, search), time, tryLoad);
  return { levels, findMax: { metric: search.metric, confirmed: false, ...found, path } };
}

function stepOf(
  level: LevelResult,
  value: number,
  phase: SearchPhase,
  thresholds: readonly Threshold[],
): FindMaxStep {
  const verdicts = thresholds.map((threshold) => judgeThreshold(threshold, level));
  return {
    value,
    phase,
    passed: level.outcome !== "overload" && verdicts.every(({ passed }) => passed),
    overload: level.outcome === "overload",
    windowMs: level.reported.windowMs,
    requestCount: level.reported.requestCount,
    thresholds: verdicts,
  };
}

/** The load of a try; each has randomness of its own. */
function pointOf(
  { settings, sequence = false }: ProfilerParts,
  { metric, distribution, shape, burst, seed }: FindMaxSettings,
  value: number,
  index: number,
): LoadPoint {
  if (metric === "concurrency") return { concurrency: value };
  const arrivals: Arrivals = {
    kind: "rate",
    rate: value,
    distribution,
    shape,
    burst,
    seed: seed + index,
  };
  const { maxInFlight, sequences = maxInFlight } = settings.schedule!;
  return {
    concurrency: sequence ? Math.min(sequences, maxInFlight) : maxInFlight,
    requestRate: value,
    arrivals,
  };
}

async function rangeOf(parts: ProfilerParts, search: FindMaxSettings): Promise<SearchRange> {
  const { metric, from, to, precision, step } = search;
  const whole = metric === "concurrency";
  const highest = to ?? HIGHEST[metric];
  const start = from ?? (whole ? 1 : Math.min(highest, await firstRate(parts)));
  return {
    start,
    lowest: from ?? (whole ? 1 : start / 2 ** HALVINGS),
    highest,
    precision,
    step,
    whole,
  };
}

/** Half of what the server answers when it is asked one request at a time. */
async function firstRate(parts: ProfilerParts): Promise<number> {
  const { load, clock, signal } = parts;
  const before = await load.collect();
  const start = clock.now();
  if (!signal.aborted) await load.setLoad(1, Infinity);
  let [ended, passed] = [0, 0];
  while (!signal.aborted) {
    await clock.sleep(LOOK.tickMs, signal);
    const counts = await load.collect();
    ended = counts.succeeded + counts.failed - before.succeeded - before.failed;
    passed = clock.now() - start;
    if (passed >= LOOK.maxMs || passed >= LOOK.minMs && ended >= LOOK.requests) break;
  }
  await drain(parts, { concurrency: 1 });
  load.takeErrors();
  const rate = Math.max(ended, 1) / Math.max(passed, 1) * 1000 / 2;
  return Number(rate.toPrecision(2));
}
