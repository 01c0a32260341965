/**
 * The server's own metrics in the text and the CSV file. JSON has all that were collected; these have
 * what tells how busy the server was, and the families that were asked for.
 *
 * @module
 */
import type { MetricsFigures, PassResult, PerfSettings, SeriesFigures } from "../types.ts";

/** Triton's families that are shown without being asked for: processors, memory, power, what waits. */
const SHOWN =
  /^nv_(?:gpu_(?:utilization|power_usage|memory_used_bytes|memory_total_bytes)|cpu_(?:utilization|memory_used_bytes)|energy_consumption|inference_pending_request_count)$/;

/** A series' figure in words: a mean and a maximum, or how much was added. */
interface Figure {
  readonly label: string;
  readonly value: number;
}

/** Whether a series is worth showing without being looked for. */
export function isShown({ family, maximum }: SeriesFigures, asked: readonly string[]): boolean {
  if (asked.includes(family)) return true;
  // Of all the models, those that nobody waits for are of no interest.
  if (family === "nv_inference_pending_request_count" && maximum === 0) return false;
  return SHOWN.test(family);
}

/** `nv_gpu_utilization{gpu_uuid="GPU-1"}` */
export function seriesName({ name, labels }: SeriesFigures): string {
  const parts = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return parts.length === 0 ? name : `${name}{${parts.join(",")}}`;
}

function figuresOf(series: SeriesFigures): Figure[] {
  return series.kind === "gauge"
    ? [{ label: "avg", value: series.average! }, { label: "max", value: series.maximum! }]
    : [{ label: "increase", value: series.increase! }, {
      label: "per second",
      value: series.perSecond ?? 0,
    }];
}

const round = (value: number) => String(Number(value.toPrecision(6)));

/** The lines of a pass; none when no metrics were collected. */
export function metricsLines(
  { metrics = [] }: Pick<PassResult, "metrics">,
  { metrics: settings }: PerfSettings,
): string[] {
  return metrics.flatMap(({ url, series, scrapeCount }) => {
    const shown = series.filter((entry) => isShown(entry, settings?.families ?? []));
    const lines = shown.map((entry) => {
      const figures = figuresOf(entry).map(({ label, value }) => `${label} ${round(value)}`);
      return `    ${seriesName(entry)}: ${figures.join(", ")}`;
    });
    const looks = `${scrapeCount} ${scrapeCount === 1 ? "look" : "looks"}`;
    const head = `  Server metrics (${url}, ${looks}): `;
    return [head, ...lines.length > 0 ? lines : ["    Nothing to show"], ""];
  });
}

/** A cell of the CSV file by its column's name. */
export type MetricCells = ReadonlyMap<string, string>;

/** The cells of a pass. With several pages the columns begin with the page. */
export function metricCells(
  metrics: readonly MetricsFigures[] = [],
  asked: readonly string[] = [],
): MetricCells {
  const cells = new Map<string, string>();
  for (const { url, series } of metrics) {
    const page = metrics.length > 1 ? `${url} ` : "";
    for (const entry of series) {
      if (!isShown(entry, asked)) continue;
      for (const { label, value } of figuresOf(entry)) {
        cells.set(`${page}${seriesName(entry)} ${label}`, round(value));
      }
    }
  }
  return cells;
}
