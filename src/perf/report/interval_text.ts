/**
 * What the passes of a level say together, as text: intervals, groups, and whether rate and latency go
 * with the load.
 *
 * @module
 */
import type {
  Interval,
  LevelResult,
  OverallFigures,
  PassGroup,
  PassSpread,
  PerfContext,
} from "../types.ts";
import { rate, usec } from "./format.ts";
import { shownPercentiles } from "./client_text.ts";

/** The lines behind a level's figures, the last one empty; none when nothing can be said. */
export function intervalLines(level: LevelResult, context: PerfContext): string[] {
  const { overall, spread, loadCheck } = level;
  const lines: string[] = [];
  if (overall?.inferPerSecondCi95 !== undefined) {
    lines.push(...figureLines(level, overall, overall.inferPerSecondCi95, context));
  }
  const byRuns = overall?.basis?.by === "runs";
  const passes = spread &&
    spreadText(spread, level.requestRate !== undefined, byRuns ? "runs" : "passes");
  if (passes !== undefined) lines.push(`  ${passes}`);
  if (loadCheck !== undefined && overall !== undefined) {
    const { inFlight, asked } = loadCheck;
    lines.push(
      `  In flight, as rate x latency: ${inFlight.toFixed(2)}` +
        (asked === undefined ? "" : ` of ${asked}`),
    );
  }
  return lines.length === 0 ? [] : [...lines, ""];
}

function figureLines(
  { reported }: LevelResult,
  { passCount, averageCi95, basis }: OverallFigures,
  throughput: Interval,
  { settings, environment: { api } }: PerfContext,
): string[] {
  const { latency } = reported;
  const what = basis?.by === "runs"
    ? `${basis.count} runs`
    : passCount === 1
    ? "1 pass"
    : `${passCount} passes`;
  const shown = reported.inferPerSecondCi95 ?? throughput;
  const lines = [
    `  95 % intervals, over ${what}:`,
    `    Throughput: ${rate(shown[0], api)} to ${rate(shown[1], api)} infer/sec`,
  ];
  const average = latency?.averageCi95 ?? averageCi95;
  if (average !== undefined && settings.percentile === undefined) {
    lines.push(`    Avg latency: ${times(average)}`);
  }
  for (
    const { percentile, ci95, neededCount } of latency === undefined
      ? []
      : shownPercentiles(latency, settings.percentile)
  ) {
    if (ci95 === undefined) continue;
    const open = neededCount === undefined
      ? ""
      : `, which takes ${neededCount.toLocaleString("en")} requests`;
    lines.push(`    p${percentile} latency: ${times(ci95)}${open}`);
  }
  return lines;
}

const times = ([low, high]: Interval) => `${usec(low)} to ${usec(high)} usec`;

/** `Passes fell into two groups: ...`; undefined when they agree. */
export function spreadText(
  { kind, groups, inferPerSecond, averageUs }: PassSpread,
  open: boolean,
  what: "passes" | "runs" = "passes",
): string | undefined {
  if (kind === "steady") return undefined;
  const name = what === "runs" ? "Runs" : "Passes";
  const unit = open ? "usec" : "infer/s";
  const figure = (group: Pick<PassGroup, "inferPerSecond" | "averageUs">) =>
    (open ? group.averageUs : group.inferPerSecond).map(number).join(" to ");
  if (kind === "spread") {
    return `${name} spread: ${figure({ inferPerSecond, averageUs })} ${unit}`;
  }
  return `${name} fell into two groups: ${groups.map(figure).join(" and ")} ${unit} ` +
    `(${what} ${groups.map(({ passes }) => passes.join(", ")).join(" and ")})`;
}

function number(value: number): string {
  return Number(value.toPrecision(4)).toLocaleString("en", { maximumFractionDigits: 1 });
}
