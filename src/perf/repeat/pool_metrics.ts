/**
 * A server's metrics during several passes, as one.
 *
 * @module
 */
import { sum, weighted } from "../sums.ts";
import type { MetricsFigures, SeriesFigures } from "../types.ts";

/** Pages by their addresses; undefined when none was read. */
export function poolMetrics(
  passes: readonly (readonly MetricsFigures[] | undefined)[],
): MetricsFigures[] | undefined {
  if (passes.every((pages) => pages === undefined)) return undefined;
  const pages = passes.flatMap((pages) => pages ?? []);
  return [...Map.groupBy(pages, ({ url }) => url).values()].map((same): MetricsFigures => ({
    url: same[0]!.url,
    scrapeCount: sum(same.map(({ scrapeCount }) => scrapeCount)),
    failedCount: sum(same.map(({ failedCount }) => failedCount)),
    lastError: same.findLast(({ lastError }) => lastError !== undefined)?.lastError,
    truncated: same.some(({ truncated }) => truncated),
    series: [...Map.groupBy(same.flatMap(({ series }) => series), keyOf).values()].map(poolSeries),
  }));
}

function keyOf({ name, labels }: SeriesFigures): string {
  return JSON.stringify([name, Object.entries(labels).sort(([a], [b]) => a < b ? -1 : 1)]);
}

/** Counters add up, and their rates and the values of gauges are means. */
function poolSeries(same: readonly SeriesFigures[]): SeriesFigures {
  const { family, name, labels, kind } = same[0]!;
  const told = (key: "increase" | "perSecond" | "average" | "maximum") =>
    same.flatMap((one) => one[key] === undefined ? [] : [[one[key], one.sampleCount] as const]);
  const values = (key: Parameters<typeof told>[0]) => told(key).map(([value]) => value);
  const sampleCount = sum(same.map((one) => one.sampleCount));
  const common = { family, name, labels, kind, sampleCount };
  const known = <T>(all: readonly unknown[], value: T) => all.length === 0 ? undefined : value;
  return kind === "counter"
    ? {
      ...common,
      increase: known(values("increase"), sum(values("increase"))),
      perSecond: known(values("perSecond"), weighted(told("perSecond"))),
    }
    : {
      ...common,
      average: known(values("average"), weighted(told("average"))),
      maximum: known(values("maximum"), Math.max(...values("maximum"))),
    };
}
