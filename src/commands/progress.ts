/**
 * A line on the terminal that says how far a long run is.
 *
 * @module
 */
import type { Clock } from "../base/clock.ts";
import type { Terminal } from "../command/context.ts";

/** Nothing is shown before this. */
const QUIET_MS = 2_000;
const REDRAW_MS = 200;

/**
 * Shows progress on standard error when that is a terminal and standard output is not: there the output
 * itself is the progress.
 */
export class Progress {
  readonly #terminal: Terminal;
  readonly #clock: Clock;
  readonly #what: string;
  readonly #total: number;
  readonly #start: number;
  readonly #isShown: boolean;
  #lastDraw: number;
  #shown = 0;
  #done = 0;

  /** @param what the verb and noun of the line, e.g. `classified` */
  constructor(terminal: Terminal, clock: Clock, what: string, total: number) {
    this.#terminal = terminal;
    this.#clock = clock;
    this.#what = what;
    this.#total = total;
    this.#start = clock.now();
    this.#isShown = terminal.errIsTerminal && !terminal.outIsTerminal;
    this.#lastDraw = this.#start + QUIET_MS - REDRAW_MS;
  }

  /** Counts finished pieces and redraws now and then. */
  advance(count: number): void {
    this.#done += count;
    const now = this.#clock.now();
    if (!this.#isShown || now - this.#lastDraw < REDRAW_MS) return;
    this.#lastDraw = now;
    const rate = this.#done / ((now - this.#start) / 1000);
    const left = Math.ceil((this.#total - this.#done) / Math.max(rate, 1e-9));
    const text = `${this.#what} ${this.#done} of ${this.#total}, ${
      rate.toFixed(0)
    }/s, ${left} s left`
      .slice(0, this.#terminal.columns() - 1);
    this.#terminal.err("\r" + text.padEnd(this.#shown));
    this.#shown = text.length;
  }

  /** Takes the line away, so that other text can stand in its place. */
  clear(): void {
    if (this.#shown === 0) return;
    this.#terminal.err("\r" + " ".repeat(this.#shown) + "\r");
    this.#shown = 0;
  }
}
