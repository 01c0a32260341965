/**
 * How long a request took and where, and the sums that the original clients keep per context.
 *
 * @module
 */
import type { CallTimes } from "../transport/types.ts";

/** The time of one request in milliseconds, with fractions of a microsecond. */
export interface RequestTimers {
  /** From the call until the whole answer was there. */
  readonly totalMs: number;
  /** From the first to the last byte handed to the system. */
  readonly sendMs: number;
  /** From the last byte sent to the first byte received. */
  readonly waitMs: number;
  /** From the first to the last byte received. */
  readonly receiveMs: number;
}

/** Sums over the completed requests of a model handle, in nanoseconds. */
export interface InferStatistics {
  /** Requests that succeeded. */
  readonly completedRequestCount: number;
  /** Their times from call to answer. */
  readonly cumulativeTotalRequestTimeNs: bigint;
  /** Their times of sending. */
  readonly cumulativeSendTimeNs: bigint;
  /** Their times of receiving. */
  readonly cumulativeReceiveTimeNs: bigint;
}

/** Timers of a request that began at `start` and ended at `end` (monotonic milliseconds). */
export function requestTimers(start: number, times: CallTimes, end: number): RequestTimers {
  return {
    totalMs: end - start,
    sendMs: Math.max(0, times.sendEnd - times.sendStart),
    waitMs: Math.max(0, times.receiveStart - times.sendEnd),
    receiveMs: Math.max(0, times.receiveEnd - times.receiveStart),
  };
}

const toNs = (milliseconds: number) => BigInt(Math.round(milliseconds * 1e6));

/** Adds up timers. */
export class StatisticsCollector {
  #count = 0;
  #total = 0;
  #send = 0;
  #receive = 0;

  add(timers: RequestTimers): void {
    this.#count++;
    this.#total += timers.totalMs;
    this.#send += timers.sendMs;
    this.#receive += timers.receiveMs;
  }

  snapshot(): InferStatistics {
    return {
      completedRequestCount: this.#count,
      cumulativeTotalRequestTimeNs: toNs(this.#total),
      cumulativeSendTimeNs: toNs(this.#send),
      cumulativeReceiveTimeNs: toNs(this.#receive),
    };
  }
}
