/**
 * One load level: passes until they are stable.
 *
 * @module
 */
import { describeError, type ErrorCode } from "../base/errors.ts";
import { ErrorTally } from "./load/errors.ts";
import type { LoadManager } from "./load/manager.ts";
import { measurePass, type ProfilerParts } from "./pass.ts";
import { countsSince } from "./pass_run.ts";
import { judgeStability, STABLE_PASSES } from "./stability.ts";
import { stabilizingUs } from "./statistics.ts";
import type {
  LevelOutcome,
  LevelResult,
  PassResult,
  PerfObserver,
  PerfSettings,
  RequestCounts,
} from "./types.ts";

/** Above this share of a core a load thread can't send much faster. */
const SATURATED_SHARE = 0.9;
/** A further thread stays only when throughput rises by this factor: it takes a core from the rest. */
const WORTH_A_THREAD = 1.05;
/** Timers that come this late, and late compared with the latency, make the latency doubtful. */
const LAG_WARNING_US = 2000;
const LAG_WARNING_SHARE = 0.2;
/** Between two looks at a warm-up. */
const WARMUP_TICK_MS = 10;

/** Failures that may go away by themselves: the measurement goes on. */
const PASSING: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "CONNECTION",
  "TIMEOUT",
  "CANCELLED",
  "UNAVAILABLE",
  "PROTOCOL",
]);

interface Verdict {
  readonly outcome: LevelOutcome;
  readonly reason?: string;
}

/** Measures one level. Requests go on being sent when it returns. */
export async function profileLevel(
  parts: ProfilerParts,
  concurrency: number,
  observer: PerfObserver = {},
): Promise<LevelResult> {
  const { settings, load, signal } = parts;
  const base = await load.collect();
  const errors = new ErrorTally();
  load.takeErrors();
  observer.levelStarted?.(concurrency);
  await warmUp(parts, concurrency, base);
  load.takeErrors().forEach((group) => errors.addGroup(group));
  if (settings.requestCount === 0 && !signal.aborted) await load.setLoad(concurrency);

  const passes: PassResult[] = [];
  const warnings = new Set<string>();
  let judgedFrom = 0;
  let beforeGrowth: PassResult | undefined;
  let counts: RequestCounts;
  let verdict: Verdict | undefined;
  do {
    const pass = await measurePass(parts, concurrency, passes.length + 1, base);
    counts = pass.counts;
    passes.push(pass.result);
    pass.result.errors.forEach((group) => errors.addGroup(group));
    pass.warnings.forEach((warning) => warnings.add(warning));
    observer.passDone?.(pass.result, concurrency);
    if (beforeGrowth !== undefined && pass.result.complete) {
      const helped = pass.result.inferPerSecond >= beforeGrowth.inferPerSecond * WORTH_A_THREAD;
      beforeGrowth = undefined;
      if (!helped) {
        await load.shrink();
        judgedFrom = passes.length;
        continue;
      }
    }
    if (wantsThread(settings, load, pass.result) && await growLoad(load, warnings)) {
      beforeGrowth = pass.result;
      judgedFrom = passes.length;
      continue;
    }
    verdict = judge(settings, passes.slice(judgedFrom));
  } while (verdict === undefined);

  const reported = reportedPass(passes);
  doubts(reported).forEach((warning) => warnings.add(warning));
  const level: LevelResult = {
    concurrency,
    threads: load.threads,
    ...verdict,
    passes,
    reported,
    counts: countsSince(counts, base),
    errors: errors.groups(),
    warnings: [...warnings],
  };
  observer.levelDone?.(level);
  return level;
}

/** Whether this pass was held up by too few threads, and a further one can help. */
function wantsThread(settings: PerfSettings, load: LoadManager, pass: PassResult): boolean {
  return pass.complete && settings.requestCount === 0 && isSaturated(pass) && load.canGrow;
}

/** Without a further thread the measurement goes on as it is. */
async function growLoad(load: LoadManager, warnings: Set<string>): Promise<boolean> {
  try {
    await load.grow();
    return true;
  } catch (error) {
    warnings.add(`no further thread to send requests could be started: ${describeError(error)}`);
    return false;
  }
}

async function warmUp(
  { settings, load, clock, signal, onProgress }: ProfilerParts,
  concurrency: number,
  base: RequestCounts,
): Promise<void> {
  const wanted = settings.warmupRequestCount;
  if (wanted === 0) return;
  if (signal.aborted) return;
  await load.setLoad(concurrency, wanted);
  let reported = -Infinity;
  while (!signal.aborted) {
    const all = await load.collect();
    const counts = countsSince(all, base);
    if (counts.sent - base.inFlight >= wanted && counts.inFlight === 0) return;
    if (clock.now() - reported >= 250) {
      reported = clock.now();
      onProgress?.({
        phase: "warm-up",
        concurrency,
        pass: 0,
        maxPasses: settings.maxPasses,
        inferPerSecond: 0,
        counts,
      });
    }
    await clock.sleep(WARMUP_TICK_MS, signal);
  }
}

/** Whether the level is over, after the passes that count. */
function judge(settings: PerfSettings, passes: readonly PassResult[]): Verdict | undefined {
  const last = passes[passes.length - 1];
  if (!last.complete) {
    return { outcome: "aborted", reason: "the measurement was ended before it was stable" };
  }
  const failure = tooManyErrors(last, settings.maxErrorRate);
  if (failure !== undefined) return { outcome: "errors", reason: failure };
  if (settings.requestCount > 0) {
    return { outcome: "unjudged", reason: "one window of a given number of requests" };
  }
  const stability = judgeStability(
    passes.map((pass) => ({
      inferPerSecond: pass.inferPerSecond,
      latencyUs: pass.latency && stabilizingUs(pass.latency, settings.percentile),
    })),
    settings.stabilityPercent,
  );
  if (stability.state === "stable") return { outcome: "stable" };
  if (passes.length < settings.maxPasses) return undefined;
  return stability.state === "unstable"
    ? { outcome: "unstable", reason: stability.reason }
    : { outcome: "unjudged", reason: `stability takes ${STABLE_PASSES} passes to judge` };
}

function tooManyErrors(pass: PassResult, maxErrorRate: number): string | undefined {
  const { failedCount, errorRate, errors } = pass;
  if (failedCount === 0) return undefined;
  const first = errors[0];
  const example = first === undefined ? "" : `: ${first.code} - ${first.message}`;
  if (errorRate > maxErrorRate) {
    const percent = (errorRate * 100).toPrecision(3);
    return `${Number(percent)} % of the requests failed, more than the ` +
      `${Number((maxErrorRate * 100).toPrecision(3))} % allowed${example}`;
  }
  const hopeless = errorRate === 1 && errors.every((group) => !PASSING.has(group.code));
  return hopeless ? `every request failed${example}` : undefined;
}

/** The last pass; after an abort the last whole one, when there is one. */
function reportedPass(passes: readonly PassResult[]): PassResult {
  const last = passes[passes.length - 1];
  if (last.complete) return last;
  return passes.findLast((pass) => pass.complete && pass.latency !== undefined) ?? last;
}

function isSaturated(pass: PassResult): boolean {
  return pass.client.cpuShare >= SATURATED_SHARE;
}

function doubts(pass: PassResult): string[] {
  const { client, latency } = pass;
  const warnings: string[] = [];
  if (isSaturated(pass)) {
    warnings.push(
      `the client itself is the bottleneck: it used ${Math.round(client.cpuShare * 100)} % of a ` +
        "processor core for each thread that sends requests; the server could answer more",
    );
  }
  const lateUs = client.lagAverageUs;
  if (lateUs > LAG_WARNING_US && lateUs > LAG_WARNING_SHARE * (latency?.averageUs ?? 0)) {
    warnings.push(
      `the client's timers came ${
        Math.round(lateUs)
      } usec late on average: latencies may include ` +
        "as much of the client's own time",
    );
  }
  if (latency?.exact === false) {
    warnings.push("the window has more requests than can be kept: percentiles are within 0.1 %");
  }
  return warnings;
}
