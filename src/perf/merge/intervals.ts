/**
 * Intervals of a merged level.
 *
 * @module
 */
import { withIntervals } from "../intervals/level.ts";
import type { LevelResult, PerfSettings } from "../types.ts";
import type { LevelBuckets } from "./level_buckets.ts";
import { slotFigures } from "./slots.ts";

/** The level with the intervals that its tasks' slots say; as it was when they say none. */
export function withMergedIntervals(
  level: LevelResult,
  buckets: LevelBuckets,
  settings: Pick<PerfSettings, "stabilityPercent">,
): LevelResult {
  const { reported } = level;
  const merged = reported.latency && buckets.slots.result(buckets.of("latency"));
  if (merged === undefined) return level;
  const { slots, startedAt } = merged;
  const told = withIntervals(level, [{ result: reported, slots }], settings);
  // Slots are of the latency from the schedule on, and say nothing of the service.
  const pass = {
    ...told.reported,
    serviceLatency: reported.serviceLatency,
    slots: slotFigures({ ...reported, startedAt }, slots),
  };
  return { ...told, passes: [pass], reported: pass };
}
