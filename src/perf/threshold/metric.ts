/**
 * What a threshold may be about: the names, their units, and where the figure stands in a level.
 *
 * @module
 */
import { carries, requestsFor } from "../carried.ts";
import { percentileUs } from "../percentile.ts";
import type { LevelResult, TimeFigures } from "../types.ts";

/** The kinds of figures; each has units of its own. */
export type MetricKind = "time" | "rate" | "errors" | "share";

/** A figure that a threshold names. */
export interface Metric {
  /** As it is written, e.g. `service.p99`. */
  readonly name: string;
  readonly kind: MetricKind;
  /** Of percentiles: which, above 0 and below 100. */
  readonly percentile?: number;
  /** Of times: the set that it is a figure of; thresholds on one set can contradict one another. */
  readonly set?: TimeSet;
}

/** Sets of times: from the schedule, from the actual send, and between the two. */
export type TimeSet = "response" | "service" | "delay";

/** A figure, or why there is none. */
export type Found = { readonly value: number } | { readonly reason: string };

/** Units of a kind, with what one of them is in the base unit: microseconds, 1/s, shares of 1. */
export const UNITS: Readonly<Record<MetricKind, Readonly<Record<string, number>>>> = {
  time: { us: 1, ms: 1000, s: 1e6 },
  rate: { "/s": 1, "": 1 },
  errors: { "%": 0.01, "": 1 },
  share: { "%": 0.01 },
};

/** The names, for messages. */
export const METRIC_NAMES =
  "avg, min, max, p50 or any percentile, each also with service. or response. before it; " +
  "delay, errors, throughput, server.queue, server.compute, cpu";

const FIXED: Readonly<Record<string, MetricKind>> = {
  errors: "errors",
  throughput: "rate",
  "server.queue": "time",
  "server.compute": "time",
  cpu: "share",
};

/** The metric of this name; undefined when there is none. */
export function metricOf(text: string): Metric | undefined {
  const name = text.trim();
  if (Object.hasOwn(FIXED, name)) return { name, kind: FIXED[name]! };
  if (name === "delay") return { name, kind: "time", set: "delay" };
  const [, prefix, figure] = /^(?:(service|response|delay)\.)?([a-z0-9.]+)$/.exec(name) ?? [];
  if (figure === undefined) return undefined;
  const set = (prefix ?? "response") as TimeSet;
  if (figure === "avg" || figure === "min" || figure === "max") return { name, kind: "time", set };
  const digits = /^p(\d{1,2}(?:\.\d{1,6})?)$/.exec(figure)?.[1];
  const percentile = Number(digits);
  if (digits === undefined || percentile === 0) return undefined;
  return { name, kind: "time", set, percentile };
}

/** The reported figure of a level, in the base unit. */
export function figureOf(metric: Metric, unit: string, level: LevelResult): Found {
  const { reported: pass, counts } = level;
  switch (metric.name) {
    case "errors": {
      const settled = counts.succeeded + counts.failed;
      if (settled === 0) return { reason: "no request was answered" };
      return { value: unit === "%" ? counts.failed / settled : counts.failed };
    }
    case "throughput":
      return pass.complete || pass.requestCount > 0
        ? { value: pass.inferPerSecond }
        : { reason: "no request ended in the window" };
    case "cpu":
      return { value: pass.client.cpuShare };
    case "server.queue":
      return pass.server === undefined ? NO_SERVER : { value: pass.server.queueUs };
    case "server.compute": {
      if (pass.server === undefined) return NO_SERVER;
      const { computeInputUs, computeUs, computeOutputUs } = pass.server;
      return { value: computeInputUs + computeUs + computeOutputUs };
    }
  }
  const times = {
    response: pass.latency,
    service: pass.serviceLatency,
    delay: pass.delay,
  }[metric.set!];
  return times === undefined ? { reason: "no request ended in the window" } : timeOf(metric, times);
}

const NO_SERVER: Found = { reason: "the server gave no figures of its own" };

function timeOf({ name, percentile }: Metric, times: TimeFigures): Found {
  if (percentile === undefined) {
    if (name.endsWith("min")) return { value: times.minUs };
    return { value: name.endsWith("max") ? times.maxUs : times.averageUs };
  }
  if (!carries(times.count, percentile)) {
    const needed = requestsFor(percentile);
    return { reason: `p${percentile} needs ${needed} requests, the window has ${times.count}` };
  }
  const value = percentileUs(times, percentile);
  return value === undefined
    ? { reason: `p${percentile} is not among the reported percentiles` }
    : { value };
}
