/**
 * A measurement second by second.
 *
 * @module
 */
import { nanoseconds, TimeHistogram } from "../histogram.ts";
import { type Chunk, Sample } from "../samples.ts";
import type { LoadMark, SampleTap } from "../tap.ts";
import type { TimelinePoint } from "../types.ts";

/** Seconds whose latencies are kept; answers of older ones come too late for percentiles. */
const LIVE_SECONDS = 8;

interface Second {
  pass: number;
  requestCount: number;
  failedCount: number;
  /** Milliseconds in flight of all requests. */
  busyMs: number;
  maxNs: number;
  /** Latest end, in milliseconds of the second. */
  lastMs: number;
  histogram: TimeHistogram | undefined;
  p50Us?: number;
  p90Us?: number;
  p99Us?: number;
}

/** Collects the series; memory: a row a second. */
export class Timeline implements SampleTap {
  readonly #batchSize: () => number;
  #level = 0;
  #origin = 0;
  #seconds: Second[] = [];

  /** @param batchSize asked when figures are made */
  constructor(batchSize: () => number) {
    this.#batchSize = batchSize;
  }

  /** See {@linkcode SampleTap}. */
  add({ kind, rows, count }: Chunk, shift: number, mark: LoadMark): void {
    if (kind === "gaps" || count === 0) return;
    if (mark.level !== this.#level) this.#begin(mark.level, rows[Sample.START]! + shift);
    for (let i = 0; i < count; i++) {
      const at = i * Sample.WIDTH;
      const start = rows[at + Sample.START]! + shift - this.#origin;
      const end = rows[at + Sample.END]! + shift - this.#origin;
      const second = this.#second(Math.max(0, Math.floor(end / 1000)), mark.pass);
      this.#busy(Math.max(0, start), end, mark.pass);
      second.lastMs = Math.max(second.lastMs, end % 1000);
      if (kind === "failures") {
        second.failedCount++;
        continue;
      }
      second.requestCount++;
      const ms = rows[at + Sample.END]! - rows[at + Sample.SCHEDULED]!;
      const ns = nanoseconds(ms);
      if (ns > second.maxNs) second.maxNs = ns;
      second.histogram?.add(ns);
    }
  }

  /** The rows of the level, which is over: the next one begins anew. */
  take(): TimelinePoint[] {
    const points = this.points();
    this.#level = 0;
    this.#seconds = [];
    return points;
  }

  /** The rows of this level so far; the last one may still grow. */
  points(): TimelinePoint[] {
    const seconds = this.#seconds;
    const batchSize = this.#batchSize();
    return seconds.map((second, i) => {
      const ms = i === seconds.length - 1 ? Math.max(1, second.lastMs) : 1000;
      const figures = percentiles(second);
      return {
        second: i,
        pass: second.pass,
        durationMs: Math.round(ms * 1e3) / 1e3,
        requestCount: second.requestCount,
        failedCount: second.failedCount,
        inferPerSecond: Math.round(second.requestCount * batchSize / ms * 1e6) / 1e3,
        inFlight: Math.round(second.busyMs / ms * 1e3) / 1e3,
        ...figures,
        maxUs: second.requestCount === 0 ? undefined : second.maxNs / 1000,
      };
    });
  }

  #begin(level: number, origin: number): void {
    this.#level = level;
    this.#origin = origin;
    this.#seconds = [];
  }

  #second(index: number, pass: number): Second {
    while (this.#seconds.length <= index) {
      this.#seconds.push({
        ...{ pass, requestCount: 0, failedCount: 0, busyMs: 0, maxNs: 0, lastMs: 0 },
        histogram: new TimeHistogram(),
      });
      const old = this.#seconds[this.#seconds.length - 1 - LIVE_SECONDS];
      if (old !== undefined) settle(old);
    }
    return this.#seconds[index]!;
  }

  #busy(start: number, end: number, pass: number): void {
    let from = start;
    while (from < end) {
      const index = Math.floor(from / 1000);
      const to = Math.min(end, (index + 1) * 1000);
      this.#second(index, pass).busyMs += to - from;
      from = to;
    }
  }
}

function percentiles({ histogram, p50Us, p90Us, p99Us }: Second) {
  if (histogram === undefined) return { p50Us, p90Us, p99Us };
  if (histogram.count === 0) return {};
  const at = (p: number) => histogram.percentile(p) / 1000;
  return { p50Us: at(50), p90Us: at(90), p99Us: at(99) };
}

/** Makes the figures of a second that is over and lets its histogram go. */
function settle(second: Second): void {
  if (second.histogram === undefined) return;
  Object.assign(second, percentiles(second));
  second.histogram = undefined;
}
