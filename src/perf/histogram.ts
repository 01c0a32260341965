/**
 * A histogram of times in whole nanoseconds, in fixed memory: exact below 2,048 ns, above that 1,024
 * buckets an octave, so that a bucket's middle is within 0.05 % of every value in it. Histograms of
 * the same kind can be added up.
 *
 * @module
 */
import { percentileRank } from "./percentile.ts";
import type { HistogramBin } from "./types.ts";

const SUB_BITS = 10;
const SUB_BUCKETS = 1 << SUB_BITS;
/** Values are cut off here: about 19.5 hours. */
export const MAX_NS = 2 ** 46 - 1;
const BUCKETS = (46 - SUB_BITS) * SUB_BUCKETS + SUB_BUCKETS;
const HIGH_UNIT = 2 ** 31;

/** Octaves above the exact range; the unit of the value's octave is 2 to this power. */
function octave(ns: number): number {
  const log2 = ns < HIGH_UNIT ? 31 - Math.clz32(ns) : 62 - Math.clz32(Math.floor(ns / HIGH_UNIT));
  return log2 - SUB_BITS;
}

/** The bucket of a whole number of nanoseconds. */
export function bucketOf(ns: number): number {
  if (ns < SUB_BUCKETS) return ns < 0 ? 0 : ns;
  const value = ns > MAX_NS ? MAX_NS : ns;
  const shift = octave(value);
  return shift * SUB_BUCKETS + Math.floor(value / 2 ** shift);
}

/** The octave of a bucket, as {@linkcode octave} counts; the exact range is 0 too. */
function bucketOctave(bucket: number): number {
  return Math.max(0, Math.floor(bucket / SUB_BUCKETS) - 1);
}

/** The lowest value of a bucket. */
export function bucketLow(bucket: number): number {
  const shift = bucketOctave(bucket);
  return (bucket - shift * SUB_BUCKETS) * 2 ** shift;
}

/** The value that stands for a bucket: its middle. */
export function bucketValue(bucket: number): number {
  return bucketLow(bucket) + (2 ** bucketOctave(bucket) - 1) / 2;
}

/** A time as it is counted; fractions of a nanosecond are rounded, negative times are 0. */
export function nanoseconds(milliseconds: number): number {
  return milliseconds > 0 ? Math.round(milliseconds * 1e6) : 0;
}

/** Counts of times, see the module. */
export class TimeHistogram {
  readonly #counts = new Float64Array(BUCKETS);
  #total = 0;

  /** How many times were added. */
  get count(): number {
    return this.#total;
  }

  /** Adds a whole number of nanoseconds. */
  add(ns: number): void {
    this.#counts[bucketOf(ns)]!++;
    this.#total++;
  }

  /** Adds so many times of one bucket. */
  addBucket(bucket: number, count: number): void {
    this.#counts[bucket]! += count;
    this.#total += count;
  }

  /** Adds another histogram's counts. */
  merge(other: TimeHistogram): void {
    for (let i = 0; i < BUCKETS; i++) this.#counts[i]! += other.#counts[i]!;
    this.#total += other.#total;
  }

  /** Calls with every bucket that holds something, ascending. */
  forEach(use: (bucket: number, count: number) => void): void {
    for (let i = 0; i < BUCKETS; i++) {
      const count = this.#counts[i]!;
      if (count > 0) use(i, count);
    }
  }

  /** How many times are above a whole number of nanoseconds, within a bucket. */
  countAbove(ns: number): number {
    let count = 0;
    for (let i = bucketOf(ns) + 1; i < BUCKETS; i++) count += this.#counts[i]!;
    return count;
  }

  /** The sum of what times have above `from`, each up to `to`; whole nanoseconds, within a bucket. */
  sumBetween(from: number, to: number): number {
    const last = bucketOf(to);
    let sum = 0;
    for (let i = bucketOf(from) + 1; i <= last; i++) {
      sum += this.#counts[i]! * (bucketValue(i) - from);
    }
    return sum + this.countAbove(to) * (to - from);
  }

  /** A percentile in nanoseconds, by the rank rule; NaN when nothing was added. */
  percentile(p: number): number {
    if (this.#total === 0) return NaN;
    let left = percentileRank(p, this.#total);
    for (let i = 0; i < BUCKETS; i++) {
      left -= this.#counts[i]!;
      if (left < 0) return bucketValue(i);
    }
    return bucketValue(BUCKETS - 1);
  }

  /** Rows for a person: bounds at 1, 1.5, 2, 3, 5 and 7 of every decade, empty ends left out. */
  bins(): HistogramBin[] {
    const rows: HistogramBin[] = [];
    let row = 0;
    let count = 0;
    let seen = 0;
    const close = () => {
      if (count > 0 || rows.length > 0) rows.push({ upToUs: binBound(row), count });
      count = 0;
      row++;
    };
    for (let i = 0; i < BUCKETS && seen < this.#total; i++) {
      const here = this.#counts[i];
      if (here === 0) continue;
      while (bucketValue(i) > binBound(row) * 1000) close();
      count += here!;
      seen += here!;
    }
    if (count > 0) close();
    return rows;
  }
}

const BOUNDS = [1, 1.5, 2, 3, 5, 7];

function binBound(row: number): number {
  return BOUNDS[row % BOUNDS.length]! * 10 ** Math.floor(row / BOUNDS.length);
}

/** Bars of `#`, the longest `width` characters, one line a row. */
export function histogramLines(bins: readonly HistogramBin[], width = 40): string[] {
  const most = bins.reduce((max, bin) => Math.max(max, bin.count), 0);
  const labels = bins.map((bin) => `<= ${bin.upToUs} usec`);
  const counts = bins.map((bin) => String(bin.count));
  const labelWidth = Math.max(0, ...labels.map((text) => text.length));
  const countWidth = Math.max(0, ...counts.map((text) => text.length));
  return bins.map((bin, i) => {
    const bar = "#".repeat(Math.ceil((bin.count / most) * width));
    return `${labels[i]!.padStart(labelWidth)} ${counts[i]!.padStart(countWidth)} ${bar}`.trimEnd();
  });
}
