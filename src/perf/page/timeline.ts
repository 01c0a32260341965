/**
 * The run second by second, where the report has it.
 *
 * @module
 */
import { loadName } from "../report/text.ts";
import type { LevelResult, TimelinePoint } from "../types.ts";
import { count, ms, rate } from "./format.ts";
import { type Row, type Table, withoutEmpty } from "./table.ts";
import type { PageRun } from "./types.ts";

/** The rest of a level's last second says little of a rate, and isn't drawn. */
const SHORT_MS = 250;
/** Rows that a page has at most, so that it stays small: of a longer run each is several seconds. */
const MOST_ROWS = 1500;

/** The table, the levels of a run one after the other; undefined when no report has a series. */
export function timelineTable(runs: readonly PageRun[]): Table | undefined {
  const seconds = runs.flatMap(({ report }) => report.levels)
    .reduce((sum, { timeline }) => sum + (timeline?.length ?? 0), 0);
  if (seconds === 0) return undefined;
  const each = Math.ceil(seconds / MOST_ROWS);
  const rows = runs.flatMap(({ name, report }) => {
    let start = 0;
    return report.levels.flatMap((level) => {
      const points = blocks(level.timeline ?? [], each);
      const from = start;
      start += (level.timeline?.at(-1)?.second ?? -1) + 1;
      return points.map((point) => row(point, from, level, runs.length > 1 ? name : undefined));
    });
  });
  const figure = true;
  return withoutEmpty({
    id: "timeline",
    caption: each === 1
      ? "Second by second"
      : `Every ${each} seconds; percentiles are the highest of those seconds`,
    columns: [
      { key: "second", title: "Second", figure },
      { key: "run", title: "Run" },
      { key: "load", title: "Load" },
      { key: "pass", title: "Pass", figure },
      { key: "rate", title: "infer/s", figure },
      { key: "p50", title: "p50, ms", figure },
      { key: "p90", title: "p90, ms", figure },
      { key: "p99", title: "p99, ms", figure },
      { key: "requests", title: "Requests", figure },
      { key: "failed", title: "Failed", figure },
      { key: "inFlight", title: "In flight", figure },
    ],
    rows,
  });
}

function row(point: TimelinePoint, from: number, level: LevelResult, run?: string): Row {
  return {
    mark: point.durationMs < SHORT_MS && point !== level.timeline![0]
      ? "short"
      : point.pass === level.reported.pass
      ? "reported"
      : undefined,
    cells: [
      count(from + point.second),
      run,
      loadName(level),
      count(point.pass),
      rate(point.inferPerSecond),
      ms(point.p50Us),
      ms(point.p90Us),
      ms(point.p99Us),
      count(point.requestCount),
      count(point.failedCount),
      rate(point.inFlight),
    ],
  };
}

/** Several seconds as one; they are of one pass. */
function blocks(points: readonly TimelinePoint[], each: number): TimelinePoint[] {
  if (each === 1) return [...points];
  const done: TimelinePoint[] = [];
  for (const point of points) {
    const last = done.at(-1);
    const joins = last !== undefined && last.pass === point.pass &&
      Math.floor(last.second / each) === Math.floor(point.second / each);
    if (joins) done[done.length - 1] = joined(last, point);
    else done.push(point);
  }
  return done;
}

function joined(a: TimelinePoint, b: TimelinePoint): TimelinePoint {
  const durationMs = a.durationMs + b.durationMs;
  const mean = (x: number, y: number) => (x * a.durationMs + y * b.durationMs) / durationMs;
  return {
    ...a,
    durationMs,
    requestCount: a.requestCount + b.requestCount,
    failedCount: a.failedCount + b.failedCount,
    inferPerSecond: mean(a.inferPerSecond, b.inferPerSecond),
    inFlight: mean(a.inFlight, b.inFlight),
    p50Us: highest(a.p50Us, b.p50Us),
    p90Us: highest(a.p90Us, b.p90Us),
    p99Us: highest(a.p99Us, b.p99Us),
    maxUs: highest(a.maxUs, b.maxUs),
  };
}

function highest(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined ? b : b === undefined ? a : Math.max(a, b);
}
