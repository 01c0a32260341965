/**
 * The knee of a curve of throughput and latency.
 *
 * @module
 */
import type { LevelResult } from "../types.ts";

/** With fewer levels there is no curve. */
const LEAST_LEVELS = 3;

/**
 * The level with the most throughput for its latency (Kleinrock's power): below it the server could do more
 * at hardly any cost, above it requests wait. Undefined with fewer than three levels that have figures.
 */
export function kneeOf(levels: readonly LevelResult[]): LevelResult | undefined {
  const power = ({ reported: { inferPerSecond, latency } }: LevelResult) =>
    latency === undefined || latency.averageUs <= 0 ? -1 : inferPerSecond / latency.averageUs;
  const some = levels.filter((level) => power(level) > 0);
  if (some.length < LEAST_LEVELS) return undefined;
  return some.reduce((best, level) => power(level) > power(best) ? level : best);
}
