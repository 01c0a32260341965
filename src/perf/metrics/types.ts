/**
 * Figures of a server's own metrics during a pass.
 *
 * @module
 */

/** What is collected. */
export interface MetricsSettings {
  /** Pages to read, whole URLs. */
  readonly urls: readonly string[];
  /** Milliseconds between two looks at a page. */
  readonly intervalMs: number;
  /** Families to keep by name, beside Triton's own (`nv_*`). */
  readonly families: readonly string[];
}

/** One series during a pass. Values that aren't finite are left out. */
export interface SeriesFigures {
  readonly family: string;
  /** The series' name; of a histogram or a summary with `_sum`, `_count` or `_bucket`. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Whether it is a sum that only grows, or a value of the moment. */
  readonly kind: "counter" | "gauge";
  /** Looks that had a finite value. */
  readonly sampleCount: number;
  /** Counters: how much it grew during the pass; starting again at 0 is allowed for. */
  readonly increase?: number;
  /** Counters: `increase` by the seconds between the first look and the last. */
  readonly perSecond?: number;
  /** Gauges: mean and largest of the values seen. */
  readonly average?: number;
  readonly maximum?: number;
}

/** A page during a pass. */
export interface MetricsFigures {
  readonly url: string;
  /** Looks that worked, and that didn't. */
  readonly scrapeCount: number;
  readonly failedCount: number;
  /** Why the last one failed. */
  readonly lastError?: string;
  /** Whether the page has more series than are kept. */
  readonly truncated: boolean;
  /** In the page's order. */
  readonly series: readonly SeriesFigures[];
}
