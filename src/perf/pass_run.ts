/**
 * Lets a pass run until its time is over or its requests are done, and tells how far it is.
 *
 * @module
 */
import type { Clock } from "../base/clock.ts";
import { perSecond } from "./figures.ts";
import type { LoadManager } from "./load/manager.ts";
import type { PerfSettings, Progress, RequestCounts } from "./types.ts";
import type { Window } from "./window.ts";

/** A pass that is running. */
export interface PassRun {
  readonly settings: PerfSettings;
  readonly load: LoadManager;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  readonly window: Window;
  readonly concurrency: number;
  /** From 1. */
  readonly pass: number;
  /** Counts at the start of the level and of the pass. */
  readonly base: RequestCounts;
  readonly before: RequestCounts;
}

/** Share of the window before it and after it in which the load runs too. */
export const MARGIN = 0.1;
/** Between two reports of progress. */
const TICK_MS = 250;
/** Between two looks at the counts when a number of requests ends the pass. */
const COUNT_TICK_MS = 10;

/** Whether a number of requests, not time, ends a pass. */
export function endsByCount(settings: PerfSettings): boolean {
  return settings.requestCount > 0 || settings.measurementMode === "count_windows";
}

/** What happened since `base`; requests that were under way then count as sent since. */
export function countsSince(now: RequestCounts, base: RequestCounts): RequestCounts {
  return {
    sent: now.sent - base.sent + base.inFlight,
    succeeded: now.succeeded - base.succeeded,
    failed: now.failed - base.failed,
    inFlight: now.inFlight,
  };
}

/** Runs until the clock shows `end`; false when the caller ended it before. */
export async function runForTime(run: PassRun, end: number): Promise<boolean> {
  const { clock, signal, onProgress } = run;
  while (!signal.aborted) {
    const left = end - clock.now();
    if (left <= 0) return true;
    await clock.sleep(onProgress === undefined ? left : Math.min(left, TICK_MS), signal);
    if (onProgress === undefined) continue;
    const counts = await run.load.collect();
    onProgress(progressOf(run, counts, Math.max(0, end - clock.now())));
  }
  return false;
}

/** Runs until enough requests are done; false when the caller ended it before. */
export async function runForCount(run: PassRun): Promise<boolean> {
  const { clock, signal, onProgress } = run;
  let reported = clock.now();
  while (!signal.aborted) {
    await clock.sleep(COUNT_TICK_MS, signal);
    const counts = await run.load.collect();
    const now = clock.now();
    if (onProgress !== undefined && now - reported >= TICK_MS) {
      onProgress(progressOf(run, counts));
      reported = now;
    }
    if (enough(run, counts, now)) return true;
  }
  return false;
}

function enough({ settings, window, before }: PassRun, counts: RequestCounts, now: number) {
  if (settings.requestCount > 0) {
    const settled = counts.succeeded + counts.failed - before.succeeded - before.failed;
    return settled >= settings.requestCount;
  }
  // A window's length without an answer: this pass will not get its requests together.
  return window.latency.count >= settings.windowRequestCount ||
    now - window.lastEnd >= settings.windowMs;
}

function progressOf(run: PassRun, counts: RequestCounts, passLeftMs?: number): Progress {
  const { settings, window, clock, pass } = run;
  const passed = Math.min(clock.now(), window.to) - window.from;
  const passMs = settings.windowMs * (1 + 2 * MARGIN);
  return {
    phase: "measuring",
    concurrency: run.concurrency,
    pass,
    maxPasses: settings.maxPasses,
    inferPerSecond: perSecond(window.latency.count * settings.batchSize, passed),
    p50Us: window.latency.estimateUs(50),
    p99Us: window.latency.estimateUs(99),
    counts: countsSince(counts, run.base),
    passLeftMs,
    levelLeftMs: passLeftMs === undefined
      ? undefined
      : passLeftMs + Math.max(0, settings.maxPasses - pass) * passMs,
  };
}
