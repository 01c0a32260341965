/**
 * A set of times that grows: exact as long as it is small enough to keep, and in fixed memory after
 * that.
 *
 * @module
 */
import { nanoseconds, TimeHistogram } from "./histogram.ts";
import { bucketText } from "./merge/buckets.ts";
import { percentileOf, percentileUs } from "./percentile.ts";
import type { TimeFigures } from "./types.ts";

/** Values that are kept as they are: 4,194,304, which is 32 MiB. */
export const MAX_KEPT = 1 << 22;

/** Times in whole nanoseconds. Memory: 8 bytes a value up to `maxKept`, and 296 KiB. */
export class Distribution {
  #kept: Float64Array | undefined;
  readonly #histogram = new TimeHistogram();
  readonly #maxKept: number;
  #count = 0;
  #sum = 0;
  #mean = 0;
  #squares = 0;
  #min = Infinity;
  #max = 0;
  /** Times that are worse than all others: not yet known, and in all. */
  #open = 0;
  #worst = 0;

  constructor(maxKept = MAX_KEPT) {
    this.#maxKept = maxKept;
    this.#kept = new Float64Array(Math.min(1024, maxKept));
  }

  /** All of them. */
  get count(): number {
    return this.#count + this.#open;
  }

  /** Those that were added as the worst ones. */
  get worstCount(): number {
    return this.#worst;
  }

  /** The longest one, in milliseconds. */
  get maxMs(): number {
    return this.#max / 1e6;
  }

  /** A time that is at least as long as every other one, see {@linkcode settle}. */
  addWorst(): void {
    this.#open++;
    this.#worst++;
  }

  /** What was added as the worst becomes as long as the longest time, `floorMs` at least. */
  settle(floorMs: number): void {
    const ms = Math.max(this.maxMs, floorMs);
    for (; this.#open > 0; this.#open--) this.add(ms);
  }

  /** Adds a time; fractions of a nanosecond are rounded, negative times are 0. */
  add(milliseconds: number): void {
    const ns = nanoseconds(milliseconds);
    const index = this.#count++;
    if (this.#kept !== undefined) this.#keep(index, ns);
    this.#histogram.add(ns);
    this.#sum += ns;
    const delta = ns - this.#mean;
    this.#mean += delta / this.#count;
    this.#squares += delta * (ns - this.#mean);
    if (ns < this.#min) this.#min = ns;
    if (ns > this.#max) this.#max = ns;
  }

  #keep(index: number, ns: number): void {
    let kept = this.#kept!;
    if (index === kept.length) {
      if (index >= this.#maxKept) {
        this.#kept = undefined;
        return;
      }
      kept = new Float64Array(Math.min(this.#maxKept, index * 2));
      kept.set(this.#kept!);
      this.#kept = kept;
    }
    kept[index] = ns;
  }

  /** A percentile within 0.1 %, in microseconds, without sorting; undefined when empty. */
  estimateUs(percentile: number): number | undefined {
    if (this.#count === 0) return undefined;
    const among = percentile * this.count / this.#count;
    return (among > 100 ? this.#max : this.#histogram.percentile(among)) / 1000;
  }

  /** How many times are above a limit in microseconds, within 0.1 % of it. */
  countAbove(us: number): number {
    return this.#histogram.countAbove(Math.round(us * 1000)) + this.#open;
  }

  /** The sum of what times have above a limit, each up to another one, in microseconds. */
  sumBetweenUs(from: number, to: number): number {
    return this.#histogram.sumBetween(Math.round(from * 1000), Math.round(to * 1000)) / 1000;
  }

  /** The sum of all times in microseconds. */
  get sumUs(): number {
    return (this.#sum + this.#open * this.#max) / 1000;
  }

  /** The figures; undefined when nothing was added. */
  figures(percentiles: readonly number[], withSpectrum = false): TimeFigures | undefined {
    if (this.#count === 0) return undefined;
    const sorted = this.#kept?.slice(0, this.#count).sort();
    const at = sorted === undefined
      ? (p: number) => Math.min(this.#max, Math.max(this.#min, this.#histogram.percentile(p)))
      : (p: number) => percentileOf(sorted, p);
    return {
      count: this.#count,
      minUs: this.#min / 1000,
      maxUs: this.#max / 1000,
      averageUs: this.#sum / this.#count / 1000,
      deviationUs: Math.sqrt(this.#squares / this.#count) / 1000,
      percentiles: percentiles.map((percentile) => ({ percentile, us: at(percentile) / 1000 })),
      exact: sorted !== undefined,
      histogram: this.#histogram.bins(),
      buckets: bucketText(this.#histogram),
      ...withSpectrum
        ? {
          spectrum: spectrumOf(this.#count).map((percentile) => ({
            percentile,
            us: at(percentile) / 1000,
          })),
        }
        : {},
    };
  }
}

/** Percentiles on a scale that gets finer towards 100. */
const SPECTRUM = [
  ...[0, 5, 10, 20, 30, 40, 50, 60, 70, 75, 80, 85, 90, 92.5, 95, 97.5, 99],
  ...[99.5, 99.75, 99.9, 99.95, 99.99, 99.995, 99.999, 99.9999],
];

/** Those of them that so many values can tell apart, and 100. */
function spectrumOf(count: number): number[] {
  return [...SPECTRUM.filter((percentile) => (100 - percentile) / 100 * count >= 1), 100];
}

/** The latency by which stability is judged: a percentile, or the average. */
export function stabilizingUs(figures: TimeFigures, percentile?: number): number {
  if (percentile === undefined) return figures.averageUs;
  return percentileUs(figures, percentile) ?? figures.averageUs;
}
