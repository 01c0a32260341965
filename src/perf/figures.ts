/**
 * From a window to its figures.
 *
 * @module
 */
import type { Lag } from "./lag.ts";
import type { ClientFigures, PassResult, ResponseFigures, TimeFigures } from "./types.ts";
import type { Distribution } from "./statistics.ts";
import type { Window } from "./window.ts";

/** What a window's figures depend on beside its samples. */
export interface FigureOptions {
  readonly batchSize: number;
  /** Batch sizes of the models of a mix. */
  readonly batchSizes?: readonly number[];
  /** To report. */
  readonly percentiles: readonly number[];
  readonly decoupled: boolean;
  /** Threads that sent requests. */
  readonly threads: number;
  /** Limit of a request: what failed and counts as slow took so long at least. @default 0 */
  readonly timeoutMs?: number;
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
  | "serviceLatency"
  | "delay"
  | "backlogs"
  | "failedLatency"
  | "client"
  | "responses"
  | "accuracy"
>;

/** Events per second in a window. */
export function perSecond(count: number, milliseconds: number): number {
  return milliseconds > 0 ? count / (milliseconds / 1000) : 0;
}

/** The figures of a closed window. */
export function windowFigures(window: Window, lag: Lag, options: FigureOptions): WindowFigures {
  const windowMs = window.to - window.from;
  const { requestCount } = window;
  const successUs = window.successUs;
  window.settle(options.timeoutMs ?? 0);
  const { percentiles } = options;
  const latency = window.latency.figures(percentiles, true);
  const entries = options.batchSizes === undefined
    ? requestCount * options.batchSize
    : options.batchSizes.reduce(
      (sum, size, i) => sum + size * succeededOf(window.byModel[i + 1]),
      0,
    );
  return {
    windowMs,
    requestCount,
    inferPerSecond: perSecond(entries, windowMs),
    sequenceCount: window.sequenceCount,
    sequencePerSecond: perSecond(window.sequenceCount, windowMs),
    latency,
    serviceLatency: window.service === undefined
      ? latency
      : window.service.figures(percentiles, true),
    delay: window.delay === undefined
      ? latency && noDelay(latency)
      : window.delay.figures(percentiles, true),
    backlogs: window.backlogs?.close(),
    failedLatency: window.failed.figures(percentiles),
    client: clientFigures(window, lag, options.threads, successUs),
    responses: options.decoupled ? responseFigures(window, percentiles) : undefined,
    accuracy: window.checkedCount === 0 ? undefined : {
      checkedCount: window.checkedCount,
      top1Count: window.rightCount,
      top1: window.rightCount / window.checkedCount,
    },
  };
}

/** Requests that ended well, of those whose times are kept. */
export function succeededOf(times: Distribution | undefined): number {
  return times === undefined ? 0 : times.count - times.worstCount;
}

/** A closed loop's requests are due the moment they are sent. */
function noDelay({ count, percentiles, exact }: TimeFigures): TimeFigures {
  return {
    count,
    minUs: 0,
    maxUs: 0,
    averageUs: 0,
    deviationUs: 0,
    percentiles: percentiles.map(({ percentile }) => ({ percentile, us: 0 })),
    exact,
    histogram: [{ upToUs: 0, count }],
    buckets: `0:${count}`,
  };
}

function clientFigures(
  window: Window,
  lag: Lag,
  threads: number,
  latencyUs: number,
): ClientFigures {
  const count = Math.max(1, window.requestCount);
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
    pressure: lag.pressure,
    lagAverageUs: nanosecondUs(lag.averageMs * 1000),
    lagMaxUs: nanosecondUs(lag.maxMs * 1000),
  };
}

/** Rounded to whole nanoseconds, so that sums of fractions don't end just below a microsecond. */
function nanosecondUs(us: number): number {
  return Math.round(us * 1000) / 1000;
}

function responseFigures(window: Window, percentiles: readonly number[]): ResponseFigures {
  return {
    responseCount: window.responseCount,
    first: window.first.figures(percentiles),
    between: window.between.figures(percentiles),
  };
}
