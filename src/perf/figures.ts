/**
 * From a window to its figures.
 *
 * @module
 */
import type { Lag } from "./lag.ts";
import { withPercentile } from "./percentile.ts";
import type { ClientFigures, PassResult, ResponseFigures } from "./types.ts";
import type { Window } from "./window.ts";

/** What a window's figures depend on beside its samples. */
export interface FigureOptions {
  readonly batchSize: number;
  readonly percentile?: number;
  readonly decoupled: boolean;
  /** Threads that sent requests. */
  readonly threads: number;
}

/** The client's part of a pass. */
export type WindowFigures = Pick<
  PassResult,
  | "windowMs"
  | "requestCount"
  | "inferPerSecond"
  | "sequenceCount"
  | "sequencePerSecond"
  | "latency"
  | "client"
  | "responses"
>;

/** Events per second in a window. */
export function perSecond(count: number, milliseconds: number): number {
  return milliseconds > 0 ? count / (milliseconds / 1000) : 0;
}

/** The figures of a closed window. */
export function windowFigures(window: Window, lag: Lag, options: FigureOptions): WindowFigures {
  const windowMs = window.to - window.from;
  const requestCount = window.latency.count;
  const latency = window.latency.figures(withPercentile(options.percentile));
  return {
    windowMs,
    requestCount,
    inferPerSecond: perSecond(requestCount * options.batchSize, windowMs),
    sequenceCount: window.sequenceCount,
    sequencePerSecond: perSecond(window.sequenceCount, windowMs),
    latency,
    client: clientFigures(window, lag, options.threads, latency?.averageUs ?? 0),
    responses: options.decoupled ? responseFigures(window, options.percentile) : undefined,
  };
}

function clientFigures(
  window: Window,
  lag: Lag,
  threads: number,
  latencyUs: number,
): ClientFigures {
  const count = Math.max(1, window.latency.count);
  const average = (milliseconds: number) => nanosecondUs((milliseconds / count) * 1000);
  const sendUs = average(window.sendMs);
  const waitUs = average(window.waitMs);
  const receiveUs = average(window.receiveMs);
  const requestUs = nanosecondUs(sendUs + waitUs + receiveUs);
  const delayUs = average(window.delayMs);
  const insideUs = Math.max(0, latencyUs - delayUs - requestUs);
  return {
    requestUs,
    sendUs,
    waitUs,
    receiveUs,
    overheadUs: nanosecondUs(insideUs + average(window.idleMs)),
    delayUs,
    cpuShare: lag.cpuShare / Math.max(1, threads),
    lagAverageUs: nanosecondUs(lag.averageMs * 1000),
    lagMaxUs: nanosecondUs(lag.maxMs * 1000),
  };
}

/** Rounded to whole nanoseconds, so that sums of fractions don't end just below a microsecond. */
function nanosecondUs(us: number): number {
  return Math.round(us * 1000) / 1000;
}

function responseFigures(window: Window, percentile: number | undefined): ResponseFigures {
  const percentiles = withPercentile(percentile);
  return {
    responseCount: window.responseCount,
    first: window.first.figures(percentiles),
    between: window.between.figures(percentiles),
  };
}
