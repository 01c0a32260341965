/**
 * A clock for tests that moves only when it is told to.
 *
 * @module
 */
import type { Clock } from "../../base/clock.ts";

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** Rounds of microtasks after which everything that can run has run. */
const SETTLE_ROUNDS = 50;

/** Time by hand, in milliseconds from 0. */
export class ManualClock implements Clock {
  #now = 0;
  #sleepers: Sleeper[] = [];

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const sleeper = { at: this.#now + ms, wake: resolve };
      this.#sleepers.push(sleeper);
      signal?.addEventListener("abort", () => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        resolve();
      }, { once: true });
    });
  }

  /** How many wait. */
  get waiting(): number {
    return this.#sleepers.length;
  }

  /** Lets everything run that does not wait for time. */
  async settle(): Promise<void> {
    for (let i = 0; i < SETTLE_ROUNDS; i++) await Promise.resolve();
  }

  /** Moves on, waking who waits in the right order, and settles. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await this.settle();
    while (true) {
      const next = this.#sleepers.reduce<Sleeper | undefined>(
        (first, sleeper) => first && first.at <= sleeper.at ? first : sleeper,
        undefined,
      );
      if (!next || next.at > end) break;
      this.#sleepers = this.#sleepers.filter((sleeper) => sleeper !== next);
      this.#now = next.at;
      next.wake();
      await this.settle();
    }
    this.#now = end;
  }
}
