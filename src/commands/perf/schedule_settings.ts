/**
 * From the flags to a schedule.
 *
 * @module
 */
import { fileError } from "../../base/file_error.ts";
import { usageError } from "../../cli/usage.ts";
import {
  type Arrivals,
  type Distribution,
  measureArrivals,
  type RateStage,
} from "../../perf/schedule/arrivals.ts";
import { parseIntervals, parseSchedule } from "../../perf/schedule/files.ts";
import type { ScheduleSettings } from "../../perf/types.ts";
import { parseTime } from "../shared/time.ts";
import type { PerfOptions } from "./flags.ts";

/** Far more than a server has in flight at a rate that it can take. */
const MAX_IN_FLIGHT = 1024;
/** perf_analyzer's. */
const SEQUENCES = 4;
const MAX_RATE = 1e6;
const MAX_LEVELS = 1000;

const KINDS = {
  requestRate: "--request-rate",
  ramp: "--ramp",
  stages: "--stages",
  requestIntervals: "--request-intervals",
  schedule: "--schedule",
} as const;

/** What the schedule flags say, with the requests of a schedule that has an end. */
export interface ReadSchedule {
  readonly schedule?: ScheduleSettings;
  readonly requestCount?: number;
}

/**
 * Reads the schedule.
 *
 * @throws {InferenceError} USAGE when flags contradict one another, or a file can't be used
 */
export async function readSchedule(options: PerfOptions, cores: number): Promise<ReadSchedule> {
  const given = (Object.keys(KINDS) as (keyof typeof KINDS)[])
    .filter((key) => options[key] !== undefined);
  if (given.length === 0) return {};
  if (given.length > 1) {
    throw usageError(
      `${KINDS[given[0]!]} and ${KINDS[given[1]!]} are two schedules: give one of them`,
    );
  }
  const closed = options.concurrency !== undefined
    ? "-t"
    : options.concurrencyRange !== undefined
    ? "--concurrency-range"
    : options.search
    ? "-d"
    : undefined;
  if (closed !== undefined) {
    throw usageError(
      `Cannot use ${KINDS[given[0]!]} with ${closed}: a load has a rate or a concurrency, not both`,
    );
  }
  if (options.burst > 1 && options.requestRate === undefined) {
    throw usageError("--burst needs --request-rate");
  }
  const levels = await readArrivals(options);
  const arrivals = levels[0]!.arrivals;
  const ends = arrivals.kind === "stages" || arrivals.kind === "offsets";
  const { count } = ends ? measureArrivals(arrivals) : { count: undefined };
  if (count !== undefined && options.warmupRequestCount > count) {
    throw usageError(`--warmup-request-count is above the ${count} requests of the schedule`);
  }
  return {
    schedule: { levels, ...keeping(options, cores) },
    requestCount: count === undefined ? undefined : Math.min(count, options.requestCount || count),
  };
}

/** How a schedule is kept, whatever it is. */
export function keeping(
  { maxInFlight, sequences, pacing }: PerfOptions,
  cores: number,
): Omit<ScheduleSettings, "levels"> {
  return {
    maxInFlight: maxInFlight ?? MAX_IN_FLIGHT,
    sequences: sequences ?? SEQUENCES,
    pacing: pacing ?? (cores >= 2 ? "precise" : "economical"),
  };
}

async function readArrivals(options: PerfOptions): Promise<ScheduleSettings["levels"]> {
  const { seed, burst } = options;
  const spread = parseDistribution(options.requestDistribution);
  if (options.requestRate !== undefined) {
    return parseRates(options.requestRate).map((rate, i) => ({
      requestRate: rate,
      arrivals: { kind: "rate", rate, burst, seed: seed + i, ...spread },
    }));
  }
  let arrivals: Arrivals;
  if (options.requestIntervals !== undefined) {
    const us = parseIntervals(await readText(options.requestIntervals), options.requestIntervals);
    const mean = us.reduce((sum, gap) => sum + gap, 0) / us.length;
    return [{ requestRate: 1e6 / mean, arrivals: { kind: "intervals", us } }];
  }
  if (options.schedule !== undefined) {
    const speed = options.scheduleSpeed;
    if (!(speed > 0)) throw usageError("--schedule-speed must be above 0");
    const { ms, inputs } = parseSchedule(await readText(options.schedule), options.schedule);
    if (inputs !== undefined && options.mix !== undefined) {
      throw usageError(
        `Cannot use the inputs that ${options.schedule} names with --mix: each of its models has ` +
          "its own",
      );
    }
    arrivals = { kind: "offsets", ms: ms.map((at) => at / speed), inputs };
  } else {
    const stages = options.ramp === undefined
      ? parseStages(options.stages!)
      : [parseRamp(options.ramp)];
    arrivals = { kind: "stages", stages, seed, ...spread };
  }
  const { count, rate } = measureArrivals(arrivals);
  if (count === 0) {
    throw usageError("the schedule has no request: its rates are too low for its times");
  }
  return [{ requestRate: rate, arrivals }];
}

async function readText(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    throw fileError(error, `Cannot read the schedule ${path}`);
  }
}

/** `constant`, `poisson` or `gamma:SHAPE`. */
export function parseDistribution(text: string): { distribution: Distribution; shape: number } {
  if (text === "constant" || text === "poisson") return { distribution: text, shape: 1 };
  const match = /^gamma:(\d+(?:\.\d+)?)$/.exec(text);
  const shape = Number(match?.[1]);
  if (shape >= 0.01 && shape <= 1e6) return { distribution: "gamma", shape };
  throw usageError(
    `Cannot use "${text}" for --request-distribution: expected constant, poisson or gamma:SHAPE, ` +
      "SHAPE from 0.01 to 1000000",
  );
}

const badRates = (text: string, why: string) =>
  usageError(
    `Cannot use "${text}" for --request-rate: ${why}`,
    "give START, START:END or START:END:STEP in requests a second, or a list such as 100,200,400",
  );

/** One rate, a list, or a range with steps that add or, as `x2`, multiply. */
export function parseRates(text: string): number[] {
  const isRate = (rate: number) => rate > 0 && rate <= MAX_RATE;
  const number = (part: string) => /^\d+(\.\d+)?$/.test(part.trim()) ? Number(part) : NaN;
  const checked = (part: string) => {
    const rate = number(part);
    if (Number.isNaN(rate)) throw badRates(text, `"${part}" is not a number`);
    if (!isRate(rate)) throw badRates(text, `a rate is above 0 and at most ${MAX_RATE}`);
    return rate;
  };
  if (text.includes(",")) return text.split(",").map(checked);
  const [first, last, stepText, ...more] = text.split(":");
  if (more.length > 0) throw badRates(text, "it has more than three parts");
  const start = checked(first!);
  if (last === undefined) return [start];
  const end = checked(last);
  if (end < start) throw badRates(text, "END is below START");
  const times = stepText?.startsWith("x") ?? false;
  const step = stepText === undefined ? 1 : number(times ? stepText.slice(1) : stepText);
  if (!(times ? step > 1 : step > 0)) throw badRates(text, "STEP must be above 0, or above x1");
  const rates: number[] = [];
  for (let rate = start; rate <= end * (1 + 1e-9); rate = times ? rate * step : rate + step) {
    if (rates.push(rate) > MAX_LEVELS) {
      throw badRates(text, `it has more than ${MAX_LEVELS} levels`);
    }
  }
  return rates;
}

function parseRamp(text: string): RateStage {
  const [from, to, time, ...more] = text.split(":");
  const stage = { from: stageRate(from), to: stageRate(to), ms: parseTime(time ?? "") ?? NaN };
  if (more.length === 0 && stage.from + stage.to > 0 && stage.ms > 0) return stage;
  throw usageError(`Cannot use "${text}" for --ramp: expected FROM:TO:TIME, such as 0:500:30s`);
}

function parseStages(text: string): RateStage[] {
  return text.split(",").map((part) => {
    const [rateText, time, ...more] = part.split("@");
    const rate = stageRate(rateText);
    const ms = parseTime(time ?? "");
    if (more.length === 0 && ms !== undefined && rate >= 0) return { from: rate, to: rate, ms };
    throw usageError(
      `Cannot use "${text}" for --stages: expected RATE@TIME,..., such as 100@30s,500@60s`,
    );
  });
}

function stageRate(text: string | undefined): number {
  const rate = /^\d+(\.\d+)?$/.test(text?.trim() ?? "") ? Number(text) : NaN;
  return rate <= MAX_RATE ? rate : NaN;
}
