/**
 * The last minute of a load, second by second, for whoever watches it. Memory and time are fixed: a
 * histogram for each of the seconds that answers still come for, three numbers for each older one.
 *
 * @module
 */
import { nanoseconds, TimeHistogram } from "../histogram.ts";
import { type Chunk, Sample } from "../samples.ts";
import type { SampleTap } from "../tap.ts";

/** Seconds that are kept. */
export const LIVE_SECONDS = 60;
/** Seconds that may still change: threads hand their samples over a few times a second. */
const OPEN_SECONDS = 2;

/** A second that is over. */
export interface LivePoint {
  readonly requestCount: number;
  readonly failedCount: number;
  /** Undefined when nothing ended well in it. */
  readonly p50Us?: number;
  readonly p99Us?: number;
}

interface Second {
  readonly at: number;
  requestCount: number;
  failedCount: number;
  histogram: TimeHistogram | undefined;
  /** Requests that the percentiles are of. */
  settledCount: number;
  p50Us?: number;
  p99Us?: number;
}

/** Collects it. */
export class LiveSeries implements SampleTap {
  /** Ascending by `at`, without gaps from the first request on. */
  #seconds: Second[] = [];
  /** That of the last request: most are of the same as the one before. */
  #latest: Second | undefined;

  /** See {@linkcode SampleTap}. */
  add({ kind, rows, count }: Chunk, shift: number): void {
    if (kind === "gaps") return;
    for (let i = 0; i < count; i++) {
      const at = i * Sample.WIDTH;
      const index = Math.floor((rows[at + Sample.END]! + shift) / 1000);
      const second = this.#latest?.at === index ? this.#latest : this.#second(index);
      if (second === undefined) continue;
      this.#latest = second;
      if (kind === "failures") {
        second.failedCount++;
        continue;
      }
      second.requestCount++;
      second.histogram?.add(nanoseconds(rows[at + Sample.END]! - rows[at + Sample.SCHEDULED]!));
    }
  }

  /** The seconds before the one of `now`, in milliseconds, that are over; the oldest first. */
  points(now: number): LivePoint[] {
    const last = Math.floor(now / 1000) - 1;
    // Until then nothing may have come: a server that hangs.
    if (this.#seconds.length > 0) this.#second(last);
    return this.#seconds.filter(({ at }) => at <= last && at > last - LIVE_SECONDS).map(pointOf);
  }

  #second(at: number): Second | undefined {
    const seconds = this.#seconds;
    const newest = seconds.at(-1)?.at;
    if (newest === undefined || at > newest + LIVE_SECONDS) this.#seconds = [fresh(at)];
    else {
      for (let next = newest + 1; next <= at; next++) seconds.push(fresh(next));
      if (seconds.length > LIVE_SECONDS + OPEN_SECONDS) {
        seconds.splice(0, seconds.length - LIVE_SECONDS - OPEN_SECONDS);
      }
      for (let i = seconds.length - 1 - OPEN_SECONDS; i >= 0; i--) {
        if (seconds[i]!.histogram === undefined) break;
        settle(seconds[i]!);
      }
    }
    return this.#seconds[at - this.#seconds[0]!.at];
  }
}

function fresh(at: number): Second {
  return {
    ...{ at, requestCount: 0, failedCount: 0, settledCount: 0 },
    histogram: new TimeHistogram(),
  };
}

/** The figures of a second that is over, for good. */
function settle(second: Second): void {
  compute(second);
  second.histogram = undefined;
}

function compute(second: Second): void {
  const { histogram, requestCount } = second;
  if (histogram === undefined || second.settledCount === requestCount) return;
  second.p50Us = histogram.percentile(50) / 1000;
  second.p99Us = histogram.percentile(99) / 1000;
  second.settledCount = requestCount;
}

function pointOf(second: Second): LivePoint {
  compute(second);
  const { requestCount, failedCount, p50Us, p99Us } = second;
  return p50Us === undefined
    ? { requestCount, failedCount }
    : { requestCount, failedCount, p50Us, p99Us };
}
