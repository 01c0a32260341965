/**
 * How long a run of several levels will take.
 *
 * @module
 */
import type { PerfProgress, PerfSettings } from "../types.ts";

/** How many levels there will be at most; undefined when nobody knows. */
export function levelCountOf(
  { levels, schedule, scenario, findMax }: PerfSettings,
): number | undefined {
  if (findMax !== undefined) return undefined;
  if (scenario !== undefined) return 1;
  if (schedule !== undefined) return schedule.levels.length;
  if (levels.list !== undefined) return levels.list.length;
  if (levels.end === 0) return levels.search ? undefined : 1;
  return Math.max(1, Math.floor((levels.end - levels.start) / levels.step) + 1);
}

/**
 * What is left of the whole run: levels to come take as long as those before did on average, and before
 * there is one, at most all their passes.
 *
 * @param doneMs how long each finished level took
 * @param times how often each level is measured
 */
export function timeLeft(
  settings: PerfSettings,
  progress: PerfProgress,
  doneMs: readonly number[],
  times = 1,
): { readonly ms: number; readonly atMost: boolean } | undefined {
  const { passLeftMs, levelLeftMs, pass, maxPasses } = progress;
  const count = levelCountOf(settings);
  if (count === undefined || passLeftMs === undefined || levelLeftMs === undefined) {
    return undefined;
  }
  const rest = Math.max(0, count * times - doneMs.length - 1);
  if (doneMs.length > 0) {
    const each = doneMs.reduce((sum, ms) => sum + ms, 0) / doneMs.length;
    return { ms: levelLeftMs + rest * each, atMost: false };
  }
  const further = maxPasses - pass;
  const passMs = further > 0 ? (levelLeftMs - passLeftMs) / further : settings.windowMs;
  return { ms: levelLeftMs + rest * maxPasses * passMs, atMost: true };
}
