/**
 * How latency grows with the percentile, on the axis of HdrHistogram: each nine takes as much room.
 *
 * @module
 */
import { loadName } from "../report/text.ts";
import type { PercentileFigure, TimeFigures } from "../types.ts";
import { ms } from "./format.ts";
import type { Row, Table } from "./table.ts";
import type { PageRun } from "./types.ts";

/** The table of all spectra, one level after the other; undefined when nothing was measured. */
export function spectrumTable(runs: readonly PageRun[]): Table | undefined {
  const rows = runs.flatMap(({ name, report }, i) =>
    report.levels.flatMap((level) => {
      const { latency } = level.reported;
      if (latency === undefined) return [];
      const series = runs.length > 1 ? `${name}: ${loadName(level)}` : loadName(level);
      return spectrumOf(latency).map(({ percentile, us }): Row => ({
        mark: runs.length > 1 ? `run${i}` : undefined,
        cells: [series, String(Number(percentile.toPrecision(8))), ms(us)],
      }));
    })
  );
  if (rows.length === 0) return undefined;
  return {
    id: "spectrum",
    caption: "Latency by percentile",
    columns: [
      { key: "series", title: "Load" },
      { key: "percentile", title: "Percentile", figure: true },
      { key: "ms", title: "Latency, ms", figure: true },
    ],
    rows,
  };
}

/** Reports of many tasks and older ones only have the usual percentiles. */
function spectrumOf({ spectrum, percentiles, minUs, maxUs }: TimeFigures): PercentileFigure[] {
  if (spectrum !== undefined && spectrum.length > 0) return [...spectrum];
  return [{ percentile: 0, us: minUs }, ...percentiles, { percentile: 100, us: maxUs }];
}
