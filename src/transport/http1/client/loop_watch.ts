/**
 * Notices that the event loop hasn't turned: what came on the sockets meanwhile hasn't been seen.
 *
 * @module
 */

/** How often the loop is asked for a sign of life: at first, and after a while without a request. */
const OFTEN_MS = 10;
const SELDOM_MS = 250;
const OFTEN_FOR = 100;
/** Timers fire a little late on a machine that is busy, too. */
const TOLERANCE_MS = 5;

/** A timer whose delay shows that the loop was blocked. */
export class LoopWatch {
  readonly #isNeeded: () => boolean;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #due = Infinity;
  #beats = 0;

  /** @param isNeeded asked at every beat; once it says no, the watch stops */
  constructor(isNeeded: () => boolean) {
    this.#isNeeded = isNeeded;
  }

  /** Whether a beat is overdue. */
  get isLate(): boolean {
    return performance.now() - this.#due > TOLERANCE_MS;
  }

  /** Watches from now on, closely. */
  start(): void {
    this.#beats = 0;
    if (this.#timer === undefined) this.#beat();
  }

  /** Watches no longer. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#due = Infinity;
  }

  #beat(): void {
    const after = this.#beats++ < OFTEN_FOR ? OFTEN_MS : SELDOM_MS;
    this.#due = performance.now() + after;
    this.#timer = setTimeout(() => {
      if (this.#isNeeded()) this.#beat();
      else this.stop();
    }, after);
    Deno.unrefTimer(this.#timer);
  }
}
