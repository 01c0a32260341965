/**
 * Whether a server keeps up with a schedule. A backlog may come and go; one that grows all through a
 * window means that more is asked than the server can take, and that latencies have no bound.
 *
 * @module
 */
import type { RequestCounts } from "./types.ts";

/** Each third of a window must add this share of its requests to the backlog. */
const GROWTH_SHARE = 0.01;
/** And so many requests at least, so that a few requests more or less are no trend. */
const MIN_GROWTH = 5;
/** At the end most of the backlog is still there. */
const STILL_THERE = 0.8;
const MIN_LOOKS = 9;

/** Looks at the backlog over a window. */
export class BacklogTrend {
  readonly #start: number;
  readonly #rate: number;
  readonly #settledBefore: number;
  readonly #looks: number[] = [];
  #lastSettled = 0;
  #lastAt: number;

  /**
   * @param start milliseconds of the first look
   * @param rate requests a second that are due
   */
  constructor(start: number, rate: number, counts: RequestCounts) {
    this.#start = start;
    this.#lastAt = start;
    this.#rate = rate;
    this.#settledBefore = counts.succeeded + counts.failed;
  }

  add(now: number, counts: RequestCounts): void {
    this.#lastSettled = counts.succeeded + counts.failed - this.#settledBefore;
    this.#lastAt = now;
    this.#looks.push(this.#rate * (now - this.#start) / 1000 - this.#lastSettled);
  }

  /** Requests a second that were settled. */
  get servedPerSecond(): number {
    const seconds = (this.#lastAt - this.#start) / 1000;
    return seconds > 0 ? this.#lastSettled / seconds : 0;
  }

  /** Whether the backlog grew from each third of the window to the next and stayed. */
  get grows(): boolean {
    const looks = this.#looks;
    if (looks.length < MIN_LOOKS) return false;
    const third = Math.floor(looks.length / 3);
    const mean = (from: number) =>
      looks.slice(from, from + third).reduce((sum, look) => sum + look, 0) / third;
    const [first, second, last] = [mean(0), mean(third), mean(looks.length - third)];
    const asked = this.#rate * (this.#lastAt - this.#start) / 1000;
    // A third of the requests come in a third of the window; their noise is that of a Poisson process.
    const least = Math.max(MIN_GROWTH, asked * GROWTH_SHARE, 2 * Math.sqrt(asked / 3));
    return second - first >= least && last - second >= least &&
      looks.at(-1)! >= STILL_THERE * Math.max(...looks);
  }
}
