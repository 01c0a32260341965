/**
 * Stretches of a schedule in which the server fell behind, and whether it caught up again. A single slow
 * request is none: a stretch is one in which even the quickest request had to wait.
 *
 * @module
 */
import type { BacklogFigures } from "./types.ts";

/** Requests are put together by the moment at which they were due, so long at first. */
const FIRST_MS = 20;
/** With more bins than this, two become one. */
const MAX_BINS = 16_384;
/** A wait is one from here on, in milliseconds, */
const LEAST_MS = 100;
/** and so many times what the quickest requests take otherwise. */
const TIMES_USUAL = 10;
/** Fewer requests than this are slow ones, no backlog. */
const MIN_REQUESTS = 5;
/** So many are kept, the longest ones. */
const MAX_KEPT = 100;

/** Collects the waits of a window's requests; memory is bounded, however long the window is. */
export class BacklogCollector {
  #lengthMs = FIRST_MS;
  /** By bin: the shortest and the longest time, and the number of requests. */
  #least: number[] = [];
  #most: number[] = [];
  #counts: number[] = [];

  /**
   * @param dueMs when the request was due, in milliseconds from the window's start
   * @param ms from that moment to the last byte of its answer
   */
  add(dueMs: number, ms: number): void {
    if (!(dueMs >= 0)) return;
    let bin = Math.floor(dueMs / this.#lengthMs);
    while (bin >= MAX_BINS) {
      this.#fold();
      bin = Math.floor(dueMs / this.#lengthMs);
    }
    while (this.#counts.length <= bin) {
      this.#least.push(Infinity);
      this.#most.push(0);
      this.#counts.push(0);
    }
    if (ms < this.#least[bin]!) this.#least[bin] = ms;
    if (ms > this.#most[bin]!) this.#most[bin] = ms;
    this.#counts[bin]!++;
  }

  #fold(): void {
    const half = (bins: number[], join: (a: number, b: number) => number) =>
      Array.from(
        { length: Math.ceil(bins.length / 2) },
        (_, i) => 2 * i + 1 < bins.length ? join(bins[2 * i]!, bins[2 * i + 1]!) : bins[2 * i]!,
      );
    this.#least = half(this.#least, Math.min);
    this.#most = half(this.#most, Math.max);
    this.#counts = half(this.#counts, (a, b) => a + b);
    this.#lengthMs *= 2;
  }

  /** The stretches, in the order of time. */
  close(): BacklogFigures[] {
    const limit = Math.max(LEAST_MS, TIMES_USUAL * this.#usualMs());
    const found: BacklogFigures[] = [];
    let open: { from: number; count: number; most: number } | undefined;
    const end = (toMs: number | undefined) => {
      if (open !== undefined && open.count >= MIN_REQUESTS) {
        found.push({
          fromMs: open.from * this.#lengthMs,
          toMs,
          requestCount: open.count,
          maxUs: Math.round(open.most * 1000),
        });
      }
      open = undefined;
    };
    this.#counts.forEach((count, bin) => {
      if (count === 0) return;
      if (this.#least[bin]! <= limit) return end(bin * this.#lengthMs);
      open ??= { from: bin, count: 0, most: 0 };
      open.count += count;
      open.most = Math.max(open.most, this.#most[bin]!);
    });
    end(undefined);
    if (found.length <= MAX_KEPT) return found;
    const longest = found.map(({ maxUs }) => maxUs).sort((a, b) => b - a)[MAX_KEPT - 1]!;
    return found.filter(({ maxUs }) => maxUs >= longest).slice(0, MAX_KEPT);
  }

  /** What the quickest requests take: the middle of all bins. */
  #usualMs(): number {
    const known = this.#least.filter((ms) => ms < Infinity).sort((a, b) => a - b);
    return known[known.length >> 1] ?? 0;
  }
}
