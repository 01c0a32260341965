/**
 * Lets a pass run until its time is over or its requests are done, and tells how far it is.
 *
 * @module
 */
import type { Clock } from "../base/clock.ts";
import { perSecond } from "./figures.ts";
import type { BacklogTrend } from "./backlog.ts";
import type { LoadManager } from "./load/manager.ts";
import type { PerfProgress, PerfSettings, RequestCounts } from "./types.ts";
import type { Window } from "./window.ts";

/** A pass that is running. */
export interface PassRun {
  readonly settings: PerfSettings;
  readonly load: LoadManager;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: PerfProgress) => void;
  readonly window: Window;
  readonly concurrency: number;
  readonly requestRate?: number;
  /** From 1. */
  readonly pass: number;
  /** Counts at the start of the level and of the pass. */
  readonly base: RequestCounts;
  readonly before: RequestCounts;
  /** With a schedule: takes note of the backlog. */
  readonly backlog?: BacklogTrend;
}

/** Share of the window that a margin takes. */
const MARGIN = 0.1;

/** Milliseconds before and after a window in which the load runs too. */
export function marginMs({ windowMs, durationMs = 0 }: PerfSettings): number {
  return durationMs > 0 ? 0 : windowMs * MARGIN;
}
/** Between two reports of progress. */
const TICK_MS = 200;
/** Looks at the backlog in a window, at least. */
const BACKLOG_LOOKS = 15;
/** Between two looks at the counts when a number of requests ends the pass: at least, and at most. */
const COUNT_TICK_MS = { min: 10, max: 250 };
/** Of the time that the rest should take; looking takes time from the load, and shows in its tail. */
const COUNT_TICK_SHARE = 0.5;

/** Whether a number of requests, not time, ends a pass. */
export function endsByCount(settings: PerfSettings): boolean {
  return settings.requestCount > 0 || settings.measurementMode === "count_windows";
}

/** What happened since `base`; requests that were in progress then count as sent since. */
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
  const quiet = onProgress === undefined && run.backlog === undefined;
  const tick = Math.min(TICK_MS, run.settings.windowMs / BACKLOG_LOOKS);
  while (!signal.aborted) {
    const left = end - clock.now();
    if (left <= 0) return true;
    await clock.sleep(quiet ? left : Math.min(left, tick), signal);
    if (quiet) continue;
    const counts = await run.load.collect();
    run.backlog?.add(clock.now(), counts);
    onProgress?.(progressOf(run, counts, Math.max(0, end - clock.now())));
  }
  return false;
}

/** Runs until enough requests are done; false when the caller ended it before. */
export async function runForCount(run: PassRun): Promise<boolean> {
  const { clock, signal, onProgress } = run;
  const started = clock.now();
  let reported = started;
  let tick = COUNT_TICK_MS.min;
  while (!signal.aborted) {
    await clock.sleep(tick, signal);
    const counts = await run.load.collect();
    const now = clock.now();
    if (onProgress !== undefined && now - reported >= TICK_MS) {
      onProgress(progressOf(run, counts));
      reported = now;
    }
    const { done, wanted } = progressByCount(run, counts);
    // A window's length without an answer: this pass will not get its requests together.
    const hopeless = run.settings.requestCount === 0 &&
      now - run.window.lastEnd >= run.settings.windowMs;
    if (done >= wanted || hopeless) return true;
    tick = countTick(done, wanted, now - started);
  }
  return false;
}

/**
 * How long to wait for the rest before looking again, in milliseconds.
 *
 * @param passed milliseconds that `done` of `wanted` requests took
 */
export function countTick(done: number, wanted: number, passed: number): number {
  const rest = done === 0 ? 0 : (wanted - done) * passed / done;
  return Math.max(COUNT_TICK_MS.min, Math.min(COUNT_TICK_MS.max, rest * COUNT_TICK_SHARE));
}

function progressByCount({ settings, window, before }: PassRun, counts: RequestCounts) {
  if (settings.requestCount === 0) {
    return { done: window.latency.count, wanted: settings.windowRequestCount };
  }
  const done = counts.succeeded + counts.failed - before.succeeded - before.failed;
  return { done, wanted: settings.requestCount };
}

/** How far a pass is. */
export function progressOf(run: PassRun, counts: RequestCounts, passLeftMs?: number): PerfProgress {
  const { settings, window, clock, pass } = run;
  const passed = Math.min(clock.now(), window.to) - window.from;
  const passMs = settings.windowMs + 2 * marginMs(settings);
  return {
    phase: "measuring",
    concurrency: run.concurrency,
    requestRate: run.requestRate,
    pass,
    maxPasses: settings.maxPasses,
    inferPerSecond: perSecond(window.requestCount * settings.batchSize, passed),
    p50Us: window.latency.estimateUs(50),
    p99Us: window.latency.estimateUs(99),
    counts: countsSince(counts, run.base),
    errors: run.load.errors,
    passLeftMs,
    levelLeftMs: passLeftMs === undefined
      ? undefined
      : passLeftMs + Math.max(0, settings.maxPasses - pass) * passMs,
  };
}
