/**
 * One pass of a search: as short as the statistics allow, as long as they need.
 *
 * @module
 */
import { requestsFor } from "../carried.ts";
import { drain } from "../drain.ts";
import { withIntervals } from "../intervals/level.ts";
import { ErrorTally } from "../load/errors.ts";
import { type LoadPoint, measurePass, type ProfilerParts } from "../pass.ts";
import { countsSince, type PassRun, progressOf } from "../pass_run.ts";
import type { Threshold } from "../threshold/mod.ts";
import type { LevelOutcome, LevelResult, RequestCounts } from "../types.ts";
import type { Evidence } from "./fit.ts";
import type { TryLength } from "./range.ts";
import { ThresholdWatch } from "./watch.ts";

/** A pass as a level, and what it says of each limit. */
export interface Probed {
  readonly level: LevelResult;
  readonly evidence: readonly (Evidence | undefined)[];
}

/** A window is looked at this often. */
export const LOOK_MS = 125;
/** A pass goes on for its percentiles' requests, but not for ever. */
const MAX_TIMES_LONGER = 60;
/** A run that confirms may fail after so long; before, few batches mislead. */
const MIN_BROKEN_MS = 3000;
/** A new load settles for so long: a share of the window, within bounds. */
const SETTLE = { share: 0.1, minMs: 200, maxMs: 2000 } as const;

/** Measures a load until its thresholds are decided, and lets it end. */
export async function probe(
  parts: ProfilerParts,
  point: LoadPoint,
  thresholds: readonly Threshold[],
  length: TryLength,
): Promise<Probed> {
  const { load, settings, signal } = parts;
  const base = await load.collect();
  const needed = requestsNeeded(thresholds);
  load.takeErrors();
  load.markLevel(point.requestRate ?? point.concurrency, point.requestRate !== undefined);
  if (!signal.aborted) await load.setLoad(point.concurrency, Infinity, point.arrivals);
  const settleMs = settling(settings.windowMs);
  let grew = false;
  let evidence: Probed["evidence"] = [];
  const ending = {
    settleMs,
    run: async (run: PassRun) => {
      await run.clock.sleep(run.window.from - run.clock.now(), signal);
      const watch = new ThresholdWatch(thresholds, run.window, await load.collect());
      const ended = await untilDecided(run, watch, length, needed);
      evidence = watch.evidence;
      grew = grows(run, await load.collect());
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
  return { level, evidence };
}

function settling(windowMs: number): number {
  return Math.min(SETTLE.maxMs, Math.max(SETTLE.minMs, windowMs * SETTLE.share));
}

function outcomeOf(complete: boolean, grew: boolean): { outcome: LevelOutcome; reason: string } {
  if (!complete) return { outcome: "aborted", reason: "the search was ended" };
  if (grew) {
    return { outcome: "overload", reason: "above capacity: the backlog grew through the pass" };
  }
  return { outcome: "unjudged", reason: "one pass of a search" };
}

/** Runs until the thresholds are decided; false when the caller ended it. */
async function untilDecided(
  run: PassRun,
  watch: ThresholdWatch,
  length: TryLength,
  needed: number,
): Promise<boolean> {
  const { clock, signal, window } = run;
  while (!signal.aborted) {
    await clock.sleep(LOOK_MS, signal);
    const counts = await run.load.collect();
    const now = clock.now();
    watch.look(window, counts);
    run.backlog?.add(now, counts);
    const passed = now - window.from;
    run.onProgress?.(progressOf(run, counts, Math.max(0, length.maxMs - passed)));
    const enough = window.latency.count >= needed;
    if (isOver(passed, watch, length, { enough, grows: grows(run, counts) })) return true;
  }
  return false;
}

function grows(
  { backlog, requestRate = 0, concurrency, clock, window }: PassRun,
  counts: RequestCounts,
) {
  const due = requestRate * (clock.now() - window.from) / 1000;
  return backlog?.grows === true && isBacklog(counts, due, concurrency);
}

/**
 * Whether so many requests wait as a backlog that grows leaves behind. What is due is known on average
 * alone: Poisson arrivals that come late look like a backlog, but nothing waits.
 */
export function isBacklog(
  { inFlight }: RequestCounts,
  due: number,
  maxInFlight: number,
): boolean {
  return inFlight >= Math.min(maxInFlight, Math.sqrt(due));
}

/** Whether a pass has gone on for long enough; `passed` in milliseconds. */
export function isOver(
  passed: number,
  { side, keeps }: Pick<ThresholdWatch, "side" | "keeps">,
  { minMs, maxMs, until }: TryLength,
  { enough, grows }: { readonly enough: boolean; readonly grows: boolean },
): boolean {
  const leastToFail = until === "kept" ? Math.min(MIN_BROKEN_MS, minMs) : minMs;
  if (side === "above" && passed >= leastToFail) return true;
  if (passed < minMs) return false;
  if (grows || passed >= maxMs * MAX_TIMES_LONGER) return true;
  if (until === "kept" ? enough && keeps : side !== "open") return true;
  return passed >= maxMs && enough;
}

/** Requests below which a percentile says nothing. */
export function requestsNeeded(thresholds: readonly Threshold[]): number {
  return Math.max(
    1,
    ...thresholds.map(({ metric: { percentile } }) =>
      percentile === undefined ? 1 : requestsFor(percentile)
    ),
  );
}
