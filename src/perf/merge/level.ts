/**
 * A level of many tasks as one level.
 *
 * @module
 */
import { ErrorTally } from "../load/errors.ts";
import { addCounts } from "../load/manager.ts";
import { type TimeName, timesOf } from "../pass_times.ts";
import { sum, weighted } from "../sums.ts";
import type { LevelOutcome, LevelResult, PassResult } from "../types.ts";
import { bucketText } from "./buckets.ts";
import type { LevelBuckets } from "./level_buckets.ts";
import { mergeServers } from "./server.ts";
import { mergeTimes } from "./times.ts";
import type { MergePart, PartLevel } from "./types.ts";

/** The worst first. */
const OUTCOMES: readonly LevelOutcome[] = [
  ...["errors", "overload", "aborted", "unstable", "unjudged", "stable"] as const,
];
/** Windows that overlap less were hardly measured at the same time. */
const OVERLAP = 0.9;

/** Merges level number `at` of all parts. */
export function mergeLevel(
  parts: readonly MergePart[],
  at: number,
  buckets: LevelBuckets,
): LevelResult {
  const levels = parts.map((part) => part.levels[at]!);
  const outcome = OUTCOMES.find((one) => levels.some((level) => level.outcome === one))!;
  const culprit = levels.findIndex((level) => level.outcome === outcome);
  const reason = levels[culprit]!.reason;
  const reported = mergePass(parts, levels, buckets);
  const errors = new ErrorTally();
  levels.forEach((level) => level.errors.forEach((group) => errors.addGroup(group)));
  const rates = levels.map((level) => level.requestRate);
  return {
    concurrency: sum(levels.map((level) => level.concurrency)),
    requestRate: rates.includes(undefined) ? undefined : sum(rates.map((rate) => rate!)),
    threads: sum(levels.map((level) => level.threads)),
    outcome,
    reason: reason === undefined ? undefined : `shard ${parts[culprit]!.index}: ${reason}`,
    passes: [reported],
    reported,
    counts: levels.map((level) => level.counts).reduce(addCounts),
    errors: errors.groups(),
    warnings: [
      ...apart(levels),
      ...levels.flatMap(({ warnings }, i) =>
        warnings.map((text) => `shard ${parts[i]!.index}: ${text}`)
      ),
    ],
  };
}

function mergePass(
  parts: readonly MergePart[],
  levels: readonly PartLevel[],
  buckets: LevelBuckets,
): PassResult {
  const passes = levels.map((level) => level.reported);
  const total = (of: (pass: PassResult) => number) => sum(passes.map(of));
  const mean = (of: (pass: PassResult) => number) =>
    weighted(passes.map((pass) => [of(pass), pass.requestCount]));
  const failedCount = total((pass) => pass.failedCount);
  const settled = total((pass) =>
    pass.errorRate > 0 ? pass.failedCount / pass.errorRate : pass.requestCount
  );
  const errors = new ErrorTally();
  passes.forEach((pass) => pass.errors.forEach((group) => errors.addGroup(group)));
  const times = (name: TimeName) => {
    const figures = passes.map((pass) => timesOf(pass, name)).filter((one) => one !== undefined);
    const histogram = buckets.of(name);
    return mergeTimes(figures, histogram, bucketText(histogram));
  };
  const checkedCount = total((pass) => pass.accuracy?.checkedCount ?? 0);
  const top1Count = total((pass) => pass.accuracy?.top1Count ?? 0);
  const started = passes.map((pass) => pass.startedAt).filter((text) => text !== undefined).sort();
  return {
    pass: 1,
    startedAt: started[0],
    complete: passes.every((pass) => pass.complete),
    windowMs: Math.max(...passes.map((pass) => pass.windowMs)),
    requestCount: total((pass) => pass.requestCount),
    failedCount,
    errors: errors.groups(),
    errorRate: settled === 0 ? 0 : failedCount / settled,
    inferPerSecond: total((pass) => pass.inferPerSecond),
    sequenceCount: total((pass) => pass.sequenceCount),
    sequencePerSecond: total((pass) => pass.sequencePerSecond),
    latency: times("latency"),
    serviceLatency: times("serviceLatency"),
    delay: times("delay"),
    failedLatency: times("failedLatency"),
    client: {
      requestUs: mean(({ client }) => client.requestUs),
      sendUs: mean(({ client }) => client.sendUs),
      waitUs: mean(({ client }) => client.waitUs),
      receiveUs: mean(({ client }) => client.receiveUs),
      overheadUs: mean(({ client }) => client.overheadUs),
      delayUs: mean(({ client }) => client.delayUs),
      cpuShare: weighted(
        levels.map(({ reported, threads }) => [reported.client.cpuShare, threads]),
      ),
      lagAverageUs: mean(({ client }) => client.lagAverageUs),
      lagMaxUs: Math.max(...passes.map(({ client }) => client.lagMaxUs)),
    },
    server: mergeServers(
      levels.map((level, i) => ({ level, address: parts[i]!.environment.address })),
    ),
    responses: passes.every((pass) => pass.responses === undefined) ? undefined : {
      responseCount: total((pass) => pass.responses?.responseCount ?? 0),
      first: times("first"),
      between: times("between"),
    },
    accuracy: checkedCount === 0
      ? undefined
      : { checkedCount, top1Count, top1: top1Count / checkedCount },
  };
}

/** Rates only add up when they were measured at the same time. */
function apart(levels: readonly PartLevel[]): string[] {
  const windows = levels.flatMap(({ reported: { startedAt, windowMs } }) => {
    const from = Date.parse(startedAt ?? "");
    return Number.isNaN(from) ? [] : [{ from, to: from + windowMs }];
  });
  if (windows.length < 2) return [];
  const common = Math.min(...windows.map(({ to }) => to)) -
    Math.max(...windows.map(({ from }) => from));
  const longest = Math.max(...windows.map(({ from, to }) => to - from));
  if (common >= OVERLAP * longest) return [];
  const share = Math.max(0, Math.round(100 * common / longest));
  return [
    `the shards were measured at the same time for only ${share} % of the window, and their rates are added: ` +
    "start them together, with one window of a fixed length",
  ];
}
