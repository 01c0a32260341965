/**
 * One pass: lets the load run for 1.2 x window and says what happened in the middle window.
 *
 * @module
 */
import type { Clock } from "../base/clock.ts";
import { describeError } from "../base/errors.ts";
import type { Protocol, QueryOptions } from "../protocol/types.ts";
import { windowFigures } from "./figures.ts";
import { processorTime, watchLag } from "./lag.ts";
import type { LoadManager } from "./load/manager.ts";
import { endsByCount, MARGIN, type PassRun, runForCount, runForTime } from "./pass_run.ts";
import { readServer } from "./server_probe.ts";
import {
  foreignRequests,
  type ModelNode,
  serverFigures,
  type ServerSnapshot,
} from "./server_stats.ts";
import type { PassResult, PerfSettings, Progress, RequestCounts } from "./types.ts";

/** What a level is measured with. */
export interface ProfilerParts {
  readonly settings: PerfSettings;
  readonly load: LoadManager;
  /** For the server's statistics and its profiler, beside the load. */
  readonly protocol: Protocol;
  readonly tree: ModelNode;
  readonly decoupled: boolean;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Milliseconds of processor time used so far; default: this process's. */
  readonly cpuTime?: () => number;
  /** Called a few times a second. */
  readonly onProgress?: (progress: Progress) => void;
}

/** A pass, what is odd about it, and the counts after it. */
export interface Pass {
  readonly result: PassResult;
  readonly warnings: readonly string[];
  readonly counts: RequestCounts;
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
  concurrency: number,
  pass: number,
  base: RequestCounts,
): Promise<Pass> {
  const { settings, load, clock } = parts;
  const warnings: string[] = [];
  const before = await load.collect();
  const { abandoned } = load;
  const statusBefore = await statistics(parts, warnings);
  await profiler(parts, "start", warnings);

  const byCount = endsByCount(settings);
  const from = clock.now() + (byCount ? 0 : settings.windowMs * MARGIN);
  const window = load.openWindow(from, byCount ? Infinity : from + settings.windowMs);
  const endLag = watchLag(clock, parts.cpuTime ?? processorTime);
  if (settings.requestCount > 0 && !parts.signal.aborted) {
    await load.setLoad(concurrency, settings.requestCount);
  }
  const run: PassRun = { ...parts, window, concurrency, pass, base, before };
  const complete = byCount
    ? await runForCount(run)
    : await runForTime(run, window.to + settings.windowMs * MARGIN);
  const lag = await endLag();
  window.cut(byCount ? window.lastEnd : clock.now());

  await profiler(parts, "stop", warnings);
  const statusAfter = statusBefore && await statistics(parts, warnings);
  const counts = await load.collect();
  load.closeWindow();

  const server = statusBefore && statusAfter &&
    serverFigures(parts.tree, statusBefore, statusAfter);
  if (server !== undefined && !parts.decoupled) {
    const foreign = foreignRequests(server, before, counts, abandoned);
    if (foreign > 0) warnings.push(foreignTraffic(foreign));
  } else if (statusAfter !== undefined && server === undefined) {
    warnings.push(
      "the server's counters are missing or went back during the measurement: it was started again, " +
        "or several servers answer at this address",
    );
  }
  const figures = windowFigures(window, lag, {
    batchSize: settings.batchSize,
    percentile: settings.percentile,
    decoupled: parts.decoupled,
    threads: load.threads,
  });
  const failedCount = counts.failed - before.failed;
  const settled = failedCount + counts.succeeded - before.succeeded;
  const errorRate = settled === 0 ? 0 : failedCount / settled;
  const errors = load.takeErrors();
  return {
    result: { pass, complete, failedCount, errors, errorRate, server, ...figures },
    warnings,
    counts,
  };
}

function foreignTraffic(count: number): string {
  return `the server's statistics include at least ${count} requests of other clients: ` +
    "its figures are not those of this measurement alone";
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
    await protocol.profile(command, queryOf(settings));
  } catch (error) {
    warnings.push(`the server's profiler did not ${command}: ${describeError(error)}`);
  }
}
