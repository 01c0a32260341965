/**
 * How busy the client itself is: how late its timers come and how much processor time it takes.
 *
 * @module
 */
import { readFileSync } from "node:fs";
import process from "node:process";
import type { Clock } from "../base/clock.ts";

/** Milliseconds of processor time that this process has used, all threads together. */
export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Linux's pressure stall information, which needs no permission but to read. */
const PRESSURE = "/proc/pressure/cpu";

/**
 * Milliseconds so far in which some program on this machine could have run and had no processor;
 * undefined where the system doesn't tell.
 */
export function pressureTime(): number | undefined {
  try {
    const total = /^some .*\btotal=(\d{1,15})$/m.exec(readFileSync(PRESSURE, "utf8"))?.[1];
    return total === undefined ? undefined : Number(total) / 1000;
  } catch {
    return undefined;
  }
}

/** What a lag meter saw. */
export interface Lag {
  readonly averageMs: number;
  readonly maxMs: number;
  /** Processor time by time passed; 1 = one core. */
  readonly cpuShare: number;
  /** Share of the time in which programs waited for a processor; undefined when nobody looked. */
  readonly pressure?: number;
}

/**
 * Milliseconds between two looks: often enough for an average over a window, so rare that the looking
 * itself stays out of the 99th percentile. The timers' own resolution of 1 ms is not lag.
 */
const INTERVAL_MS = 100;
const TIMER_RESOLUTION_MS = 1;

/**
 * Starts to watch the event loop.
 *
 * @param cpuTime milliseconds of processor time used so far
 * @param pressure milliseconds in which programs waited for a processor so far
 * @returns a function that ends it and tells what it saw
 */
export function watchLag(
  clock: Clock,
  cpuTime: () => number,
  pressure: () => number | undefined = () => undefined,
): () => Promise<Lag> {
  const stop = new AbortController();
  const start = clock.now();
  const cpuStart = cpuTime();
  const pressureStart = pressure();
  let sum = 0;
  let max = 0;
  let count = 0;
  const watching = (async () => {
    while (!stop.signal.aborted) {
      const due = clock.now() + INTERVAL_MS;
      await clock.sleep(INTERVAL_MS, stop.signal);
      if (stop.signal.aborted) return;
      const late = Math.max(0, clock.now() - due - TIMER_RESOLUTION_MS);
      sum += late;
      count++;
      if (late > max) max = late;
    }
  })();
  return async () => {
    const passed = clock.now() - start;
    const cpu = cpuTime() - cpuStart;
    const waited = pressureSince(pressureStart, pressure());
    stop.abort();
    await watching;
    return {
      averageMs: count === 0 ? 0 : sum / count,
      maxMs: max,
      cpuShare: passed > 0 ? cpu / passed : 0,
      pressure: waited === undefined || passed <= 0 ? undefined : Math.min(1, waited / passed),
    };
  };
}

function pressureSince(before: number | undefined, after: number | undefined): number | undefined {
  return before === undefined || after === undefined ? undefined : Math.max(0, after - before);
}
