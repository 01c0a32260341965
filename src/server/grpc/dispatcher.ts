/**
 * What a connection's messages ask for, in turns: a read can bring in more work than the other connections
 * may be kept waiting for.
 *
 * @module
 */
import { Queue } from "../../transport/http2/queue.ts";

/** How long one connection may be busy before the event loop turns. */
const TURN_MS = 20;
/** Pieces of work that may wait before the client is held back. */
const MANY = 1000;

/** Does work at once, or in the turns to come, in its order. */
export class Dispatcher {
  readonly #waiting = new Queue<() => void>();
  readonly #onLess: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param onLess told when {@linkcode busy} is over */
  constructor(onLess: () => void) {
    this.#onLess = onLess;
  }

  /** Whether a lot of work waits. */
  get busy(): boolean {
    return this.#waiting.length > MANY;
  }

  /**
   * Does a piece of work, now or later.
   *
   * @param since when the turn began, by `performance.now()`
   */
  run(work: () => void, since: number): void {
    if (this.#timer === undefined && performance.now() - since < TURN_MS) return work();
    this.#waiting.push(work);
    this.#timer ??= setTimeout(this.#turn, 0);
  }

  /** Does nothing any more. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#waiting.drain();
  }

  readonly #turn = () => {
    const wasBusy = this.busy;
    const since = performance.now();
    for (let work; performance.now() - since < TURN_MS && (work = this.#waiting.shift());) work();
    this.#timer = this.#waiting.length > 0 ? setTimeout(this.#turn, 0) : undefined;
    if (wasBusy && !this.busy) this.#onLess();
  };
}
