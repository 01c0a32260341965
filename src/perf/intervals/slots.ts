/**
 * The requests of a window by slots of time, so that it can be seen how much its figures vary within
 * it.
 *
 * @module
 */
import { bucketOf, bucketValue, type TimeHistogram } from "../histogram.ts";

/** Slots of a window of a known length; one that has no set end has up to twice as many. */
const SLOTS = 20;
/** Where the end isn't known slots are so long at first, in milliseconds, and double. */
const FIRST_MS = 1;
const PAGE_BITS = 10;
const PAGE = 1 << PAGE_BITS;

/** The requests of a slot; memory goes with the octaves that their times span. */
export class Slot {
  count = 0;
  sumNs = 0;
  readonly #pages: (Uint32Array | undefined)[] = [];

  /** Adds a time in whole nanoseconds. */
  add(ns: number): void {
    this.count++;
    this.sumNs += ns;
    this.#into(bucketOf(ns), 1);
  }

  /** Adds so many times of one bucket of {@linkcode TimeHistogram}; their sum is within 0.05 %. */
  addBucket(bucket: number, count: number): void {
    this.count += count;
    this.sumNs += count * bucketValue(bucket);
    this.#into(bucket, count);
  }

  #into(bucket: number, count: number): void {
    const page = this.#pages[bucket >> PAGE_BITS] ??= new Uint32Array(PAGE);
    page[bucket & (PAGE - 1)]! += count;
  }

  /** Calls with every bucket that holds something, ascending. */
  forEach(use: (bucket: number, count: number) => void): void {
    this.#pages.forEach((page, at) =>
      page!.forEach((count, i) => {
        if (count > 0) use((at << PAGE_BITS) + i, count);
      })
    );
  }

  /** Adds another slot's requests. */
  merge(other: Slot): void {
    this.count += other.count;
    this.sumNs += other.sumNs;
    other.#pages.forEach((page, at) => {
      const own = this.#pages[at] ??= new Uint32Array(PAGE);
      page!.forEach((count, i) => own[i]! += count);
    });
  }

  /** This one and others as one. */
  joined(others: readonly Slot[]): Slot {
    if (others.length === 0) return this;
    const all = new Slot();
    [this, ...others].forEach((slot) => all.merge(slot));
    return all;
  }

  /** How many of its times are in a bucket of {@linkcode TimeHistogram} or in a lower one. */
  countUpTo(bucket: number): number {
    let count = 0;
    this.#pages.forEach((page, at) => {
      const end = Math.min(PAGE, bucket - (at << PAGE_BITS) + 1);
      for (let i = 0; i < end; i++) count += page![i]!;
    });
    return count;
  }

  /** Adds its times to a histogram. */
  addTo(histogram: TimeHistogram): void {
    this.forEach((bucket, count) => histogram.addBucket(bucket, count));
  }
}

/** What a window's slots came to. */
export interface WindowSlots {
  /** All of the same length, in the order of time. */
  readonly slots: readonly Slot[];
  readonly lengthMs: number;
  /** What is left behind the last whole slot. */
  readonly rest: Slot;
}

/** Collects them. */
export class SlotCollector {
  #lengthMs: number;
  #slots: (Slot | undefined)[] = [];

  /** @param windowMs Infinity when the end is open */
  constructor(windowMs: number) {
    this.#lengthMs = windowMs > 0 && windowMs < Infinity ? windowMs / SLOTS : FIRST_MS;
  }

  /** Adds a request that ended so many milliseconds after the window's start. */
  add(ms: number, ns: number): void {
    let index = Math.floor(ms / this.#lengthMs);
    while (index >= 2 * SLOTS) {
      this.#fold();
      index = Math.floor(ms / this.#lengthMs);
    }
    (this.#slots[index] ??= new Slot()).add(ns);
  }

  /** Two slots each become one of twice the length. */
  #fold(): void {
    const folded: (Slot | undefined)[] = [];
    this.#slots.forEach((slot, i) => {
      const into = i >> 1;
      if (folded[into] === undefined) folded[into] = slot;
      else folded[into].merge(slot!);
    });
    this.#slots = folded;
    this.#lengthMs *= 2;
  }

  /** The slots of a window that took so long. */
  close(windowMs: number): WindowSlots {
    const whole = Math.floor(windowMs / this.#lengthMs + 1e-6);
    const slots = Array.from({ length: whole }, (_, i) => this.#slots[i] ?? new Slot());
    const rest = new Slot();
    this.#slots.slice(whole).forEach((slot) => rest.merge(slot!));
    return { slots, lengthMs: this.#lengthMs, rest };
  }
}
