/**
 * A clock for tests that stands still until everything waits, and then jumps to the next moment
 * somebody waits for.
 *
 * @module
 */
import type { Clock } from "../../base/clock.ts";

interface Sleeper {
  readonly at: number;
  readonly order: number;
  readonly wake: () => void;
}

/** Rounds of microtasks after which everything that can run has run. */
const SETTLE_ROUNDS = 40;

/** Virtual time. */
export class VirtualClock implements Clock {
  #now: number;
  #order = 0;
  readonly #heap: Sleeper[] = [];

  constructor(start = 1000) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const done = () => {
        signal?.removeEventListener("abort", done);
        resolve();
      };
      signal?.addEventListener("abort", done, { once: true });
      this.at(this.#now + Math.max(0, ms), done);
    });
  }

  /** Code takes so long: what is due meanwhile comes late. */
  spend(ms: number): void {
    this.#now += ms;
  }

  /** Calls `wake` at a moment. */
  at(moment: number, wake: () => void): void {
    this.#push({ at: moment, order: this.#order++, wake });
  }

  /** Lets time pass until the promise is settled. */
  async run<T>(promise: Promise<T>): Promise<T> {
    let settled = false;
    const end = () => {
      settled = true;
    };
    promise.then(end, end);
    while (true) {
      for (let i = 0; i < SETTLE_ROUNDS && !settled; i++) await Promise.resolve();
      if (settled) return await promise;
      const next = this.#pop();
      if (next === undefined) throw new Error("everything waits, and nothing will ever happen");
      this.#now = Math.max(this.#now, next.at);
      next.wake();
    }
  }

  #push(sleeper: Sleeper): void {
    const heap = this.#heap;
    let i = heap.push(sleeper) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!before(sleeper, heap[parent]!)) break;
      heap[i] = heap[parent]!;
      i = parent;
    }
    heap[i] = sleeper;
  }

  #pop(): Sleeper | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (last === undefined || last === first) return first;
    let i = 0;
    while (true) {
      let child = 2 * i + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++;
      if (!before(heap[child]!, last)) break;
      heap[i] = heap[child]!;
      i = child;
    }
    heap[i] = last;
    return first;
  }
}

function before(a: Sleeper, b: Sleeper): boolean {
  return a.at < b.at || a.at === b.at && a.order < b.order;
}
