/**
 * A small result, for tests of reporters.
 *
 * @module
 */
import {
  DEFAULT_SETTINGS,
  type LevelResult,
  type MetricsFigures,
  type PassResult,
  type PerfResult,
  type ServerFigures,
  type TimeFigures,
} from "../types.ts";

/** Figures of times around `averageUs`. */
export function exampleTimes(averageUs: number): TimeFigures {
  return {
    count: 100,
    minUs: averageUs / 2,
    maxUs: averageUs * 4,
    averageUs,
    deviationUs: averageUs / 10,
    percentiles: [50, 90, 95, 99, 99.9].map((percentile) => ({
      percentile,
      us: averageUs * (1 + percentile / 100),
    })),
    exact: true,
    histogram: [{ upToUs: averageUs, count: 60 }, { upToUs: averageUs * 4, count: 40 }],
  };
}

/** A model's part, all averages different. */
export function exampleServer(modelName = "simple"): ServerFigures {
  return {
    modelName,
    modelVersion: "1",
    requestCount: 120,
    failedCount: 0,
    inferenceCount: 240,
    executionCount: 60,
    totalUs: 100.9,
    queueUs: 30.9,
    computeInputUs: 5.5,
    computeUs: 40.5,
    computeOutputUs: 6.5,
    cacheHitCount: 0,
    cacheMissCount: 0,
    cacheHitUs: 0,
    cacheMissUs: 0,
    composing: [],
  };
}

/** A metrics page with a series of each kind, and one that only JSON has. */
export function exampleMetrics(): MetricsFigures {
  const gauge = { kind: "gauge", sampleCount: 3, average: 0.25, maximum: 0.5 } as const;
  const counter = { kind: "counter", sampleCount: 3, increase: 12, perSecond: 2.4 } as const;
  const labels = { gpu_uuid: "GPU-1" };
  return {
    url: "h:8002/metrics",
    scrapeCount: 3,
    failedCount: 1,
    lastError: "away",
    truncated: false,
    series: [
      { family: "nv_gpu_utilization", name: "nv_gpu_utilization", labels, ...gauge },
      { family: "asked_total", name: "asked_total", labels: {}, ...counter },
      { family: "nv_inference_count", name: "nv_inference_count", labels: {}, ...counter },
    ],
  };
}

/** Figures of two servers, one of which was away, and of a model. */
export function exampleParts(): Required<Pick<PassResult, "addresses" | "models">> {
  const part = { requestCount: 100, failedCount: 0, requestPerSecond: 50.125 };
  const latency = exampleTimes(1000);
  return {
    addresses: [
      { address: "a:1", ...part, latency },
      { address: "b:2", requestCount: 0, failedCount: 3, requestPerSecond: 0 },
    ],
    models: [{
      ...{ name: "m", share: 1, requestShare: 1, inferPerSecond: 100.25, ...part, latency },
      server: exampleServer("m"),
    }],
  };
}

/** A pass of 100 requests at 1000 usec. */
export function examplePass(changes: Partial<PassResult> = {}): PassResult {
  return {
    pass: 1,
    complete: true,
    windowMs: 1000,
    requestCount: 100,
    failedCount: 0,
    errors: [],
    errorRate: 0,
    inferPerSecond: 100.25,
    sequenceCount: 0,
    sequencePerSecond: 0,
    latency: exampleTimes(1000),
    client: {
      requestUs: 900.9,
      sendUs: 50.6,
      waitUs: 800.2,
      receiveUs: 50.1,
      overheadUs: 99.1,
      delayUs: 0,
      cpuShare: 0.25,
      lagAverageUs: 10,
      lagMaxUs: 400,
    },
    server: exampleServer(),
    ...changes,
  };
}

/** What three passes say together; the passes fell into two groups. */
export function exampleIntervals(): Required<
  Pick<LevelResult, "overall" | "spread" | "loadCheck">
> {
  return {
    overall: {
      passCount: 4,
      requestCount: 400,
      inferPerSecond: 100,
      inferPerSecondCi95: [90, 110],
      averageUs: 1000,
      averageCi95: [900, 1100],
      percentiles: [
        { percentile: 50, us: 1500, ci95: [1400, 1600] },
        { percentile: 99, us: 1990, ci95: [1900, 2900], neededCount: 662 },
      ],
      basis: { by: "passes", count: 4 },
    },
    spread: {
      kind: "groups",
      inferPerSecond: [9300, 23_800],
      averageUs: [170, 430],
      groups: [
        { passes: [1, 4], inferPerSecond: [9300, 10_400], averageUs: [380, 430] },
        { passes: [2, 3], inferPerSecond: [20_200, 23_800], averageUs: [170, 200] },
      ],
    },
    loadCheck: { inFlight: 1.98, asked: 2 },
  };
}

/** A stable level of one pass. */
export function exampleLevel(
  changes: Partial<LevelResult> = {},
  pass: PassResult = examplePass(),
): LevelResult {
  return {
    concurrency: 2,
    threads: 1,
    outcome: "stable",
    passes: [pass],
    reported: pass,
    counts: { sent: 130, succeeded: 128, failed: 0, inFlight: 2 },
    errors: [],
    warnings: [],
    ...changes,
  };
}

/** A whole result on v2 over gRPC. */
export function exampleResult(
  levels: readonly LevelResult[] = [exampleLevel()],
  changes: Partial<PerfResult> = {},
): PerfResult {
  return {
    settings: { ...DEFAULT_SETTINGS, modelName: "simple", modelVersion: 1n },
    environment: {
      tool: "trtis",
      toolVersion: "1.2.3",
      runtime: "deno 2",
      os: "linux",
      arch: "x86_64",
      cores: 2,
      startedAt: "1970-01-01T00:00:00.000Z",
      address: "127.0.0.1:8001",
      api: "v2",
      wire: "grpc",
      serverId: "triton",
      serverVersion: "2.51.0",
    },
    model: {
      name: "simple",
      platform: "python",
      maxBatchSize: 8,
      sequence: false,
      decoupled: false,
    },
    levels,
    aborted: false,
    ...changes,
  };
}
