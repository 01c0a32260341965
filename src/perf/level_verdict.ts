/**
 * How a level ends, by the passes so far.
 *
 * @module
 */
import type { Pass } from "./pass.ts";
import { judgeStability, STABLE_PASSES } from "./stability.ts";
import { stabilizingUs } from "./statistics.ts";
import type { LevelOutcome, PassResult, PerfSettings } from "./types.ts";

/** A server that answers nothing for so long is not waited for. */
const GIVE_UP_MS = 10_000;

/** The end of a level. */
export interface Verdict {
  readonly outcome: LevelOutcome;
  readonly reason?: string;
}

/** A level's reason says which pass its figures are from, when the last one failed. */
export function withPass(
  verdict: Verdict,
  reported: PassResult,
  passes: readonly PassResult[],
): Verdict {
  if (verdict.outcome === "aborted" || reported === passes.at(-1)) return verdict;
  const what = reported.failedCount === 0 ? "without failures" : "in which requests succeeded";
  const from = `the figures are those of pass ${reported.pass}, the last one ${what}`;
  return { ...verdict, reason: `${verdict.reason}; ${from}` };
}

/** A backlog that grows through a whole pass ends the level: further passes only make it longer. */
export function overloaded({ overload }: Pass, requestRate = 0): Verdict | undefined {
  if (overload === undefined) return undefined;
  const asked = Math.round(requestRate).toLocaleString("en");
  const served = Math.round(overload.servedPerSecond).toLocaleString("en");
  return {
    outcome: "overload",
    reason: `above capacity: asked ${asked}/s, served ${served}/s; ` +
      "latency and delay grow without bound",
  };
}

/** Whether the level is over, after the passes that count. */
export function judge(settings: PerfSettings, passes: readonly PassResult[]): Verdict | undefined {
  const last = passes[passes.length - 1];
  if (!last!.complete) {
    return { outcome: "aborted", reason: "the measurement was ended before it was stable" };
  }
  const failure = tooManyErrors(last!, settings.maxErrorRate, msWithoutSuccess(passes));
  if (failure !== undefined) return { outcome: "errors", reason: failure };
  if (settings.requestCount > 0) {
    return { outcome: "unjudged", reason: "one window of a given number of requests" };
  }
  if (settings.durationMs) return { outcome: "unjudged", reason: "one window of a given length" };
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

function tooManyErrors(
  pass: PassResult,
  maxErrorRate: number,
  deadMs: number,
): string | undefined {
  const { failedCount, errorRate, errors } = pass;
  if (failedCount === 0) return undefined;
  const first = errors[0];
  const example = first === undefined ? "" : `: ${first.code} - ${first.message}`;
  if (errorRate > maxErrorRate) {
    const percent = (errorRate * 100).toPrecision(3);
    return `${Number(percent)} % of the requests failed, more than the ` +
      `${Number((maxErrorRate * 100).toPrecision(3))} % allowed${example}`;
  }
  if (errorRate < 1) return undefined;
  // What may pass is given some time to do so.
  const hopeless = errors.every((group) => !group.retryable) || deadMs >= GIVE_UP_MS;
  return hopeless ? `every request failed${example}` : undefined;
}

/**
 * The last pass. After an abort the last whole one. After too many failures, or a last pass in which
 * nothing succeeded, the last one without any failure, else with a success, when there is one: what a
 * server did before it went away is what was measured of it.
 */
export function reportedPass(passes: readonly PassResult[], outcome: LevelOutcome): PassResult {
  const last = passes[passes.length - 1]!;
  const isDead = last.complete && last.latency === undefined;
  if (outcome === "errors" || isDead) {
    const clean = passes.findLast((pass) => isWhole(pass) && pass.failedCount === 0);
    return clean ?? (isDead ? passes.findLast(isWhole) : undefined) ?? last;
  }
  return last.complete ? last : passes.findLast(isWhole) ?? last;
}

function isWhole(pass: PassResult): boolean {
  return pass.complete && pass.latency !== undefined;
}

/** For how long nothing has succeeded, in whole windows. */
function msWithoutSuccess(passes: readonly PassResult[]): number {
  let ms = 0;
  for (let i = passes.length - 1; i >= 0 && passes[i]!.errorRate === 1; i--) {
    ms += passes[i]!.windowMs;
  }
  return ms;
}
