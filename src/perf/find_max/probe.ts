/**
 * One pass of a search: as short as the statistics allow, as long as they need.
 *
 * @module
 */
import { requestsFor } from "../carried.ts";
import { withIntervals } from "../intervals/level.ts";
import { ErrorTally } from "../load/errors.ts";
import { type LoadPoint, measurePass, type ProfilerParts } from "../pass.ts";
import { countsSince, type PassRun, progressOf } from "../pass_run.ts";
import type { Threshold } from "../threshold/mod.ts";
import type { LevelOutcome, LevelResult } from "../types.ts";
import type { Nearness } from "./fit.ts";
import { ThresholdWatch } from "./watch.ts";

/** How long a pass may take. */
export interface ProbeLength {
  readonly minMs: number;
  /** For one that is clearly above a limit. @default minMs */
  readonly minBrokenMs?: number;
  /** Longer only for the requests that a percentile needs. */
  readonly maxMs: number;
}

/** A pass as a level, and how near its limit it came. */
export interface Probed {
  readonly level: LevelResult;
  readonly nearness?: Nearness;
}

/** Looks at the window this often. */
const LOOK_MS = 125;
/** A pass goes on for its percentiles' requests, but not for ever. */
const MAX_TIMES_LONGER = 60;
/** A new load settles for so long: a share of the window, within bounds. */
const SETTLE = { share: 0.1, minMs: 200, maxMs: 2000 } as const;
/** What the load before left behind may take so long to end. */
const DRAIN_MS = 30_000;
const DRAIN_TICK_MS = 5;

/** Measures a load until its thresholds are decided, and lets it end. */
export async function probe(
  parts: ProfilerParts,
  point: LoadPoint,
  thresholds: readonly Threshold[],
  length: ProbeLength,
): Promise<Probed> {
  const { load, settings, signal } = parts;
  const base = await load.collect();
  const needed = requestsNeeded(thresholds);
  load.takeErrors();
  load.markLevel(point.requestRate ?? point.concurrency, point.requestRate !== undefined);
  if (!signal.aborted) await load.setLoad(point.concurrency, Infinity, point.arrivals);
  const settleMs = Math.min(
    SETTLE.maxMs,
    Math.max(SETTLE.minMs, settings.windowMs * SETTLE.share),
  );
  let grew = false;
  let near: Nearness | undefined;
  const ending = {
    settleMs,
    run: async (run: PassRun) => {
      await run.clock.sleep(run.window.from - run.clock.now(), signal);
      const watch = new ThresholdWatch(thresholds, run.window, await load.collect());
      const ended = await untilDecided(run, watch, { needed, ...length });
      near = watch.nearness;
      grew = run.backlog?.grows ?? false;
      return ended;
    },
  };
  const pass = await measurePass({ ...parts, ending }, point, 1, base);
  const tally = new ErrorTally();
  pass.result.errors.forEach((group) => tally.addGroup(group));
  await drain(parts, point);
  const level = withIntervals(
    {
      concurrency: point.concurrency,
      requestRate: point.requestRate,
      threads: load.threads,
      ...outcomeOf(pass.result.complete, grew),
      passes: [pass.result],
      reported: pass.result,
      counts: countsSince(pass.counts, base),
      errors: tally.groups(),
      warnings: pass.warnings,
    },
    [pass],
    parts.settings,
  );
  return { level, nearness: near };
}

function outcomeOf(complete: boolean, grew: boolean): { outcome: LevelOutcome; reason: string } {
  if (!complete) return { outcome: "aborted", reason: "the search was ended" };
  if (grew) {
    return { outcome: "overload", reason: "above capacity: the backlog grew through the pass" };
  }
  return { outcome: "unjudged", reason: "one pass of a search" };
}

/** Runs until the thresholds are clearly kept or broken; false when the caller ended it. */
async function untilDecided(
  run: PassRun,
  watch: ThresholdWatch,
  { minMs, minBrokenMs = minMs, maxMs, needed }: ProbeLength & { needed: number },
): Promise<boolean> {
  const { clock, signal, window } = run;
  while (!signal.aborted) {
    await clock.sleep(LOOK_MS, signal);
    const counts = await run.load.collect();
    const now = clock.now();
    watch.look(window, counts);
    run.backlog?.add(now, counts);
    const passed = now - window.from;
    run.onProgress?.(progressOf(run, counts, Math.max(0, maxMs - passed)));
    const { side } = watch;
    // What is clearly broken needs no more time; a run that confirms keeps its length.
    if (side === "above" && passed >= Math.min(minMs, minBrokenMs)) return true;
    if (passed < minMs) continue;
    if (side !== "open" || run.backlog?.grows === true) return true;
    if (passed >= maxMs && window.latency.count >= needed) return true;
    if (passed >= maxMs * MAX_TIMES_LONGER) return true;
  }
  return false;
}

/** Requests below which a percentile says nothing. */
function requestsNeeded(thresholds: readonly Threshold[]): number {
  return Math.max(
    1,
    ...thresholds.map(({ metric: { percentile } }) =>
      percentile === undefined ? 1 : requestsFor(percentile)
    ),
  );
}

/** Sends nothing more, and waits for the answers of what was sent. */
export async function drain(
  { load, clock, signal }: ProfilerParts,
  { concurrency, arrivals }: LoadPoint,
): Promise<void> {
  await load.setLoad(concurrency, 0, arrivals);
  const end = clock.now() + DRAIN_MS;
  while (!signal.aborted && clock.now() < end) {
    const { inFlight } = await load.collect();
    if (inFlight === 0) return;
    await clock.sleep(DRAIN_TICK_MS, signal);
  }
}
