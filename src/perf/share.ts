/**
 * From the load of a whole job to the part of one task.
 *
 * @module
 */
import { InferenceError } from "../base/errors.ts";
import { partOf, type Shard, shardName } from "../base/shard.ts";
import type { PerfSettings, ScheduleSettings } from "./types.ts";

/** Seeds of two tasks lie so far apart: threads count up from them. */
const SEED_STEP = 1_000_003;

/**
 * The settings of the task itself. A rate is one row of moments that tasks take in turn; numbers of
 * requests and of correlation ids are split with the remainder going to the first tasks. Levels stay those
 * of the whole, see {@linkcode shareOfLevel}.
 *
 * @throws {InferenceError} USAGE when nothing is left for this task
 */
export function shareSettings(settings: PerfSettings): PerfSettings {
  const { shard, schedule, sequence } = settings;
  if (shard === undefined) return settings;
  if (settings.findMax !== undefined) {
    throw new InferenceError("USAGE", "Shards can't search for the highest load together", {
      hint:
        "measure fixed levels, and judge what all shards did by thresholds of the merged report",
    });
  }
  const part = (total: number) => partOf(total, shard);
  if (settings.requestCount > 0 && part(settings.requestCount) === 0) {
    throw nothing(shard, `${settings.requestCount} requests`);
  }
  const { start, list = [start] } = settings.levels;
  if (schedule === undefined) list.forEach((level) => shareOfLevel(level, shard));
  if (sequence.idCount !== undefined && sequence.idCount < BigInt(shard.count)) {
    throw nothing(shard, `${sequence.idCount} correlation ids`);
  }
  return {
    ...settings,
    input: { ...settings.input, seed: settings.input.seed + shard.index * SEED_STEP },
    sequence: {
      ...sequence,
      idCount: sequence.idCount === undefined
        ? undefined
        : (sequence.idCount - BigInt(shard.index) + BigInt(shard.count) - 1n) / BigInt(shard.count),
    },
    schedule: schedule && shareOfSchedule(schedule, shard),
    requestCount: part(settings.requestCount),
    windowRequestCount: Math.max(1, part(settings.windowRequestCount)),
    warmupRequestCount: part(settings.warmupRequestCount),
  };
}

/** Requests in flight of one task. @throws {InferenceError} USAGE when there are none */
export function shareOfLevel(concurrency: number, shard: Shard | undefined): number {
  if (shard === undefined) return concurrency;
  const part = partOf(concurrency, shard);
  if (part === 0) throw nothing(shard, `${concurrency} requests in flight`);
  return part;
}

/** Lets the schedules of all tasks count from the moment that they have agreed on. */
export function anchorSchedule(settings: PerfSettings, anchorMs: number | undefined): PerfSettings {
  const { schedule } = settings;
  if (schedule === undefined || anchorMs === undefined) return settings;
  const levels = schedule.levels.map((level) => {
    const { arrivals } = level;
    return arrivals.kind === "share" ? { ...level, arrivals: { ...arrivals, anchorMs } } : level;
  });
  return { ...settings, schedule: { ...schedule, levels } };
}

/** The rate of all shards together, from that of one. */
export function wholeRate(rate: number, shard: Shard | undefined): number {
  // The quotient was rounded.
  return shard === undefined ? rate : Number((rate * shard.count).toPrecision(14));
}

function shareOfSchedule(schedule: ScheduleSettings, shard: Shard): ScheduleSettings {
  const { index, count } = shard;
  const atLeastOne = (total: number) => Math.max(1, partOf(total, shard));
  return {
    ...schedule,
    levels: schedule.levels.map(({ requestRate, arrivals }) => ({
      requestRate: requestRate / count,
      arrivals: { kind: "share", of: arrivals, index, count },
    })),
    maxInFlight: atLeastOne(schedule.maxInFlight),
    sequences: schedule.sequences && atLeastOne(schedule.sequences),
  };
}

function nothing(shard: Shard, what: string): InferenceError {
  return new InferenceError(
    "USAGE",
    `Shard ${
      shardName(shard)
    } has nothing to do: ${what} can't be split into ${shard.count} shards`,
    { hint: "give the load of all shards together, at least one for each" },
  );
}
