/**
 * What the passes of a level say together: intervals, whether they agree, whether they add up.
 *
 * @module
 */
import { perSecond } from "../figures.ts";
import { percentileUs } from "../percentile.ts";
import type {
  Interval,
  LevelResult,
  OverallFigures,
  PassResult,
  PerfSettings,
  TimeFigures,
} from "../types.ts";
import { overallFigures } from "./overall.ts";
import type { WindowSlots } from "./slots.ts";
import { passSpread } from "./spread.ts";

/** A pass with its requests by slots of time. */
export interface SlottedPass {
  readonly result: PassResult;
  readonly slots: WindowSlots;
  /** From the actual send; with a schedule. */
  readonly serviceSlots?: WindowSlots;
}

/** The level with its intervals, and what else its complete passes say. */
export function withIntervals(
  level: LevelResult,
  passes: readonly SlottedPass[],
  { stabilityPercent }: Pick<PerfSettings, "stabilityPercent">,
): LevelResult {
  const whole = passes.filter(({ result }) => result.complete && result.latency !== undefined);
  const used = whole.length > 0 ? whole : passes.slice(-1);
  const { reported } = level;
  const checked = { ...level, loadCheck: loadCheck(level) };
  const overall = figuresOf(used, reported, ({ slots }) => slots);
  if (reported.latency === undefined || overall === undefined) return checked;
  const service = reported.serviceLatency === reported.latency
    ? undefined
    : figuresOf(used, reported, ({ serviceSlots }) => serviceSlots);
  const marked = markedPass(reported, overall, service);
  const results = used.map(({ result }) => result);
  return {
    ...checked,
    passes: level.passes.map((pass) => pass === reported ? marked : pass),
    reported: marked,
    overall: results.length > 1 ? overall : exactly(overall, marked),
    spread: passSpread(results, stabilityPercent, level.requestRate !== undefined),
  };
}

/**
 * A pass with intervals, wide enough for its own figures.
 *
 * @param service of the times from the actual send; undefined = they are the same
 */
export function markedPass(
  pass: PassResult,
  overall: OverallFigures,
  service?: OverallFigures,
): PassResult {
  if (pass.latency === undefined) return pass;
  const latency = withTimes(pass.latency, overall);
  return {
    ...pass,
    inferPerSecondCi95: holding(overall.inferPerSecondCi95, pass.inferPerSecond),
    latency,
    serviceLatency: pass.serviceLatency === pass.latency
      ? latency
      : pass.serviceLatency && service
      ? withTimes(pass.serviceLatency, service)
      : pass.serviceLatency,
  };
}

function figuresOf(
  passes: readonly SlottedPass[],
  { latency }: PassResult,
  slotsOf: (pass: SlottedPass) => WindowSlots | undefined,
): OverallFigures | undefined {
  const slotted = passes.flatMap((pass) => {
    const slots = slotsOf(pass);
    const { inferPerSecond, requestCount, windowMs } = pass.result;
    const requestPerSecond = perSecond(requestCount, windowMs);
    return slots === undefined ? [] : [{ inferPerSecond, requestPerSecond, slots }];
  });
  const percentiles = latency?.percentiles.map(({ percentile }) => percentile) ?? [];
  return slotted.length === 0 ? undefined : overallFigures(slotted, percentiles);
}

/** The reported pass is another estimate of the same: its figures are within. */
function holding(interval: Interval | undefined, value: number): Interval | undefined {
  return interval && [Math.min(interval[0], value), Math.max(interval[1], value)];
}

function withTimes(times: TimeFigures, overall: OverallFigures): TimeFigures {
  return {
    ...times,
    averageCi95: holding(overall.averageCi95, times.averageUs),
    percentiles: times.percentiles.map((figure) => {
      const { ci95, neededCount } = overall.percentiles
        .find(({ percentile }) => percentile === figure.percentile) ?? {};
      return { ...figure, ci95: holding(ci95, figure.us), neededCount };
    }),
  };
}

/** One pass alone: its figures are exact, those of the slots within 0.1 %. */
function exactly(overall: OverallFigures, { latency, inferPerSecond }: PassResult): OverallFigures {
  return {
    ...overall,
    inferPerSecond,
    averageUs: latency!.averageUs,
    percentiles: overall.percentiles.map((figure) => {
      const us = percentileUs(latency!, figure.percentile)!;
      return { ...figure, us, ci95: holding(figure.ci95, us) };
    }),
  };
}

/** Requests in flight by Little's law. */
export function loadCheck(
  { concurrency, requestRate, reported }: Pick<
    LevelResult,
    "concurrency" | "requestRate" | "reported"
  >,
): LevelResult["loadCheck"] {
  const { requestCount, windowMs, latency, serviceLatency } = reported;
  const times = serviceLatency ?? latency;
  if (times === undefined) return undefined;
  const inFlight = perSecond(requestCount, windowMs) * times.averageUs / 1e6;
  return { inFlight, asked: requestRate === undefined ? concurrency : undefined };
}
