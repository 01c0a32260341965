/**
 * All levels in one table: throughput against latency.
 *
 * @module
 */
import { loadName } from "../report/text.ts";
import type { LevelResult } from "../types.ts";
import { count, interval, ms, percent, rate } from "./format.ts";
import { kneeOf } from "./knee.ts";
import { type Column, type Row, type Table, withoutEmpty } from "./table.ts";
import type { PageRun } from "./types.ts";

/** Percentiles that some level has, ascending. */
function percentilesOf(runs: readonly PageRun[]): number[] {
  const all = runs.flatMap(({ report }) => report.levels)
    .flatMap(({ reported }) => reported.latency?.percentiles ?? []);
  return [...new Set(all.map(({ percentile }) => percentile))].sort((a, b) => a - b);
}

/** The table of levels; the plot draws its percentiles over its throughput. */
export function levelsTable(runs: readonly PageRun[]): Table {
  const percentiles = percentilesOf(runs);
  const figure = true;
  const columns: Column[] = [
    { key: "load", title: "Load" },
    { key: "run", title: "Run" },
    { key: "rate", title: "infer/s", figure },
    { key: "rateCi", title: "infer/s, 95 %", figure },
    { key: "avg", title: "Average, ms", figure },
    { key: "avgCi", title: "Average, 95 %", figure },
    ...percentiles.flatMap((p) => [
      { key: `p${p}`, title: `p${p}, ms`, figure },
      { key: `p${p}Ci`, title: `p${p}, 95 %`, figure },
    ]),
    { key: "requests", title: "Requests", figure },
    { key: "failed", title: "Failed", figure },
    { key: "errors", title: "Errors", figure },
    { key: "cpu", title: "Client CPU", figure },
    { key: "outcome", title: "Outcome" },
  ];
  const rows = runs.flatMap(({ name, report }) => {
    const knee = kneeOf(report.levels);
    return report.levels.map((level): Row => ({
      mark: level === knee ? "knee" : undefined,
      cells: [
        loadName(level),
        runs.length > 1 ? name : undefined,
        ...figures(level, percentiles),
        level === knee ? `${level.outcome}, knee` : level.outcome,
      ],
    }));
  });
  const caption = "Throughput and latency of each load";
  return withoutEmpty({ id: "levels", caption, columns, rows });
}

function figures({ reported }: LevelResult, percentiles: readonly number[]) {
  const { latency, requestCount, failedCount, errorRate, client } = reported;
  return [
    rate(reported.inferPerSecond),
    interval(reported.inferPerSecondCi95, rate),
    ms(latency?.averageUs),
    interval(latency?.averageCi95, ms),
    ...percentiles.flatMap((p) => {
      const found = latency?.percentiles.find(({ percentile }) => percentile === p);
      return [ms(found?.us), interval(found?.ci95, ms)];
    }),
    count(requestCount),
    count(failedCount),
    percent(errorRate),
    percent(client.cpuShare),
  ];
}
