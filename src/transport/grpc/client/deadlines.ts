/**
 * One timer for the time limits of all calls: a timer each would cost more than a small call does.
 *
 * @module
 */
import { LONGEST_TIMER_MS } from "../../../base/clock.ts";

/** Wakes up when the earliest limit is over, never for a call that has ended before. */
export class Deadlines {
  readonly #expire: (now: number) => number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #due = Infinity;

  /**
   * @param expire ends the calls whose deadline is at or before `now`, and returns the earliest deadline
   * of the others; Infinity = none
   */
  constructor(expire: (now: number) => number) {
    this.#expire = expire;
  }

  /** Sees to it that `expire` is called at `deadline`, in terms of `performance.now()`. */
  watch(deadline: number): void {
    if (deadline >= this.#due) return;
    this.stop();
    this.#due = deadline;
    // Rounded up: a timer that fires early would have to be set again.
    const left = Math.max(0, Math.ceil(deadline - performance.now()));
    const ms = Math.min(left, LONGEST_TIMER_MS);
    const timer = this.#timer = setTimeout(this.#onTimer, ms);
    // The socket of a call in flight keeps the program alive, the limit of an ended one must not.
    Deno.unrefTimer(timer);
  }

  /** Forgets all deadlines. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#due = Infinity;
  }

  readonly #onTimer = () => {
    this.#due = Infinity;
    this.watch(this.#expire(performance.now()));
  };
}
