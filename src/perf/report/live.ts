/**
 * How far a measurement is, in one line.
 *
 * @module
 */
import type { PerfProgress } from "../types.ts";

/** The line, without an end; what matters most comes first, where the line may be cut. */
export function liveLine(progress: PerfProgress): string {
  const { counts } = progress;
  const head = progress.requestRate === undefined
    ? []
    : [`Rate ${Number(progress.requestRate.toPrecision(6))}/s`];
  const parts = progress.phase === "warm-up"
    ? [...head, `Warm-up: ${counts.succeeded} requests`]
    : [
      ...head,
      `Pass ${progress.pass}/${progress.maxPasses}: ` +
      `${Math.round(progress.inferPerSecond)} infer/sec`,
      ...(progress.p50Us === undefined ? [] : [`p50 ${Math.round(progress.p50Us)} usec`]),
      ...(progress.p99Us === undefined ? [] : [`p99 ${Math.round(progress.p99Us)} usec`]),
    ];
  parts.push(`${counts.failed} ${counts.failed === 1 ? "error" : "errors"}`);
  const { passLeftMs, levelLeftMs } = progress;
  if (passLeftMs !== undefined) parts.push(`${seconds(passLeftMs)} left`);
  if (levelLeftMs !== undefined && levelLeftMs !== passLeftMs) {
    parts.push(`at most ${seconds(levelLeftMs)}`);
  }
  return parts.join(", ");
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(milliseconds < 10_000 ? 1 : 0)} s`;
}
