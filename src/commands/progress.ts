/**
 * A line on the terminal that says how far a long run is.
 *
 * @module
 */
import type { Clock } from "../base/clock.ts";
import type { Terminal } from "../cli/context.ts";
import { StatusLine } from "../cli/status_line.ts";

/** Nothing is shown before this. */
const QUIET_MS = 2_000;
const REDRAW_MS = 200;

/**
 * Shows progress on standard error when that is a terminal and standard output is not: there the output
 * itself is the progress.
 */
export class CountProgress {
  readonly #line: StatusLine;
  readonly #clock: Clock;
  readonly #what: string;
  #total: number | undefined;
  readonly #start: number;
  readonly #isShown: boolean;
  #lastDraw: number;
  #done = 0;

  /**
   * @param what the verb and noun of the line, e.g. `classified`
   * @param total undefined until it is known, see `expect`
   */
  constructor(terminal: Terminal, clock: Clock, what: string, total?: number) {
    this.#line = new StatusLine(terminal);
    this.#clock = clock;
    this.#what = what;
    this.#total = total;
    this.#start = clock.now();
    this.#isShown = terminal.canRedraw && !terminal.outIsTerminal;
    this.#lastDraw = this.#start + QUIET_MS - REDRAW_MS;
  }

  /** Counts finished pieces and redraws now and then. */
  advance(count: number): void {
    this.#done += count;
    const now = this.#clock.now();
    if (!this.#isShown || now - this.#lastDraw < REDRAW_MS) return;
    this.#lastDraw = now;
    const rate = this.#done / ((now - this.#start) / 1000);
    const done = `${this.#what} ${this.#done}`;
    if (this.#total === undefined) return this.#line.draw(`${done}, ${rate.toFixed(0)}/s`);
    const left = Math.ceil((this.#total - this.#done) / Math.max(rate, 1e-9));
    this.#line.draw(`${done} of ${this.#total}, ${rate.toFixed(0)}/s, ${left} s left`);
  }

  /** Whether anybody sees it. */
  get isShown(): boolean {
    return this.#isShown;
  }

  /** Tells how many there are, when that was found out. */
  expect(total: number): void {
    this.#total = total;
  }

  /** Takes the line away, so that other text can stand in its place. */
  clear(): void {
    this.#line.clear();
  }
}
