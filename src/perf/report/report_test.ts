import { assertEquals, assertStringIncludes } from "@std/assert";
import {
  exampleIntervals,
  exampleLevel,
  exampleMetrics,
  exampleParts,
  examplePass,
  exampleResult,
  exampleServer,
  exampleTimes,
} from "../testing/example_result.ts";
import type { PerfProgress, PerfResult } from "../types.ts";
import { csvReport } from "./csv.ts";
import { jsonReport } from "./json.ts";
import { liveLine } from "./live.ts";
import { reportText } from "../testing/report_text.ts";
import { schemaFaults } from "../testing/schema.ts";
import { levelText, settingsText } from "./text.ts";

const v1 = (result: PerfResult): PerfResult => ({
  ...result,
  environment: { ...result.environment, api: "v1" },
});

Deno.test("text on v2: perf_analyzer's lines about the server", () => {
  const result = exampleResult();
  assertEquals(levelText(result.levels[0]!, result).split("\n"), [
    "  Client: ",
    "    Request count: 100",
    "    Throughput: 100.25 infer/sec",
    "    Avg client overhead: 9.02%",
    "    Avg latency: 1000 usec (standard deviation 100 usec)",
    "    p50 latency: 1500 usec",
    "    p90 latency: 1900 usec",
    "    p95 latency: 1950 usec",
    "    p99 latency: 1990 usec",
    "    Avg gRPC time: 900 usec ((un)marshal request/response 100 usec + response wait 800 usec)",
    "  Server: ",
    "    Inference count: 240",
    "    Execution count: 60",
    "    Successful request count: 120",
    "    Avg request latency: 100 usec (overhead 19 usec + queue 30 usec + " +
    "compute input 5 usec + compute infer 40 usec + compute output 6 usec)",
    "",
    "",
  ]);
});

Deno.test("text on v2: cache hits, and an ensemble with its models", () => {
  const cached = { ...exampleServer(), cacheHitCount: 90, cacheMissCount: 30, cacheHitUs: 2.5 };
  const cachedPass = examplePass({ server: cached });
  const result = exampleResult([exampleLevel({}, cachedPass)]);
  const text = levelText(result.levels[0]!, result);
  assertStringIncludes(text, "    Cache hit count: 90\n    Cache miss count: 30\n");
  assertStringIncludes(text, "queue 30 usec + cache hit/miss 2 usec + compute input 5 usec");

  const inner = { ...exampleServer("inner"), composing: [exampleServer("leaf")] };
  const ensemble = { ...exampleServer("outer"), composing: [inner] };
  const nested = exampleResult([exampleLevel({}, examplePass({ server: ensemble }))]);
  const lines = levelText(nested.levels[0]!, nested).split("\n");
  assertEquals(lines.slice(lines.indexOf("  Server: ") + 4, -1), [
    "    Avg request latency: 100 usec (overhead 19 usec + queue 30 usec + compute 51 usec)",
    "",
    "  Composing models: ",
    "  inner, version: 1",
    "      Inference count: 240",
    "      Execution count: 60",
    "      Successful request count: 120",
    "      Avg request latency: 100 usec (overhead 19 usec + queue 30 usec + compute 51 usec)",
    "",
    "    Composing models: ",
    "    leaf, version: 1",
    "        Inference count: 240",
    "        Execution count: 60",
    "        Successful request count: 120",
    "        Avg request latency: 100 usec (overhead 19 usec + queue 30 usec + " +
    "compute input 5 usec + compute infer 40 usec + compute output 6 usec)",
    "",
  ]);
});

Deno.test("text: failures, the reason and warnings come after the original's lines", () => {
  const pass = examplePass({
    failedCount: 5,
    errorRate: 0.0476,
    errors: [
      { code: "TIMEOUT", message: "no answer", count: 3, answered: false, retryable: true },
      { code: "INTERNAL", message: "oops", count: 2, answered: true, retryable: false },
    ],
    server: undefined,
  });
  const level = exampleLevel({
    outcome: "unstable",
    reason: "latency of pass 3 is 24 % off",
    warnings: ["the server gave no statistics"],
  }, pass);
  const result = v1(exampleResult([level]));
  assertEquals(reportText(result).split("\n").slice(5), [
    "Request concurrency: 2",
    "Failed to obtain stable measurement within 10 measurement windows for concurrency 2. " +
    "Please try to increase the time window.",
    "  Client: ",
    "    Request count: 100",
    "    Throughput: 100 infer/sec",
    "    Avg latency: 1000 usec (standard deviation 100 usec)",
    "    p50 latency: 1500 usec",
    "    p90 latency: 1900 usec",
    "    p95 latency: 1950 usec",
    "    p99 latency: 1990 usec",
    "    Avg gRPC time: 900 usec ((un)marshal request/response 100 usec + response wait 800 usec)",
    "    Failed request count: 5 (4.76%)",
    "      3 x TIMEOUT - no answer",
    "      2 x INTERNAL - oops",
    "  Server: ",
    "    No statistics",
    "",
    "  Unstable: latency of pass 3 is 24 % off",
    "  Warning: the server gave no statistics",
    "",
    "",
  ]);
});

Deno.test("text: when every request failed, why", () => {
  const pass = examplePass({
    latency: undefined,
    requestCount: 0,
    failedCount: 2,
    errorRate: 1,
    errors: [{
      code: "INVALID_ARG",
      message: "no such input",
      count: 2,
      answered: true,
      retryable: false,
    }],
  });
  const result = exampleResult([
    exampleLevel({ outcome: "errors", reason: "every request failed" }, pass),
  ]);
  assertEquals(levelText(result.levels[0]!, result).split("\n"), [
    "  Client: ",
    "    Request count: 0",
    "    Failed request count: 2 (100.00%)",
    "      2 x INVALID_ARG - no such input",
    "",
    "  Failed: every request failed",
    "",
    "",
  ]);
});

Deno.test("text: a decoupled model has first and between times instead of the wire's", () => {
  const pass = examplePass({
    responses: { responseCount: 400, first: exampleTimes(200), between: exampleTimes(100) },
  });
  const base = exampleResult([exampleLevel({}, pass)]);
  const result = { ...base, model: { ...base.model, decoupled: true } };
  const text = levelText(result.levels[0]!, result);
  assertEquals(text.includes("gRPC time"), false);
  assertStringIncludes(text, "    Response count: 400 (4 per request)\n");
  assertStringIncludes(
    text,
    "    First response: avg 200 usec, p50 300 usec, p90 380 usec, p99 398 usec\n",
  );
  assertStringIncludes(
    text,
    "    Between responses: avg 100 usec, p50 150 usec, p90 190 usec, p99 199 usec\n",
  );
});

Deno.test("text: a histogram when asked for", () => {
  const result = exampleResult();
  const text = levelText(result.levels[0]!, result, { histogram: true });
  assertStringIncludes(text, `      <= 1000 usec 60 ${"#".repeat(40)}\n`);
});

Deno.test("settingsText: count windows and a given number of requests", () => {
  const { settings } = exampleResult();
  assertStringIncludes(
    settingsText({ ...settings, measurementMode: "count_windows" }),
    "  Minimum number of samples in each window: 50\n",
  );
  assertStringIncludes(settingsText({ ...settings, requestCount: 7 }), "  Request count: 7\n");
});

Deno.test("csv on v2: perf_analyzer's columns, rows by throughput, empty levels left out", () => {
  const slow = examplePass({ inferPerSecond: 50.5 });
  const none = examplePass({ latency: undefined });
  const lost = examplePass({ inferPerSecond: 400, server: undefined });
  const result = exampleResult([
    exampleLevel({ concurrency: 4 }),
    exampleLevel({ concurrency: 1 }, slow),
    exampleLevel({ concurrency: 9 }, none),
    exampleLevel({ concurrency: 8 }, lost),
  ]);
  assertEquals(
    csvReport({ ...result, settings: { ...result.settings, percentile: 99.9 } }),
    "Concurrency,Inferences/Second,Client Send,Network+Server Send/Recv,Server Queue," +
      "Server Compute Input,Server Compute Infer,Server Compute Output,Client Recv," +
      "p50 latency,p90 latency,p95 latency,p99 latency,p99.9 latency\n" +
      "1,50.5,50,815,30,5,40,6,50,1500,1900,1950,1990,1999\n" +
      "4,100.25,50,815,30,5,40,6,50,1500,1900,1950,1990,1999\n" +
      "8,400,50,899,,,,,50,1500,1900,1950,1990,1999\n",
  );
});

Deno.test("text and csv: the server's metrics that tell how busy it was, and those asked for", () => {
  const pass = examplePass({ metrics: [exampleMetrics()] });
  const base = exampleResult([exampleLevel({}, pass), exampleLevel({ concurrency: 1 })]);
  const metrics = { urls: ["h:8002/metrics"], intervalMs: 1000, families: ["asked_total"] };
  const result = { ...base, settings: { ...base.settings, metrics } };
  const lines = levelText(result.levels[0]!, result).split("\n");
  assertEquals(lines.slice(lines.findIndex((line) => line.includes("Server metrics"))), [
    "  Server metrics (h:8002/metrics, 3 looks): ",
    '    nv_gpu_utilization{gpu_uuid="GPU-1"}: avg 0.25, max 0.5',
    "    asked_total: increase 12, per second 2.4",
    "",
    "",
  ]);
  const [header, first, second] = csvReport(result).split("\n");
  assertStringIncludes(
    header!,
    ',"nv_gpu_utilization{gpu_uuid=""GPU-1""} avg","nv_gpu_utilization{gpu_uuid=""GPU-1""} max",' +
      "asked_total increase,asked_total per second",
  );
  assertStringIncludes(first!, ",1990,0.25,0.5,12,2.4");
  assertStringIncludes(second!, ",1990,,,,");
});

Deno.test("csv of a shard: every cell is below its column's name", () => {
  const base = exampleResult([exampleLevel({}, examplePass({ metrics: [exampleMetrics()] }))]);
  const shard = { index: 1, count: 3, source: "--shard" } as const;
  const result = { ...base, settings: { ...base.settings, shard } };
  for (const verbose of [false, true]) {
    const [header, row] = csvReport(result, verbose).split("\n");
    const names = header!.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/);
    const cells = row!.split(",");
    assertEquals(cells.length, names.length);
    assertEquals(cells[names.indexOf("Shard")], "1/3");
    assertEquals(cells[names.indexOf("request/response")], verbose ? "100" : undefined);
  }
});

Deno.test("csv: no level at all gives the header alone", () => {
  assertEquals(csvReport(exampleResult([])).split("\n").length, 2);
});

Deno.test("liveLine: what matters most comes first", () => {
  const progress: PerfProgress = {
    phase: "measuring",
    concurrency: 4,
    pass: 2,
    maxPasses: 10,
    inferPerSecond: 8172.4,
    p50Us: 224.2,
    p99Us: 554,
    counts: { sent: 10, succeeded: 9, failed: 1, inFlight: 0 },
    passLeftMs: 3100,
    levelLeftMs: 51_000,
  };
  const line = "Pass 2/10: 8172 infer/sec, p50 224 usec, p99 554 usec, 1 error, " +
    "3.1 s left, at most 51 s";
  assertEquals(liveLine(progress), line);
  assertEquals(
    liveLine({ ...progress, phase: "warm-up", passLeftMs: undefined, levelLeftMs: undefined }),
    "Warm-up: 9 requests, 1 error",
  );
});

const SCHEMA = new URL("../../../docs/perf-report.schema.json", import.meta.url);
const faults = (report: unknown) => schemaFaults(SCHEMA, report);

Deno.test("json: the report is what the schema says, with nothing it doesn't name", async () => {
  const base = exampleResult();
  const full = exampleResult([
    exampleLevel(
      {
        outcome: "unstable",
        reason: "it is",
        ...exampleIntervals(),
        errors: [{
          code: "TIMEOUT",
          message: "no answer",
          count: 3,
          answered: false,
          retryable: true,
        }],
        warnings: ["w"],
      },
      examplePass({
        slots: { startedAt: "2026-12-01T08:00:00.000Z", lengthMs: 50, buckets: ["1024:2"] },
        failedCount: 3,
        errors: [{
          code: "TIMEOUT",
          message: "no answer",
          count: 3,
          answered: false,
          retryable: true,
        }],
        responses: { responseCount: 4, first: exampleTimes(1), between: exampleTimes(2) },
        server: { ...exampleServer(), composing: [exampleServer("part")] },
        metrics: [exampleMetrics()],
        ...exampleParts(),
      }),
    ),
    exampleLevel({}, examplePass({ latency: undefined, server: undefined })),
  ], {
    settings: {
      ...base.settings,
      percentile: 97,
      metrics: { urls: ["h:8002/metrics"], intervalMs: 1000, families: ["x"] },
      ...{ addresses: ["a:1", "b:2"], balance: "round-robin" },
      mix: [{
        ...{ name: "m", modelName: "simple", modelVersion: 1n, share: 3, batchSize: 2 },
        ...{ input: base.settings.input, addresses: ["a:1"] },
      }],
      parameters: { a: 1n, b: true },
      input: { ...base.settings.input, shapes: { x: [1, 2] }, stringData: "s" },
      sequence: { ...base.settings.sequence, firstId: 2n ** 63n },
      levels: { ...base.settings.levels, latencyLimitMs: 50 },
    },
  });
  for (const result of [base, full]) {
    assertEquals(await faults(JSON.parse(jsonReport(result))), []);
  }
  assertEquals(JSON.parse(jsonReport(full)).settings.sequence.firstId, "9223372036854775808");
});

Deno.test("json: the schema's own check finds what is wrong", async () => {
  const report = JSON.parse(jsonReport(exampleResult()));
  delete report.levels[0].counts.sent;
  report.levels[0].outcome = "fine";
  report.extra = 1;
  assertEquals(await faults(report), [
    "/levels/0/counts: must have required property 'sent' sent",
    "/levels/0/outcome: must be equal to one of the allowed values stable,unstable,unjudged,errors,aborted,overload",
    ": must NOT have additional properties extra",
  ]);
});
