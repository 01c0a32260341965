/**
 * The report as CSV: r19.07's columns on v1, perf_analyzer's on v2, whole microseconds, rows ascending
 * by throughput.
 *
 * @module
 */
import { stringify } from "@std/csv";
import type { LevelResult, PerfResult, ServerFigures, TimeFigures } from "../types.ts";
import { shownPercentiles } from "./client_text.ts";
import { rate, usec } from "./format.ts";

const COMPUTE_COLUMNS = {
  v1: ["Server Compute"],
  v2: ["Server Compute Input", "Server Compute Infer", "Server Compute Output"],
} as const;

/** The file's text. Levels in which no request was measured have no row. */
export function csvReport(result: PerfResult): string {
  const { api } = result.environment;
  const measured = result.levels.flatMap((level) => {
    const { latency } = level.reported;
    return latency === undefined ? [] : [{ level, latency }];
  });
  measured.sort((a, b) => a.level.reported.inferPerSecond - b.level.reported.inferPerSecond);
  const percentiles = measured.length === 0
    ? []
    : shownPercentiles(measured[0].latency, result.settings.percentile);
  const header = [
    "Concurrency",
    "Inferences/Second",
    "Client Send",
    "Network+Server Send/Recv",
    "Server Queue",
    ...COMPUTE_COLUMNS[api],
    "Client Recv",
    ...percentiles.map(({ percentile }) => `p${percentile} latency`),
  ];
  const rows = measured.map(({ level, latency }) => row(level, latency, result));
  // Both originals end lines with a line feed alone; no cell holds one.
  return stringify([header, ...rows]).replaceAll("\r\n", "\n");
}

function row(
  { concurrency, reported }: LevelResult,
  latency: TimeFigures,
  { settings, environment: { api } }: PerfResult,
): (string | number)[] {
  const { client, server } = reported;
  const compute = serverCompute(server, api);
  const inServer = (server?.queueUs ?? 0) + compute.reduce((sum, us) => sum + us, 0);
  const network = latency.averageUs - client.sendUs - client.receiveUs - inServer;
  const cell = (us: number) => server === undefined ? "" : usec(us);
  return [
    concurrency,
    rate(reported.inferPerSecond, api),
    usec(client.sendUs),
    usec(Math.max(0, network)),
    cell(server?.queueUs ?? 0),
    ...compute.map(cell),
    usec(client.receiveUs),
    ...shownPercentiles(latency, settings.percentile).map(({ us }) => usec(us)),
  ];
}

function serverCompute(server: ServerFigures | undefined, api: "v1" | "v2"): number[] {
  const { computeInputUs = 0, computeUs = 0, computeOutputUs = 0 } = server ?? {};
  return api === "v1" ? [computeUs] : [computeInputUs, computeUs, computeOutputUs];
}
