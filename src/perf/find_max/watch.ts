/**
 * Follows a window while it is measured, and says when its thresholds are decided.
 *
 * @module
 */
import type { Distribution } from "../statistics.ts";
import type { Threshold } from "../threshold/mod.ts";
import type { RequestCounts } from "../types.ts";
import type { Window } from "../window.ts";
import { clearSide, type Limit, nearness, type Part, type Side } from "./clear.ts";
import type { Nearness } from "./fit.ts";

/** The running totals of a threshold. */
type Totals = (window: Window, counts: RequestCounts) => Part;

/** One threshold that is followed. */
interface Followed {
  readonly limit: Limit;
  readonly totals: Totals;
  readonly parts: Part[];
  last: Part;
}

/** Looks at a window a few times a second. */
export class ThresholdWatch {
  readonly #followed: readonly Followed[];
  /** Whether some threshold is about a figure that no bound is known of. */
  readonly #hasOthers: boolean;

  /** @param base counts at the start of the window */
  constructor(thresholds: readonly Threshold[], window: Window, base: RequestCounts) {
    const followed = thresholds.map((threshold) => followable(threshold, base));
    this.#followed = followed.flatMap((entry) =>
      entry === undefined ? [] : [{
        ...entry,
        parts: [],
        last: entry.totals(window, base),
      }]
    );
    this.#hasOthers = followed.includes(undefined);
  }

  /** Takes the part since the last look. */
  look(window: Window, counts: RequestCounts): void {
    for (const entry of this.#followed) {
      const now = entry.totals(window, counts);
      entry.parts.push({ count: now.count - entry.last.count, sum: now.sum - entry.last.sum });
      entry.last = now;
    }
  }

  /** Of the limit that is closest to being broken, or broken most. */
  get nearness(): Nearness | undefined {
    return this.#followed
      .map(({ parts, limit }) => nearness(parts, limit))
      .filter((near) => near !== undefined)
      .sort((a, b) => b.ratio - a.ratio)[0];
  }

  /** `above` when one limit is clearly broken, `below` when all are clearly kept. */
  get side(): Side {
    const sides = this.#followed.map(({ parts, limit }) => clearSide(parts, limit));
    if (sides.includes("above")) return "above";
    return sides.includes("open") || this.#hasOthers || sides.length === 0 ? "open" : "below";
  }
}

/** Percentiles, averages and shares of failures have a bound; undefined for the rest. */
function followable(
  { metric, operator, limit, unit }: Threshold,
  base: RequestCounts,
): Pick<Followed, "limit" | "totals"> | undefined {
  if (!operator.startsWith("<")) return undefined;
  if (metric.name === "errors" && unit === "%") {
    return {
      limit: { kind: "share", limit },
      totals: (_window, counts) => {
        const failed = counts.failed - base.failed;
        return { count: counts.succeeded - base.succeeded + failed, sum: failed };
      },
    };
  }
  const { set, percentile } = metric;
  if (set === undefined) return undefined;
  const timesOf = (window: Window): Distribution => {
    if (set === "response") return window.latency;
    return (set === "service" ? window.service : window.delay) ?? window.latency;
  };
  if (percentile !== undefined) {
    return {
      limit: { kind: "share", limit: 1 - percentile / 100 },
      totals: (window) => {
        const times = timesOf(window);
        return { count: times.count, sum: times.countAbove(limit) };
      },
    };
  }
  if (!/(^|\.)avg$/.test(metric.name)) return undefined;
  return {
    limit: { kind: "mean", limit },
    totals: (window) => ({ count: timesOf(window).count, sum: timesOf(window).sumUs }),
  };
}
