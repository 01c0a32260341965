/**
 * What a report must have so that the other parts of this program can rely on its types.
 *
 * @module
 */
import {
  boolean,
  list,
  number,
  object,
  oneOf,
  optional,
  pair,
  record,
  type Shape,
  string,
} from "./shape.ts";

/** Deeper ensembles aren't read. */
const MAX_DEPTH = 16;

const percentile = object({ percentile: number, us: number, ci95: optional(pair) });

const times = object({
  count: number,
  minUs: number,
  maxUs: number,
  averageUs: number,
  averageCi95: optional(pair),
  deviationUs: number,
  percentiles: list(percentile),
  exact: boolean,
  histogram: list(object({ upToUs: number, count: number })),
  spectrum: optional(list(percentile)),
});

const errors = list(object({ code: string, message: string, count: number }));

const client = object({
  requestUs: number,
  sendUs: number,
  waitUs: number,
  receiveUs: number,
  overheadUs: number,
  delayUs: number,
  cpuShare: number,
  lagAverageUs: number,
  lagMaxUs: number,
});

function server(depth: number): Shape {
  return (value, path) => {
    const composing = depth === MAX_DEPTH ? deepest : list(server(depth + 1));
    return object({
      modelName: string,
      modelVersion: string,
      requestCount: number,
      failedCount: number,
      inferenceCount: number,
      executionCount: number,
      totalUs: number,
      queueUs: number,
      computeInputUs: number,
      computeUs: number,
      computeOutputUs: number,
      cacheHitCount: number,
      cacheMissCount: number,
      cacheHitUs: number,
      cacheMissUs: number,
      composing,
    })(value, path);
  };
}

const deepest: Shape = (value, path) =>
  Array.isArray(value) && value.length === 0 ? undefined : `${path} is too deep`;

const part = {
  requestCount: number,
  failedCount: number,
  requestPerSecond: number,
  latency: optional(times),
};

const metrics = object({
  url: string,
  scrapeCount: number,
  failedCount: number,
  lastError: optional(string),
  truncated: boolean,
  series: list(object({
    family: string,
    name: string,
    labels: record(string),
    kind: oneOf("counter", "gauge"),
    sampleCount: number,
    increase: optional(number),
    perSecond: optional(number),
    average: optional(number),
    maximum: optional(number),
  })),
});

const pass = object({
  pass: number,
  startedAt: optional(string),
  complete: boolean,
  windowMs: number,
  requestCount: number,
  failedCount: number,
  errors,
  errorRate: number,
  inferPerSecond: number,
  inferPerSecondCi95: optional(pair),
  sequenceCount: number,
  sequencePerSecond: number,
  latency: optional(times),
  serviceLatency: optional(times),
  delay: optional(times),
  client,
  slots: optional(object({ startedAt: string, lengthMs: number, buckets: list(string) })),
  server: optional(server(0)),
  responses: optional(object({
    responseCount: number,
    first: optional(times),
    between: optional(times),
  })),
  addresses: optional(list(object({ ...part, address: string }))),
  models: optional(list(object({
    ...part,
    name: string,
    share: number,
    requestShare: number,
    inferPerSecond: number,
    server: optional(server(0)),
  }))),
  metrics: optional(list(metrics)),
  accuracy: optional(object({ checkedCount: number, top1Count: number, top1: number })),
});

const counts = object({ sent: number, succeeded: number, failed: number, inFlight: number });

const measured = {
  concurrency: number,
  requestRate: optional(number),
  threads: number,
  outcome: oneOf("stable", "unstable", "unjudged", "errors", "aborted", "overload"),
  reason: optional(string),
  reported: pass,
  counts,
  errors,
  warnings: list(string),
};

/** A load level. */
export const levelShape: Shape = object({
  ...measured,
  passes: list(pass),
  timeline: optional(list(object({
    second: number,
    pass: number,
    durationMs: number,
    requestCount: number,
    failedCount: number,
    inferPerSecond: number,
    inFlight: number,
    p50Us: optional(number),
    p90Us: optional(number),
    p99Us: optional(number),
    maxUs: optional(number),
  }))),
});

const environment = object({
  tool: string,
  toolVersion: string,
  runtime: string,
  os: string,
  arch: string,
  cores: number,
  startedAt: string,
  address: string,
  api: oneOf("v1", "v2"),
  wire: oneOf("http", "grpc"),
  serverId: optional(string),
  serverVersion: optional(string),
});

const verdict = object({
  threshold: string,
  metric: string,
  operator: oneOf("<", "<=", ">", ">="),
  limit: number,
  unit: oneOf("us", "/s", "share", "count"),
  concurrency: optional(number),
  requestRate: optional(number),
  passed: boolean,
  verdict: oneOf("passed", "broken", "unjudged"),
  value: optional(number),
  margin: optional(number),
  marginPercent: optional(number),
  reason: optional(string),
});

const findMax = object({
  metric: oneOf("rate", "concurrency"),
  value: optional(number),
  confirmed: boolean,
  path: list(object({
    value: number,
    phase: oneOf("lowest", "up", "down", "bisect", "refine", "confirm"),
    passed: boolean,
    overload: boolean,
    windowMs: number,
    requestCount: number,
    thresholds: list(verdict),
  })),
});

const merge = object({
  count: number,
  missing: list(number),
  parts: list(object({
    index: number,
    environment,
    aborted: boolean,
    levels: list(object(measured)),
  })),
  warnings: list(string),
});

/** The whole report; of its settings only what readers rely on. */
export const reportShape: Shape = object({
  environment,
  settings: object({
    modelName: string,
    batchSize: number,
    windowMs: number,
    maxPasses: number,
    percentile: optional(number),
    thresholds: optional(list(string)),
    levels: object({ start: number, end: number, step: number, search: boolean }),
  }),
  model: object({ name: string, sequence: boolean, decoupled: boolean }),
  aborted: boolean,
  command: optional(string),
  findMax: optional(findMax),
  thresholds: optional(list(verdict)),
  levels: list(levelShape),
  runs: optional(list(object({ run: number, levels: list(levelShape) }))),
  merge: optional(merge),
});
