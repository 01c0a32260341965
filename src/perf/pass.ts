/**
 * One pass: lets the load run for 1.2 x window and says what happened in the middle window.
 *
 * @module
 */
import { type Clock, wallMs } from "../base/clock.ts";
import { describeError } from "../base/errors.ts";
import type { Protocol, QueryOptions } from "../protocol/types.ts";
import { windowFigures } from "./figures.ts";
import { processorTime, watchLag } from "./lag.ts";
import type { LoadManager } from "./load/manager.ts";
import { BacklogTrend } from "./backlog.ts";
import { endsByCount, marginMs, type PassRun, runForCount, runForTime } from "./pass_run.ts";
import type { Arrivals } from "./schedule/arrivals.ts";
import { msUntilBegin, withCommonStart } from "./schedule/common_start.ts";
import type { Turn } from "./versus/turns.ts";
import type { MetricsScraper } from "./metrics/scraper.ts";
import type { MetricsFigures } from "./metrics/types.ts";
import { addressFigures, modelFigures } from "./parts.ts";
import type { WindowSlots } from "./intervals/slots.ts";
import { withPercentiles } from "./percentile.ts";
import { lookAt, lookFigures, type Probe } from "./probes.ts";
import { readServer } from "./server_probe.ts";
import {
  foreignRequests,
  type ModelNode,
  serverFigures,
  type ServerSnapshot,
} from "./server_stats.ts";
import type {
  AddressFigures,
  PassResult,
  PerfProgress,
  PerfSettings,
  RequestCounts,
} from "./types.ts";

/** What a level is measured with. */
export interface ProfilerParts {
  readonly settings: PerfSettings;
  readonly load: LoadManager;
  /** For the server's statistics and its profiler, beside the load. */
  readonly protocol: Protocol;
  readonly tree: ModelNode;
  /** In place of `protocol` and `tree`: the models of a mix, or one model on several servers. */
  readonly probes?: readonly Probe[];
  /** Looks at the server's metrics during the passes. */
  readonly metrics?: MetricsScraper;
  readonly decoupled: boolean;
  /** Whether the model is stateful. */
  readonly sequence?: boolean;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Milliseconds of processor time used so far; default: this process's. */
  readonly cpuTime?: () => number;
  /** Milliseconds in which programs waited for a processor so far; default: nobody looks. */
  readonly pressureTime?: () => number | undefined;
  /** Another measurement is made pass by pass with this one. */
  readonly turn?: Turn;
  /** To report beside the standard ones and the settings' own. */
  readonly percentiles?: readonly number[];
  /** Ends passes in place of the settings: a search knows how long it has to look. */
  readonly ending?: {
    /** Milliseconds before the window. */
    readonly settleMs: number;
    /** False when the caller ended the measurement. */
    readonly run: (run: PassRun) => Promise<boolean>;
  };
  /** Called a few times a second. */
  readonly onProgress?: (progress: PerfProgress) => void;
}

/** The load of a level. */
export interface LoadPoint {
  /** Requests in flight; with a schedule at most. */
  readonly concurrency: number;
  readonly requestRate?: number;
  /** The schedule; undefined = a closed loop. */
  readonly arrivals?: Arrivals;
  /** What records and histograms call it: the load of all shards together. Undefined = this load. */
  readonly name?: number;
}

/** A pass, what is odd about it, and the counts after it. */
export interface Pass {
  readonly result: PassResult;
  readonly warnings: readonly string[];
  readonly counts: RequestCounts;
  /** The window's requests by slots of time. */
  readonly slots: WindowSlots;
  readonly serviceSlots?: WindowSlots;
  /** With a schedule: requests a second that were served when the backlog grew without end. */
  readonly overload?: { readonly servedPerSecond: number };
}

/** A server that does not even tell its statistics in this time is not waited for. */
const QUERY_LIMIT_MS = 10_000;
/** With a time limit for requests, nothing else is waited for much longer. */
const MIN_QUERY_LIMIT_MS = 500;

function queryOf({ timeoutMs }: PerfSettings): QueryOptions {
  if (timeoutMs === 0) return { timeoutMs: QUERY_LIMIT_MS };
  return { timeoutMs: Math.max(MIN_QUERY_LIMIT_MS, Math.min(timeoutMs, QUERY_LIMIT_MS)) };
}

/**
 * Measures one window.
 *
 * @param pass its number, from 1
 * @param base counts at the start of the level
 */
export async function measurePass(
  parts: ProfilerParts,
  point: LoadPoint,
  pass: number,
  base: RequestCounts,
): Promise<Pass> {
  const { settings, load, clock, ending } = parts;
  const { concurrency, requestRate } = point;
  const isCounted = ending === undefined && settings.requestCount > 0;
  const warnings: string[] = [];
  const before = await load.collect();
  load.markPass(pass);
  const { abandoned } = load;
  const { probes } = parts;
  const lookedAt = clock.now();
  const lookBefore = probes && await lookAt(probes, queryOf(settings), warnings);
  const statusBefore = probes === undefined ? await statistics(parts, warnings) : undefined;
  const endMetrics = parts.metrics && await parts.metrics.watch(parts.signal);
  await profiler(parts, "start", warnings);

  const byCount = ending === undefined && endsByCount(settings);
  const arrivals = isCounted ? withCommonStart(point.arrivals, wallMs()) : point.arrivals;
  const begin = clock.now() + Math.max(0, msUntilBegin(arrivals, wallMs()));
  const from = begin + (ending?.settleMs ?? (byCount ? 0 : marginMs(settings)));
  const window = load.openWindow(
    from,
    byCount || ending !== undefined ? Infinity : from + settings.windowMs,
    { open: arrivals !== undefined, failuresAsSlow: settings.failuresAsSlow },
  );
  const endLag = watchLag(clock, parts.cpuTime ?? processorTime, parts.pressureTime);
  if (isCounted && !parts.signal.aborted) {
    await load.setLoad(concurrency, settings.requestCount, arrivals);
  }
  const backlog = requestRate === undefined || byCount
    ? undefined
    : new BacklogTrend(begin, requestRate, before);
  const run: PassRun = { ...parts, window, concurrency, requestRate, pass, base, before, backlog };
  const complete = ending !== undefined
    ? await ending.run(run)
    : byCount
    ? await runForCount(run)
    : await runForTime(run, window.to + marginMs(settings));
  const lag = await endLag();
  window.cut(byCount ? window.lastEnd : clock.now());

  const metrics = endMetrics && await endMetrics();
  warnings.push(...metrics?.flatMap(metricsWarnings) ?? []);
  await profiler(parts, "stop", warnings);
  const elapsedMs = clock.now() - lookedAt;
  const statusAfter = statusBefore && await statistics(parts, warnings);
  const lookAfter = probes && await lookAt(probes, queryOf(settings), []);
  const counts = await load.collect();
  load.closeWindow();

  const servers = lookBefore && lookAfter
    ? lookFigures(probes!, [lookBefore, lookAfter], elapsedMs)
    : [];
  const one = statusBefore && statusAfter &&
    serverFigures(parts.tree, statusBefore, statusAfter, elapsedMs);
  const server = settings.mix === undefined ? one ?? servers[0] : undefined;
  if (server !== undefined && !parts.decoupled) {
    // Other tasks send requests too.
    const foreign = settings.shard !== undefined
      ? 0
      : foreignRequests(server, before, counts, abandoned);
    if (foreign > 0) warnings.push(foreignTraffic(foreign));
  } else if (statusAfter !== undefined && server === undefined) {
    warnings.push(
      "the server's counters are missing or went back during the measurement: it was started again, " +
        "or several servers answer at this address",
    );
  }
  const percentiles = withPercentiles([settings.percentile, ...parts.percentiles ?? []]);
  const figures = windowFigures(window, lag, {
    batchSize: settings.batchSize,
    batchSizes: settings.mix?.map(({ batchSize }) => batchSize),
    percentiles,
    decoupled: parts.decoupled,
    threads: load.threads,
    timeoutMs: settings.timeoutMs,
  });
  const failedCount = counts.failed - before.failed;
  const settled = failedCount + counts.succeeded - before.succeeded;
  const errorRate = settled === 0 ? 0 : failedCount / settled;
  const errors = load.takeErrors();
  const addresses = addressFigures(window, settings.addresses, { percentiles, errors });
  const models = modelFigures(window, settings.mix, servers, { percentiles, errors });
  warnings.push(...addresses?.flatMap(awayWarning) ?? []);
  const startedAt = new Date(Date.now() - (clock.now() - window.from)).toISOString();
  return {
    result: {
      ...{
        pass,
        startedAt,
        complete,
        failedCount,
        errors,
        errorRate,
        server,
        metrics,
        addresses,
        models,
      },
      ...figures,
    },
    warnings,
    counts,
    slots: window.slots.close(figures.windowMs),
    serviceSlots: window.serviceSlots?.close(figures.windowMs),
    overload: complete && backlog?.grows ? { servedPerSecond: backlog.servedPerSecond } : undefined,
  };
}

function foreignTraffic(count: number): string {
  return `the server's statistics include at least ${count} requests of other clients: ` +
    "its figures are not those of this measurement alone";
}

function awayWarning({ address, requestCount, failedCount }: AddressFigures): string[] {
  if (failedCount === 0 || requestCount > 0) return [];
  return [`${address} answered nothing: it was left out, and the other servers got its share`];
}

function metricsWarnings({ url, failedCount, lastError, truncated }: MetricsFigures): string[] {
  return [
    ...failedCount === 0 ? [] : [`the metrics of ${url} were not always there: ${lastError}`],
    ...truncated ? [`${url} has more series than are kept`] : [],
  ];
}

async function statistics(
  { protocol, tree, settings }: ProfilerParts,
  warnings: string[],
): Promise<ServerSnapshot | undefined> {
  try {
    return await readServer(protocol, tree, queryOf(settings));
  } catch (error) {
    warnings.push(`the server gave no statistics: ${describeError(error)}`);
    return undefined;
  }
}

async function profiler(
  { protocol, settings }: ProfilerParts,
  command: "start" | "stop",
  warnings: string[],
): Promise<void> {
  if (!settings.profile) return;
  try {
    if (protocol.profile === undefined) throw new Error("it has none");
    await protocol.profile(command, queryOf(settings));
  } catch (error) {
    warnings.push(`the server's profiler did not ${command}: ${describeError(error)}`);
  }
}
