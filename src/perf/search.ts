/**
 * Which load level comes next.
 *
 * @module
 */
import type { LevelSettings } from "./types.ts";

/** Microseconds of a millisecond. */
const US = 1000;

/**
 * r19.07's rule: one step up, until the limit of concurrency is passed or the stabilising latency, in
 * whole milliseconds, has reached its limit.
 *
 * @param last the level that was measured, undefined = none yet
 * @param latencyUs its stabilising latency; undefined when no request was measured
 * @returns undefined when there is no further level
 */
export function nextLevel(
  levels: LevelSettings,
  last: number | undefined,
  latencyUs: number | undefined,
): number | undefined {
  if (last === undefined) return levels.start;
  if (latencyUs === undefined) return undefined;
  const limit = levels.latencyLimitMs;
  if (limit !== undefined && Math.trunc(latencyUs / US) >= limit) return undefined;
  if (levels.list !== undefined) return levels.list[levels.list.indexOf(last) + 1];
  const next = last + levels.step;
  return levels.end > 0 && next > levels.end ? undefined : next;
}
