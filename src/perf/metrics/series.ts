/**
 * Adds up what several looks at a metrics page show.
 *
 * @module
 */
import { type MetricFamily, type MetricSample, seriesKey } from "./exposition.ts";
import type { SeriesFigures } from "./types.ts";

/** Series of a page that are kept. */
export const MAX_SERIES = 2000;

interface Open {
  readonly family: string;
  readonly sample: MetricSample;
  readonly kind: SeriesFigures["kind"];
  count: number;
  last: number;
  increase: number;
  sum: number;
  maximum: number;
  firstMs: number;
  lastMs: number;
}

/** Whether a family is kept: one of Triton's own, or one that was asked for. */
export function isKept(family: string, asked: readonly string[]): boolean {
  return family.startsWith("nv_") || asked.includes(family);
}

/** Which of a family's samples are sums that only grow. */
function kindOf({ type }: MetricFamily, { name, labels }: MetricSample): SeriesFigures["kind"] {
  if (type === "counter" || type === "histogram") return "counter";
  // A summary's quantiles are values of the moment.
  if (type === "summary" && !labels.some(([label]) => label === "quantile")) return "counter";
  if (type === "untyped" && name.endsWith("_total")) return "counter";
  return "gauge";
}

/** The series of one page during a pass. Memory: that of {@linkcode MAX_SERIES} entries. */
export class SeriesTally {
  readonly #series = new Map<string, Open>();
  readonly #asked: readonly string[];
  /** Whether there were more series than are kept. */
  overflowed = false;

  /** @param asked families to keep beside Triton's own */
  constructor(asked: readonly string[]) {
    this.#asked = asked;
  }

  /** Takes in a look at moment `now`, in milliseconds. */
  add(families: readonly MetricFamily[], now: number): void {
    for (const family of families) {
      if (!isKept(family.name, this.#asked)) continue;
      for (const sample of family.samples) this.#add(family, sample, now);
    }
  }

  #add(family: MetricFamily, sample: MetricSample, now: number): void {
    const { value } = sample;
    if (!Number.isFinite(value)) return;
    const key = seriesKey(sample.name, sample.labels);
    let open = this.#series.get(key);
    if (open === undefined) {
      if (this.#series.size >= MAX_SERIES) {
        this.overflowed = true;
        return;
      }
      open = {
        ...{ family: family.name, sample, kind: kindOf(family, sample) },
        ...{ count: 0, last: value, increase: 0, sum: 0, maximum: value },
        ...{ firstMs: now, lastMs: now },
      };
      this.#series.set(key, open);
    }
    open.count++;
    // A server that was started again counts from 0.
    open.increase += value < open.last ? value : value - open.last;
    open.last = value;
    open.sum += value;
    open.maximum = Math.max(open.maximum, value);
    open.lastMs = now;
  }

  figures(): SeriesFigures[] {
    return [...this.#series.values()].map((open) => {
      const { family, sample, kind, count: sampleCount } = open;
      const labels = Object.fromEntries(sample.labels);
      const base = { family, name: sample.name, labels, kind, sampleCount };
      if (kind === "gauge") {
        return { ...base, average: open.sum / sampleCount, maximum: open.maximum };
      }
      const seconds = (open.lastMs - open.firstMs) / 1000;
      const perSecond = seconds > 0 ? open.increase / seconds : undefined;
      return { ...base, increase: open.increase, perSecond };
    });
  }
}
