/**
 * The reports against those of the original perf_client: a result with the recorded numbers must give
 * the recorded lines, and the recorded CSV files.
 */
import { assert, assertEquals } from "@std/assert";
import { parse } from "@std/csv";
import { csvReport } from "../src/perf/report/csv.ts";
import { reportText } from "../src/perf/testing/report_text.ts";
import {
  DEFAULT_SETTINGS,
  type LevelResult,
  type PassResult,
  type PerfResult,
  type PerfSettings,
  type ServerFigures,
  type TimeFigures,
} from "../src/perf/types.ts";
import { RECORDED_REPORTS } from "./perf_program.ts";
import { GOLDEN } from "./shared.ts";

/** The columns of a recorded CSV row that the text doesn't have. */
interface CsvRow {
  readonly send: number;
  readonly network: number;
  readonly receive: number;
}

function recorded(name: string): Promise<string> {
  return Deno.readTextFile(new URL(name, GOLDEN));
}

/** The recorded lines without the command and the exit code. */
function body(text: string): string {
  return text.replace(/^\$.*\n/, "").replace(/\[exit \d+\]\n$/, "");
}

function numberIn(text: string, pattern: RegExp): number | undefined {
  const match = pattern.exec(text);
  return match === null ? undefined : Number(match[1]);
}

function settingsOf(text: string): PerfSettings {
  const limit = numberIn(text, /Latency limit: (\d+) msec/);
  return {
    ...DEFAULT_SETTINGS,
    modelName: /-m (\S+)/.exec(text)![1]!,
    batchSize: numberIn(text, /Batch size: (\d+)/)!,
    windowMs: numberIn(text, /Measurement window: (\d+) msec/)!,
    maxPasses: numberIn(text, / -r (\d+)/) ?? DEFAULT_SETTINGS.maxPasses,
    percentile: numberIn(text, /Stabilizing using p(\d+)/),
    levels: {
      start: 1,
      end: numberIn(text, /Concurrency limit: (\d+)/) ?? 0,
      step: 1,
      latencyLimitMs: limit,
      search: limit !== undefined,
    },
  };
}

function latencyOf(lines: string, averageUs: number, deviationUs: number): TimeFigures {
  const percentiles = [...lines.matchAll(/^ {4}p(\d+) latency: (\d+) usec$/gm)].map((match) => ({
    percentile: Number(match[1]),
    us: Number(match[2]),
  }));
  return {
    count: numberIn(lines, /Request count: (\d+)/)!,
    minUs: 0,
    maxUs: 0,
    averageUs,
    deviationUs,
    percentiles: [...percentiles, { percentile: 99.9, us: 0 }],
    exact: true,
    histogram: [],
  };
}

function timesOf(lines: string) {
  const time = /Avg (HTTP|gRPC) time: (\d+) usec \((.*)\)$/m.exec(lines)!;
  const parts = [...time[3]!.matchAll(/(\d+) usec/g)].map((match) => Number(match[1]));
  const [send, wait, receive = 0] = parts;
  return { total: Number(time[2]), send, wait, receive };
}

function serverOf(lines: string, extra: number): ServerFigures {
  const server = lines.slice(lines.indexOf("  Server: "));
  return {
    modelName: "m",
    modelVersion: "1",
    requestCount: numberIn(server, /Request count: (\d+)/)!,
    failedCount: 0,
    inferenceCount: 0,
    executionCount: 0,
    totalUs: numberIn(server, /Avg request latency: (\d+) usec/)!,
    queueUs: numberIn(server, /queue (\d+) usec/)! + extra,
    computeInputUs: 0,
    computeUs: numberIn(server, /compute (\d+) usec/)! + extra,
    computeOutputUs: 0,
    cacheHitCount: 0,
    cacheMissCount: 0,
    cacheHitUs: 0,
    cacheMissUs: 0,
    composing: [],
  };
}

function passesOf(lines: string, settings: PerfSettings, reported: PassResult): PassResult[] {
  const pattern =
    /Pass \[(\d+)\] throughput: (\d+) infer\/sec\. \S+ latency: (\d+) usec(?: \(std (\d+) usec\))?/g;
  const passes = [...lines.matchAll(pattern)].map((match) => {
    const us = Number(match[3]);
    const percentile = settings.percentile;
    const latency: TimeFigures = {
      ...reported.latency!,
      averageUs: us,
      deviationUs: Number(match[4] ?? 0),
      percentiles: percentile === undefined ? [] : [{ percentile, us }],
    };
    return { ...reported, pass: Number(match[1]), inferPerSecond: Number(match[2]), latency };
  });
  return passes.length > 0 ? passes : [reported];
}

function levelOf(lines: string, settings: PerfSettings, csv: CsvRow | undefined): LevelResult {
  const times = timesOf(lines);
  const send = csv?.send ?? times.send;
  const receive = csv?.receive ?? times.receive;
  const whole = serverOf(lines, 0);
  const known = numberIn(lines, /^ {4}Avg latency: (\d+) usec \(/m);
  const inside = send! + receive + whole.queueUs + whole.computeUs;
  // What the five averages lose by being cut off to whole microseconds, spread over four of them.
  const lost = csv === undefined || known === undefined ? 0 : known - inside - csv.network;
  assert(lost >= 0 && lost < 4, `${lost} usec are lost by cutting off`);
  const averageUs = known ?? inside + (csv?.network ?? 0);
  const reported: PassResult = {
    pass: 1,
    complete: true,
    windowMs: settings.windowMs,
    requestCount: numberIn(lines, /Request count: (\d+)/)!,
    failedCount: 0,
    errors: [],
    errorRate: 0,
    inferPerSecond: numberIn(lines, /^ {4}Throughput: (\d+) infer/m)!,
    sequenceCount: numberIn(lines, /Sequence count: (\d+)/) ?? 0,
    sequencePerSecond: numberIn(lines, /\((\d+) seq\/sec\)/) ?? 0,
    latency: latencyOf(lines, averageUs, numberIn(lines, /standard deviation (\d+)/) ?? 0),
    client: {
      requestUs: times.total,
      sendUs: send! + lost / 4,
      waitUs: times.wait!,
      receiveUs: receive + lost / 4,
      overheadUs: 0,
      delayUs: 0,
      cpuShare: 0,
      lagAverageUs: 0,
      lagMaxUs: 0,
    },
    server: serverOf(lines, lost / 4),
  };
  return {
    concurrency: numberIn(lines, /^(\d+)/)!,
    threads: 1,
    outcome: lines.includes("Failed to obtain stable measurement") ? "unstable" : "stable",
    passes: passesOf(lines, settings, reported),
    reported,
    counts: { sent: 0, succeeded: 0, failed: 0, inFlight: 0 },
    errors: [],
    warnings: [],
  };
}

function resultOf(text: string, csv: Map<number, CsvRow> = new Map()): PerfResult {
  const settings = settingsOf(text);
  const levels = body(text).split("Request concurrency: ").slice(1).map((lines) =>
    levelOf(lines, settings, csv.get(numberIn(lines, /^(\d+)/)!))
  );
  return {
    settings,
    environment: {
      tool: "trtis",
      toolVersion: "0",
      runtime: "",
      os: "",
      arch: "",
      cores: 1,
      startedAt: "",
      address: "",
      api: "v1",
      wire: text.includes("-i grpc") ? "grpc" : "http",
    },
    model: {
      name: settings.modelName,
      platform: "custom",
      maxBatchSize: 8,
      sequence: text.includes("Sequence count"),
      decoupled: false,
    },
    levels,
    aborted: false,
  };
}

function csvRows(csv: string): Map<number, CsvRow> {
  const [header, ...rows] = parse(csv);
  const column = (name: string) => header!.indexOf(name);
  return new Map(rows.map((row) => [Number(row[0]), {
    send: Number(row[column("Client Send")]),
    network: Number(row[column("Network+Server Send/Recv")]),
    receive: Number(row[column("Client Recv")]),
  }]));
}

for (const name of RECORDED_REPORTS) {
  Deno.test(`recorded report perf_client_${name}`, async () => {
    const text = await recorded(`perf_client_${name}.txt`);
    const verbose = /^\$ perf_client -v /.test(text);
    assertEquals(reportText(resultOf(text), { verbose }), body(text));
  });
}

Deno.test("recorded report perf_client_window_too_small: the sentence for an empty window", async () => {
  const text = await recorded("perf_client_window_too_small.txt");
  const other = await recorded("perf_client_simple_t2_http.txt");
  const result = resultOf(other);
  const level = result.levels[0]!;
  const reported = { ...level.reported, latency: undefined, requestCount: 0, windowMs: 5 };
  const empty: PerfResult = {
    ...result,
    settings: { ...result.settings, windowMs: 5 },
    levels: [{ ...level, concurrency: 1, passes: [reported], reported }],
  };
  assertEquals(reportText(empty), body(text));
});

const CSV_FILES: readonly [csv: string, report: string][] = [
  ["perf_simple_d_http.csv", "perf_client_simple_d_http.txt"],
  ["perf_simple_d_p95_grpc.csv", "perf_client_simple_d_p95_verbose_grpc.txt"],
];

for (const [csvName, reportName] of CSV_FILES) {
  Deno.test(`recorded ${csvName}`, async () => {
    const csv = await recorded(csvName);
    const text = await recorded(reportName);
    const result = resultOf(text, csvRows(csv));
    assertEquals(csvReport(result), csv);
    const verbose = /^\$ perf_client -v /.test(text);
    assertEquals(reportText(result, { verbose }), body(text), "the same result gives the text");
  });
}
