/**
 * The report as CSV: r19.07's columns on v1, perf_analyzer's on v2, whole microseconds, rows ascending
 * by throughput.
 *
 * @module
 */
import { stringify } from "@std/csv";
import { shardName } from "../../base/shard.ts";
import type {
  Interval,
  LevelResult,
  PercentileFigure,
  PerfResult,
  ServerFigures,
  TimeFigures,
} from "../types.ts";
import { shownPercentiles } from "./client_text.ts";
import { perSecond } from "../figures.ts";
import { rate, usec } from "./format.ts";
import { metricCells } from "./metrics_text.ts";
import { partCells } from "./parts_text.ts";

const COMPUTE_COLUMNS = {
  v1: ["Server Compute"],
  v2: ["Server Compute Input", "Server Compute Infer", "Server Compute Output"],
} as const;

/**
 * The file's text. Levels in which no request was measured have no row.
 *
 * @param verbose adds perf_analyzer's further columns
 */
export function csvReport(result: PerfResult, verbose = false): string {
  const { api } = result.environment;
  const measured = result.levels.flatMap((level) => {
    const { latency } = level.reported;
    return latency === undefined ? [] : [{ level, latency }];
  });
  measured.sort((a, b) => a.level.reported.inferPerSecond - b.level.reported.inferPerSecond);
  const percentiles = measured.length === 0
    ? []
    : shownPercentiles(measured[0]!.latency, result.settings.percentile);
  const header = [
    result.settings.schedule === undefined ? "Concurrency" : "Request Rate",
    "Inferences/Second",
    "Client Send",
    "Network+Server Send/Recv",
    "Server Queue",
    ...COMPUTE_COLUMNS[api],
    "Client Recv",
    ...percentiles.map(({ percentile }) => `p${percentile} latency`),
    ...verbose ? verboseHeader(result) : [],
    ...verbose ? intervalHeader(result, percentiles) : [],
    ...result.settings.shard === undefined ? [] : ["Shard"],
  ];
  const extra = measured.map(({ level }) => extraCells(level, result));
  const columns = [...new Set(extra.flatMap((cells) => [...cells.keys()]))];
  header.push(...columns);
  const rows = measured.map(({ level, latency }, i) => [
    ...row(level, latency, result),
    ...verbose ? verboseCells(level, latency, result) : [],
    ...verbose ? intervalCells(level, latency, result) : [],
    ...result.settings.shard === undefined ? [] : [shardName(result.settings.shard)],
    ...columns.map((column) => extra[i]!.get(column) ?? ""),
  ]);
  // Both originals end lines with a line feed alone; no cell holds one.
  return stringify([header, ...rows]).replaceAll("\r\n", "\n");
}

/** What the originals have no column for, by the column's name. */
function extraCells({ reported }: LevelResult, result: PerfResult): Map<string, string> {
  return new Map([
    ...partCells(reported, result),
    ...metricCells(reported.metrics, result.settings.metrics?.families),
  ]);
}

function row(
  { concurrency, requestRate, reported }: LevelResult,
  latency: TimeFigures,
  { settings, environment: { api } }: PerfResult,
): (string | number)[] {
  const { client, server } = reported;
  const compute = serverCompute(server, api);
  const inServer = (server?.queueUs ?? 0) + compute.reduce((sum, us) => sum + us, 0);
  const network = latency.averageUs - client.delayUs - client.sendUs - client.receiveUs - inServer;
  const cell = (us: number) => server === undefined ? "" : usec(us);
  return [
    requestRate ?? concurrency,
    rate(reported.inferPerSecond, api),
    usec(client.sendUs),
    usec(Math.max(0, network)),
    cell(server?.queueUs ?? 0),
    ...compute.map(cell),
    usec(client.receiveUs),
    ...shownPercentiles(latency, settings.percentile).map(({ us }) => usec(us)),
  ];
}

function verboseHeader({ settings }: PerfResult): string[] {
  const average = settings.percentile === undefined ? ["Avg latency"] : [];
  return [...average, "request/response", "response wait", "Server Utilization"];
}

function verboseCells(
  { reported: { client, server } }: LevelResult,
  latency: TimeFigures,
  { settings }: PerfResult,
): (number | string)[] {
  const average = settings.percentile === undefined ? [usec(latency.averageUs)] : [];
  const use = server?.utilization;
  return [
    ...average,
    usec(client.sendUs) + usec(client.receiveUs),
    usec(client.waitUs),
    use === undefined ? "" : Number(use.toPrecision(4)),
  ];
}

/** Behind perf_analyzer's own: each headline figure's interval of 95 %. */
function intervalHeader(
  { settings }: PerfResult,
  percentiles: readonly PercentileFigure[],
): string[] {
  const names = [
    "Inferences/Second",
    ...settings.percentile === undefined ? ["Avg latency"] : [],
    ...percentiles.map(({ percentile }) => `p${percentile} latency`),
  ];
  return names.flatMap((name) => [`${name} 95% low`, `${name} 95% high`]);
}

function intervalCells(
  { reported }: LevelResult,
  latency: TimeFigures,
  { settings, environment: { api } }: PerfResult,
): (string | number)[] {
  const cells = (interval: Interval | undefined, text: (value: number) => string | number) =>
    interval === undefined ? ["", ""] : interval.map(text);
  return [
    ...cells(reported.inferPerSecondCi95, (value) => rate(value, api)),
    ...settings.percentile === undefined ? cells(latency.averageCi95, usec) : [],
    ...shownPercentiles(latency, settings.percentile).flatMap(({ ci95 }) => cells(ci95, usec)),
  ];
}

function serverCompute(server: ServerFigures | undefined, api: "v1" | "v2"): number[] {
  const { computeInputUs = 0, computeUs = 0, computeOutputUs = 0 } = server ?? {};
  return api === "v1" ? [computeUs] : [computeInputUs, computeUs, computeOutputUs];
}

/**
 * An ensemble's models, a CSV each by the model's name: what the server tells of them a level.
 *
 * @returns no entry for a model that isn't an ensemble
 */
export function composingReports(result: PerfResult): Map<string, string> {
  const { api } = result.environment;
  const open = result.settings.schedule !== undefined;
  const header = [
    ...[
      open ? "Request Rate" : "Concurrency",
      "Inferences/Second",
      "Server Queue",
      ...COMPUTE_COLUMNS[api],
    ],
    ...["Inference Count", "Execution Count"],
  ];
  const rows = new Map<string, (string | number)[][]>();
  for (const { concurrency, requestRate, reported: { server, windowMs } } of result.levels) {
    for (const model of server?.composing ?? []) {
      const list = rows.get(model.modelName) ?? [];
      rows.set(model.modelName, list);
      list.push([
        requestRate ?? concurrency,
        rate(perSecond(model.inferenceCount, windowMs), api),
        ...[usec(model.queueUs), ...serverCompute(model, api).map(usec)],
        ...[model.inferenceCount, model.executionCount],
      ]);
    }
  }
  return new Map([...rows].map(([name, list]) => [
    name,
    stringify([header, ...list]).replaceAll("\r\n", "\n"),
  ]));
}
