/**
 * Follows a window while it is measured, and says when its thresholds are decided.
 *
 * @module
 */
import type { Distribution } from "../statistics.ts";
import type { Threshold } from "../threshold/mod.ts";
import type { RequestCounts } from "../types.ts";
import type { Window } from "../window.ts";
import { clearSide, evidenceOf, keeps, type Limit, type Side } from "./clear.ts";
import type { Evidence } from "./fit.ts";
import { difference, inPairs, type Part } from "./parts.ts";
import { TAIL } from "./tail.ts";

/** The running totals of a threshold. */
type Totals = (window: Window, counts: RequestCounts) => Part;

/** One threshold that is followed. */
interface Followed {
  readonly limit: Limit;
  readonly totals: Totals;
  parts: Part[];
  last: Part;
}

/** More parts than these are put together in pairs: the variance takes batches of them anyway. */
const MAX_PARTS = 1024;

/** Looks at a window a few times a second. */
export class ThresholdWatch {
  /** By threshold; undefined where no bound of the figure is known. */
  readonly #followed: readonly (Followed | undefined)[];

  /** @param base counts at the start of the window */
  constructor(thresholds: readonly Threshold[], window: Window, base: RequestCounts) {
    this.#followed = thresholds.map((threshold) => {
      const entry = followable(threshold, base);
      return entry && { ...entry, parts: [], last: entry.totals(window, base) };
    });
  }

  /** Takes the part since the last look. */
  look(window: Window, counts: RequestCounts): void {
    for (const entry of this.#followed) {
      if (entry === undefined) continue;
      const now = entry.totals(window, counts);
      entry.parts.push(difference(now, entry.last));
      entry.last = now;
      if (entry.parts.length > MAX_PARTS) entry.parts = inPairs(entry.parts);
    }
  }

  /** What the window says of each limit. */
  get evidence(): readonly (Evidence | undefined)[] {
    return this.#followed.map((entry) => entry && evidenceOf(entry.parts, entry.limit));
  }

  /** Whether the window so far keeps all limits that are followed. */
  get keeps(): boolean {
    return this.#followed.every((entry) => entry === undefined || keeps(entry.parts, entry.limit));
  }

  /** `above` when one limit is clearly broken, `below` when all are clearly kept. */
  get side(): Side {
    const sides = this.#followed.map((entry) =>
      entry === undefined ? "open" : clearSide(entry.parts, entry.limit)
    );
    if (sides.includes("above")) return "above";
    return sides.includes("open") || sides.length === 0 ? "open" : "below";
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
      totals: (window) => slowRequests(timesOf(window), limit),
    };
  }
  if (!/(^|\.)avg$/.test(metric.name)) return undefined;
  return {
    limit: { kind: "mean", limit },
    totals: (window) => ({ count: timesOf(window).count, sum: timesOf(window).sumUs }),
  };
}

function slowRequests(times: Distribution, limitUs: number): Part {
  const [from, to] = [TAIL.from * limitUs, TAIL.to * limitUs];
  return {
    count: times.count,
    sum: times.countAbove(limitUs),
    tail: {
      above: times.countAbove(from),
      beyond: times.countAbove(to),
      excess: limitUs === 0 ? 0 : times.sumBetweenUs(from, to) / limitUs,
    },
  };
}
