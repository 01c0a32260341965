import { assertEquals, assertStringIncludes } from "@std/assert";
import {
  exampleLevel,
  examplePass,
  exampleResult,
  exampleServer,
  exampleTimes,
} from "../testing/example_result.ts";
import type { PerfResult, Progress } from "../types.ts";
import { csvReport } from "./csv.ts";
import { jsonReport } from "./json.ts";
import { liveLine } from "./live.ts";
import { levelText, reportText, settingsText } from "./text.ts";

const v1 = (result: PerfResult): PerfResult => ({
  ...result,
  environment: { ...result.environment, api: "v1" },
});

Deno.test("text on v2: perf_analyzer's lines about the server", () => {
  const result = exampleResult();
  assertEquals(levelText(result.levels[0], result).split("\n"), [
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
  const text = levelText(result.levels[0], result);
  assertStringIncludes(text, "    Cache hit count: 90\n    Cache miss count: 30\n");
  assertStringIncludes(text, "queue 30 usec + cache hit/miss 2 usec + compute input 5 usec");

  const inner = { ...exampleServer("inner"), composing: [exampleServer("leaf")] };
  const ensemble = { ...exampleServer("outer"), composing: [inner] };
  const nested = exampleResult([exampleLevel({}, examplePass({ server: ensemble }))]);
  const lines = levelText(nested.levels[0], nested).split("\n");
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
      { code: "TIMEOUT", message: "no answer", count: 3 },
      { code: "INTERNAL", message: "oops", count: 2 },
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
    errors: [{ code: "INVALID_ARG", message: "no such input", count: 2 }],
  });
  const result = exampleResult([
    exampleLevel({ outcome: "errors", reason: "every request failed" }, pass),
  ]);
  assertEquals(levelText(result.levels[0], result).split("\n"), [
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
  const text = levelText(result.levels[0], result);
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
  const text = levelText(result.levels[0], result, { histogram: true });
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

Deno.test("csv: no level at all gives the header alone", () => {
  assertEquals(csvReport(exampleResult([])).split("\n").length, 2);
});

Deno.test("liveLine: one line, cut to the terminal's width", () => {
  const progress: Progress = {
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
  assertEquals(liveLine(progress, 20), line.slice(0, 20));
  assertEquals(
    liveLine({ ...progress, phase: "warm-up", passLeftMs: undefined, levelLeftMs: undefined }),
    "Warm-up: 9 requests, 1 error",
  );
});

type Schema = {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
  readonly items?: Schema;
  readonly $defs?: Readonly<Record<string, Schema>>;
};

/** Where a value breaks a schema. Fields that the schema doesn't name are faults here. */
function faults(value: unknown, schema: Schema, root: Schema, path: string): string[] {
  if (schema.$ref !== undefined) {
    return faults(value, root.$defs![schema.$ref.replace("#/$defs/", "")], root, path);
  }
  if (schema.const !== undefined) return value === schema.const ? [] : [`${path}: const`];
  if (schema.enum !== undefined) return schema.enum.includes(value) ? [] : [`${path}: enum`];
  const actual = Array.isArray(value) ? "array" : typeof value;
  const types = [schema.type ?? []].flat();
  const matches = types.includes(actual) ||
    types.includes("integer") && Number.isInteger(value);
  if (!matches) return [`${path}: ${actual} instead of ${types}`];
  if (Array.isArray(value)) {
    return value.flatMap((item, i) => faults(item, schema.items!, root, `${path}[${i}]`));
  }
  if (actual !== "object") return [];
  const fields = value as Record<string, unknown>;
  const missing = (schema.required ?? []).filter((name) => !(name in fields));
  return [
    ...missing.map((name) => `${path}.${name}: missing`),
    ...Object.entries(fields).flatMap(([name, field]) => {
      const known = schema.properties?.[name] ?? schema.additionalProperties;
      if (known === undefined) return [`${path}.${name}: unknown`];
      return faults(field, known, root, `${path}.${name}`);
    }),
  ];
}

const schemaUrl = new URL("../../../docs/perf-report.schema.json", import.meta.url);

Deno.test("json: the report is what the schema says, with nothing it doesn't name", async () => {
  const schema: Schema = JSON.parse(await Deno.readTextFile(schemaUrl));
  const base = exampleResult();
  const full = exampleResult([
    exampleLevel(
      {
        outcome: "unstable",
        reason: "it is",
        errors: [{ code: "TIMEOUT", message: "no answer", count: 3 }],
        warnings: ["w"],
      },
      examplePass({
        failedCount: 3,
        errors: [{ code: "TIMEOUT", message: "no answer", count: 3 }],
        responses: { responseCount: 4, first: exampleTimes(1), between: exampleTimes(2) },
        server: { ...exampleServer(), composing: [exampleServer("part")] },
      }),
    ),
    exampleLevel({}, examplePass({ latency: undefined, server: undefined })),
  ], {
    settings: {
      ...base.settings,
      percentile: 97,
      parameters: { a: 1n, b: true },
      input: { ...base.settings.input, shapes: { x: [1, 2] }, stringData: "s" },
      sequence: { ...base.settings.sequence, firstId: 2n ** 63n },
      levels: { ...base.settings.levels, latencyLimitMs: 50 },
    },
  });
  for (const result of [base, full]) {
    assertEquals(faults(JSON.parse(jsonReport(result)), schema, schema, "report"), []);
  }
  assertEquals(JSON.parse(jsonReport(full)).settings.sequence.firstId, "9223372036854775808");
});

Deno.test("json: the schema's own check finds what is wrong", async () => {
  const schema: Schema = JSON.parse(await Deno.readTextFile(schemaUrl));
  const report = JSON.parse(jsonReport(exampleResult()));
  delete report.levels[0].counts.sent;
  report.levels[0].outcome = "fine";
  report.extra = 1;
  assertEquals(faults(report, schema, schema, "r").sort(), [
    "r.extra: unknown",
    "r.levels[0].counts.sent: missing",
    "r.levels[0].outcome: enum",
  ]);
});
