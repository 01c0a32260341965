/**
 * The report as text, line for line as r19.07's perf_client prints it; on v2 with perf_analyzer's
 * lines about the server. What the original has no line for comes after its own.
 *
 * @module
 */
import { type Shard, shardName } from "../../base/shard.ts";
import { stabilizingUs } from "../statistics.ts";
import type {
  LevelOutcome,
  LevelResult,
  PassResult,
  PerfContext,
  PerfResult,
  PerfSettings,
} from "../types.ts";
import { clientLines, failureLines, type TextOptions } from "./client_text.ts";
import { percent, rate, usec } from "./format.ts";
import { intervalLines } from "./interval_text.ts";
import { metricsLines } from "./metrics_text.ts";
import { partLines } from "./parts_text.ts";
import { serverLines } from "./server_text.ts";

export type { TextOptions };

const lineBreak = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join("");

function stabilizer({ percentile }: PerfSettings): string {
  return percentile === undefined ? "average" : `p${percentile}`;
}

/** The settings, before the first level. */
export function settingsText(settings: PerfSettings): string {
  const { levels } = settings;
  const lines = ["*** Measurement Settings ***", ...whatLines(settings)];
  if (settings.scenario !== undefined) {
    const { scenario, minDurationMs, minQueryCount } = settings.scenario;
    lines.push(
      `  Scenario: ${scenario}, at least ${minDurationMs / 1000} sec and ${minQueryCount} ` +
        `${scenario === "Offline" ? "samples" : "queries"}; not an MLPerf submission`,
    );
  } else if (settings.requestCount > 0) {
    lines.push(`  Request count: ${settings.requestCount}`);
  } else if (settings.measurementMode === "count_windows") {
    lines.push(`  Minimum number of samples in each window: ${settings.windowRequestCount}`);
  } else lines.push(`  Measurement window: ${settings.windowMs} msec`);
  if (settings.periodic !== undefined) {
    const { start, end, step, period } = settings.periodic;
    lines.push(
      `  Periodic concurrency: ${start} to ${end} requests in all, ${step} more whenever each of the ` +
        `latest has had ${period} ${period === 1 ? "answer" : "answers"}`,
    );
  }
  if (levels.search) {
    if (levels.latencyLimitMs !== undefined) {
      lines.push(`  Latency limit: ${levels.latencyLimitMs} msec`);
    }
    if (levels.end > 0) lines.push(`  Concurrency limit: ${levels.end} concurrent requests`);
  }
  if (settings.shard !== undefined) lines.unshift(shardText(settings.shard));
  return lineBreak([...lines, `  Stabilizing using ${stabilizer(settings)} latency`, ""]);
}

/** The first line of one of many tasks. */
function shardText(shard: Shard): string {
  return `Shard ${shardName(shard)}, from ${shard.source}`;
}

function whatLines({ batchSize, mix }: PerfSettings): string[] {
  if (mix === undefined) return [`  Batch size: ${batchSize}`];
  const total = mix.reduce((sum, { share }) => sum + share, 0);
  return [
    "  Mix:",
    ...mix.map((entry) =>
      `    ${entry.name}: ${percent(entry.share / total)} of the requests, ` +
      `batch size ${entry.batchSize}`
    ),
  ];
}

/** The line before a level's passes. */
export function levelHeading(concurrency: number, requestRate?: number): string {
  if (requestRate !== undefined) {
    return `Request Rate: ${Number(requestRate.toPrecision(6))} inference requests per seconds\n`;
  }
  return `Request concurrency: ${concurrency}\n`;
}

/** One line for a pass, printed with `-v`. */
export function passText(pass: PassResult, { settings, environment }: PerfContext): string {
  const head = `  Pass [${pass.pass}] throughput: ${rate(pass.inferPerSecond, environment.api)}` +
    " infer/sec.";
  if (pass.latency === undefined) return `${head} No valid requests\n`;
  const latency = usec(stabilizingUs(pass.latency, settings.percentile));
  return settings.percentile === undefined
    ? `${head} Avg latency: ${latency} usec (std ${usec(pass.latency.deviationUs)} usec)\n`
    : `${head} p${settings.percentile} latency: ${latency} usec\n`;
}

/** r19.07's sentence for an unstable level; empty for others. r19.07 prints it to standard error. */
export function unstableText(level: LevelResult, settings: PerfSettings): string {
  if (level.outcome !== "unstable") return "";
  return `Failed to obtain stable measurement within ${settings.maxPasses} measurement windows for ` +
    `${loadName(level)}. Please try to increase the time window.\n`;
}

/** A level in messages: `concurrency 4` or `request rate 500`. */
export function loadName(
  { concurrency, requestRate }: Pick<LevelResult, "concurrency" | "requestRate">,
): string {
  return requestRate === undefined
    ? `concurrency ${concurrency}`
    : `request rate ${Number(requestRate.toPrecision(6))}`;
}

/** The name of the level that something is about; undefined when it is about all levels. */
export function meantLevel(
  { concurrency, requestRate }: Partial<Pick<LevelResult, "concurrency" | "requestRate">>,
): string | undefined {
  if (concurrency === undefined && requestRate === undefined) return undefined;
  return loadName({ concurrency: concurrency ?? 0, requestRate });
}

/** What precedes the reason of an outcome that needs attention. */
const OUTCOME_LABELS: Readonly<Partial<Record<LevelOutcome, string>>> = {
  unstable: "Unstable",
  errors: "Failed",
  aborted: "Incomplete",
  overload: "Overload",
  unjudged: "Not judged",
};

/** The figures of a level. */
export function levelText(
  level: LevelResult,
  context: PerfContext,
  options: TextOptions = {},
): string {
  const { reported } = level;
  const { api } = context.environment;
  // r19.07's lines stay its own.
  const withUse = api === "v2" || context.settings.schedule !== undefined;
  const body = reported.latency === undefined ? emptyLines(reported) : [
    ...clientLines(reported, reported.latency, context, options),
    ...context.settings.mix === undefined ? serverLines(reported.server, api, withUse) : [],
    ...partLines(reported, context),
    ...metricsLines(reported, context.settings),
    ...intervalLines(level, context),
  ];
  const notes = level.warnings.map((warning) => `  Warning: ${warning}`);
  const label = OUTCOME_LABELS[level.outcome];
  // One window of a given number of requests was asked for: nobody expects a judgement.
  const asked = level.outcome === "unjudged" &&
    (context.settings.scenario !== undefined || context.settings.requestCount > 0 ||
      (context.settings.durationMs ?? 0) > 0);
  if (label !== undefined && level.reason !== undefined && !asked) {
    notes.unshift(`  ${label}: ${level.reason}`);
  }
  return lineBreak(notes.length === 0 ? body : [...body, ...notes, ""]);
}

function emptyLines(pass: PassResult): string[] {
  if (pass.failedCount > 0) {
    return ["  Client: ", "    Request count: 0", ...indent(failureLines(pass)), ""];
  }
  return [
    "[ 0] INTERNAL - No valid requests recorded within time interval. " +
    "Please use a larger time window.",
  ];
}

const indent = (lines: readonly string[]) => lines.map((line) => `    ${line}`);

/** Throughput against latency, after a search; empty when there was none. */
export function curveText(result: PerfResult): string {
  const { settings, environment: { api } } = result;
  const rows = result.levels.flatMap(({ concurrency, requestRate, reported }) => {
    if (reported.latency === undefined) return [];
    const throughput = `${rate(reported.inferPerSecond, api)} infer/sec`;
    const latency = usec(stabilizingUs(reported.latency, settings.percentile));
    return [
      `${
        requestRate === undefined
          ? `Concurrency: ${concurrency}`
          : `Request Rate: ${Number(requestRate.toPrecision(6))}`
      }, ${api === "v1" ? "" : "throughput: "}${throughput}, ` +
      `latency ${latency} usec`,
    ];
  });
  const search = settings.levels.search || (settings.schedule?.levels.length ?? 0) > 1;
  if (!search || rows.length === 0) return "";
  const name = settings.percentile === undefined ? "Average" : `p${settings.percentile}`;
  return lineBreak([`Inferences/Second vs. Client ${name} Batch Latency`, ...rows]);
}
