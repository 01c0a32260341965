/**
 * One of several runs as text: a line a level.
 *
 * @module
 */
import type { LevelResult, PerfContext } from "../types.ts";
import { shownPercentiles } from "./client_text.ts";
import { rate, usec } from "./format.ts";
import { loadName } from "./text.ts";

/** `Run 2 of 5, concurrency 4: 1234 infer/sec, avg 3210 usec, p50 3100 usec, p99 4400 usec`. */
export function runLine(
  name: string,
  level: LevelResult,
  { settings, environment: { api } }: Pick<PerfContext, "settings" | "environment">,
): string {
  const { reported: { latency, inferPerSecond }, outcome, counts: { failed } } = level;
  const figures = latency === undefined ? ["no valid requests"] : [
    `${rate(inferPerSecond, api)} infer/sec`,
    ...settings.percentile === undefined ? [`avg ${usec(latency.averageUs)} usec`] : [],
    ...shownPercentiles(latency, settings.percentile)
      .filter(({ percentile }) => [50, 99, settings.percentile].includes(percentile))
      .map(({ percentile, us }) => `p${percentile} ${usec(us)} usec`),
  ];
  const doubts = [
    ...failed === 0 ? [] : [`${failed} failed`],
    ...outcome === "stable" || outcome === "unjudged" ? [] : [outcome],
  ];
  return `${name}, ${loadName(level)}: ${[...figures, ...doubts].join(", ")}\n`;
}

/** The line before the figures of all runs together. */
export function runsText({ overall }: LevelResult, runs: number): string {
  const used = overall?.basis?.by === "runs" ? overall.basis.count : 1;
  return used === runs
    ? `*** All ${runs} runs together ***\n`
    : `*** ${used} of ${runs} runs together; the others did not measure it whole ***\n`;
}
