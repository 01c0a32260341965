/**
 * Passes of one load, measured one after the other, as one pass: percentiles from all requests, rates
 * by all the time.
 *
 * @module
 */
import { perSecond } from "../figures.ts";
import { ErrorTally } from "../load/errors.ts";
import { addBuckets, bucketText } from "../merge/buckets.ts";
import { TimeHistogram } from "../histogram.ts";
import { mergeTimes } from "../merge/times.ts";
import { addServers } from "../server_sum.ts";
import { sum, weighted } from "../sums.ts";
import type {
  ClientFigures,
  PartFigures,
  PassResult,
  ServerFigures,
  TimeFigures,
} from "../types.ts";
import { poolMetrics } from "./pool_metrics.ts";

/**
 * Pools passes.
 *
 * @param passes one at least
 */
export function poolPasses(passes: readonly PassResult[]): PassResult {
  const [first] = passes;
  if (passes.length === 1) return { ...first!, pass: 1 };
  const total = (of: (pass: PassResult) => number) => sum(passes.map(of));
  /** Of what is told a second: each second counts as much. */
  const byTime = (of: (pass: PassResult) => number) =>
    weighted(passes.map((pass) => [of(pass), pass.windowMs]));
  const failedCount = total((pass) => pass.failedCount);
  const settled = total((pass) =>
    pass.errorRate > 0 ? pass.failedCount / pass.errorRate : pass.requestCount
  );
  const errors = new ErrorTally();
  passes.forEach((pass) => pass.errors.forEach((group) => errors.addGroup(group)));
  const latency = poolTimes(passes.map((pass) => pass.latency));
  const checkedCount = total((pass) => pass.accuracy?.checkedCount ?? 0);
  const top1Count = total((pass) => pass.accuracy?.top1Count ?? 0);
  const windowMs = total((pass) => pass.windowMs);
  return {
    pass: 1,
    startedAt: first!.startedAt,
    complete: passes.every((pass) => pass.complete),
    windowMs,
    requestCount: total((pass) => pass.requestCount),
    failedCount,
    errors: errors.groups(),
    errorRate: settled === 0 ? 0 : failedCount / settled,
    inferPerSecond: byTime((pass) => pass.inferPerSecond),
    sequenceCount: total((pass) => pass.sequenceCount),
    sequencePerSecond: byTime((pass) => pass.sequencePerSecond),
    latency,
    serviceLatency: passes.every((pass) => pass.serviceLatency === pass.latency)
      ? latency
      : poolTimes(passes.map((pass) => pass.serviceLatency)),
    delay: poolTimes(passes.map((pass) => pass.delay)),
    backlogs: poolBacklogs(passes),
    failedLatency: poolTimes(passes.map((pass) => pass.failedLatency)),
    client: poolClients(passes),
    server: poolServers(passes.map((pass) => pass.server)),
    responses: passes.every((pass) => pass.responses === undefined) ? undefined : {
      responseCount: total((pass) => pass.responses?.responseCount ?? 0),
      first: poolTimes(passes.map((pass) => pass.responses?.first)),
      between: poolTimes(passes.map((pass) => pass.responses?.between)),
    },
    addresses: first!.addresses?.map(({ address }, i) => ({
      address,
      ...poolParts(passes.map((pass) => pass.addresses?.[i]), windowMs),
    })),
    models: first!.models?.map(({ name, share }, i) => {
      const parts = passes.map((pass) => pass.models?.[i]);
      const pooled = poolParts(parts, windowMs);
      return {
        ...{ name, share },
        requestShare: pooled.requestCount / Math.max(1, total((pass) => pass.requestCount)),
        inferPerSecond: weighted(
          parts.map((part, at) => [part?.inferPerSecond ?? 0, passes[at]!.windowMs]),
        ),
        ...pooled,
        server: poolServers(parts.map((part) => part?.server)),
      };
    }),
    metrics: poolMetrics(passes.map((pass) => pass.metrics)),
    accuracy: checkedCount === 0
      ? undefined
      : { checkedCount, top1Count, top1: top1Count / checkedCount },
  };
}

/** The windows follow one another. */
function poolBacklogs(passes: readonly PassResult[]): PassResult["backlogs"] {
  if (passes.every(({ backlogs }) => backlogs === undefined)) return undefined;
  let begin = 0;
  return passes.flatMap(({ backlogs = [], windowMs }) => {
    const offset = begin;
    begin += windowMs;
    return backlogs.map(({ fromMs, toMs, ...rest }) => ({
      fromMs: fromMs + offset,
      toMs: toMs === undefined ? undefined : toMs + offset,
      ...rest,
    }));
  });
}

/** Times as one set; undefined when there are none. */
function poolTimes(all: readonly (TimeFigures | undefined)[]): TimeFigures | undefined {
  const parts = all.filter((times) => times !== undefined);
  const histogram = new TimeHistogram();
  for (const { buckets } of parts) addBuckets(buckets ?? "", histogram);
  return mergeTimes(parts, histogram, bucketText(histogram));
}

function poolClients(passes: readonly PassResult[]): ClientFigures {
  const mean = (of: (client: ClientFigures) => number) =>
    weighted(passes.map((pass) => [of(pass.client), pass.requestCount]));
  const byTime = (of: (client: ClientFigures) => number) =>
    weighted(passes.map((pass) => [of(pass.client), pass.windowMs]));
  return {
    requestUs: mean(({ requestUs }) => requestUs),
    sendUs: mean(({ sendUs }) => sendUs),
    waitUs: mean(({ waitUs }) => waitUs),
    receiveUs: mean(({ receiveUs }) => receiveUs),
    overheadUs: mean(({ overheadUs }) => overheadUs),
    delayUs: mean(({ delayUs }) => delayUs),
    cpuShare: byTime(({ cpuShare }) => cpuShare),
    pressure: passes.every(({ client }) => client.pressure !== undefined)
      ? byTime(({ pressure = 0 }) => pressure)
      : undefined,
    lagAverageUs: byTime(({ lagAverageUs }) => lagAverageUs),
    lagMaxUs: Math.max(...passes.map(({ client }) => client.lagMaxUs)),
  };
}

/** Counts are those of all passes; instances are the same ones in each. */
function poolServers(all: readonly (ServerFigures | undefined)[]): ServerFigures | undefined {
  const told = all.filter((server) => server !== undefined);
  const added = addServers(told);
  return added && told.length > 1 ? sameInstances(added, told.length) : added;
}

function sameInstances(server: ServerFigures, times: number): ServerFigures {
  const { busyInstances, instances, composing } = server;
  return {
    ...server,
    busyInstances: busyInstances === undefined ? undefined : busyInstances / times,
    instances: instances === undefined ? undefined : instances / times,
    composing: composing.map((one) => sameInstances(one, times)),
  };
}

function poolParts(
  all: readonly (PartFigures | undefined)[],
  windowMs: number,
): PartFigures {
  const parts = all.filter((part) => part !== undefined);
  const requestCount = sum(parts.map((part) => part.requestCount));
  return {
    requestCount,
    failedCount: sum(parts.map((part) => part.failedCount)),
    requestPerSecond: perSecond(requestCount, windowMs),
    latency: poolTimes(parts.map((part) => part.latency)),
  };
}
