/**
 * How far a measurement is, in one line.
 *
 * @module
 */
import type { Progress } from "../types.ts";

/** The line, without an end, cut to `columns` characters: what matters most comes first. */
export function liveLine(progress: Progress, columns = Infinity): string {
  const { counts } = progress;
  const parts = progress.phase === "warm-up" ? [`Warm-up: ${counts.succeeded} requests`] : [
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
  const line = parts.join(", ");
  return line.length <= columns ? line : line.slice(0, Math.max(0, columns));
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(milliseconds < 10_000 ? 1 : 0)} s`;
}
