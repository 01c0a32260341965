/**
 * The figures of a level over all its complete passes, with intervals of 95 %.
 *
 * Throughput and average: batch means. Percentiles: what varies from batch to batch is the share of
 * requests at or below the estimate; the interval of that share, brought back to times by the
 * distribution of all requests, is the percentile's. It needs no density, and follows a long tail.
 *
 * @module
 */
import { requestsFor } from "../carried.ts";
import { bucketOf, TimeHistogram } from "../histogram.ts";
import type { Interval, OverallFigures, PercentileFigure } from "../types.ts";
import { type MeanError, meanError } from "./mean_error.ts";
import type { Slot, WindowSlots } from "./slots.ts";
import { studentFactor } from "./student.ts";

/** What of a pass is needed. */
export interface PassSlots {
  readonly inferPerSecond: number;
  readonly requestPerSecond: number;
  readonly slots: WindowSlots;
}

/** A batch lasts so many average latencies, so that it doesn't depend on the one before. */
const LATENCIES = 4;
/** Batches that a level has to have all the same. */
const MIN_BATCHES = 10;

/** The figures; undefined when there is no request. */
export function overallFigures(
  passes: readonly PassSlots[],
  percentiles: readonly number[],
): OverallFigures | undefined {
  const all = new TimeHistogram();
  let [requestCount, sumNs] = [0, 0];
  for (const slot of passes.flatMap(({ slots }) => [...slots.slots, slots.rest])) {
    slot.addTo(all);
    requestCount += slot.count;
    sumNs += slot.sumNs;
  }
  if (requestCount === 0) return undefined;
  const averageNs = sumNs / requestCount;
  const grouped = passes.map(({ slots }) => batchesOf(slots, averageNs / 1e6, passes.length));
  const rates = passes.map(({ inferPerSecond, requestPerSecond, slots }, i) => {
    const each = requestPerSecond > 0 ? inferPerSecond / requestPerSecond : 0;
    const { size, batches } = grouped[i]!;
    const seconds = slots.lengthMs * size / 1000;
    return batches.map(({ count }) => count * each / seconds);
  });
  const batches = grouped.map((one) => one.batches);
  const flat = batches.flat();
  const meanCount = flat.reduce((sum, { count }) => sum + count, 0) / Math.max(1, flat.length);
  // Of a ratio: what each batch adds to its numerator beyond its share.
  const ratio = (of: (slot: Slot) => number, value: number) =>
    meanError(
      batches.map((pass) => pass.map((slot) => (of(slot) - value * slot.count) / meanCount)),
    );
  const inBatches = flat.reduce((sum, { count }) => sum + count, 0);
  const inferPerSecond = passes.reduce((sum, pass) => sum + pass.inferPerSecond, 0) / passes.length;
  const rateError = meanError(rates);
  const averageError = ratio(({ sumNs }) => sumNs, averageNs);
  return {
    passCount: passes.length,
    requestCount,
    inferPerSecond,
    inferPerSecondCi95: around(inferPerSecond, rateError),
    averageUs: averageNs / 1000,
    averageCi95: around(averageNs / 1000, averageError, 1000),
    percentiles: percentiles.map((percentile): PercentileFigure => {
      const ns = all.percentile(percentile);
      const bucket = bucketOf(Math.floor(ns));
      const upTo = flat.reduce((sum, slot) => sum + slot.countUpTo(bucket), 0);
      const error = ratio((slot) => slot.countUpTo(bucket), upTo / Math.max(1, inBatches));
      return {
        percentile,
        us: ns / 1000,
        ci95: error && inverted(all, percentile, error),
        neededCount: missing(requestCount, percentile, error),
      };
    }),
    basis: rateError && {
      by: rateError.by,
      count: rateError.by === "passes" ? passes.length : flat.length,
    },
  };
}

/** A pass's slots, so many together that a batch outlasts its requests, as far as there are enough. */
function batchesOf({ slots, lengthMs }: WindowSlots, latencyMs: number, passes: number) {
  const wanted = Math.ceil(LATENCIES * latencyMs / lengthMs);
  const most = Math.floor(slots.length / Math.max(2, Math.ceil(MIN_BATCHES / passes)));
  const size = Math.max(1, Math.min(wanted, most));
  const batches: Slot[] = [];
  for (let i = 0; i + size <= slots.length; i += size) {
    batches.push(slots[i]!.joined(slots.slice(i + 1, i + size)));
  }
  return { size, batches };
}

function around(value: number, error: MeanError | undefined, unit = 1): Interval | undefined {
  if (error === undefined) return undefined;
  const reach = studentFactor(error.degrees) * error.error / unit;
  return [Math.max(0, value - reach), value + reach];
}

/** How far the share at or below a percentile may be off, in percent. */
const reachOf = ({ degrees, error }: MeanError) => 100 * studentFactor(degrees) * error;

function inverted(all: TimeHistogram, percentile: number, error: MeanError): Interval {
  const reach = reachOf(error);
  const at = (p: number) => all.percentile(Math.min(100, Math.max(0, p))) / 1000;
  return [at(percentile - reach), at(percentile + reach)];
}

/**
 * Requests that a percentile takes and that were not there. Independent ones: {@linkcode requestsFor}.
 * When the interval reaches the largest time of all, requests that come in bunches are the cause, and
 * it takes as many more as their share varies more than that of independent ones.
 */
function missing(
  count: number,
  percentile: number,
  error: MeanError | undefined,
): number | undefined {
  const needed = requestsFor(percentile);
  if (count < needed) return needed;
  if (error === undefined || percentile + reachOf(error) < 100) return undefined;
  const share = percentile / 100;
  const effect = error.error ** 2 * count / (share * (1 - share));
  const bunched = Math.ceil(needed * effect);
  return bunched > count ? bunched : undefined;
}
