/**
 * Several lines at the bottom of the terminal that are drawn anew in the same place. The cursor stays
 * below them at the start of a line, and nothing of the terminal's state is changed: however the program
 * ends, the shell goes on there.
 *
 * @module
 */
import type { Terminal } from "./context.ts";
import { harmless } from "./harmless.ts";

/** A line, and how it looks. */
export interface AreaLine {
  readonly text: string;
  readonly look?: "strong" | "quiet" | "bad";
}

const LOOKS = { strong: "\x1b[1m", quiet: "\x1b[2m", bad: "\x1b[31m" } as const;
const CLEAR_LINE = "\x1b[K";
const CLEAR_BELOW = "\x1b[J";

/** Draws on standard error. */
export class LiveArea {
  readonly #terminal: Terminal;
  /** Widths of the lines that stand there. */
  #shown: readonly number[] = [];

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** Shows lines in place of those before. They must be shorter than the terminal is wide. */
  draw(lines: readonly AreaLine[]): void {
    const texts = lines.map(({ text }) => harmless(text));
    const drawn = texts.map((text, i) => {
      const look = lines[i]!.look;
      const styled = look === undefined || !this.#terminal.errColor
        ? text
        : `${LOOKS[look]}${text}\x1b[0m`;
      return `${styled}${CLEAR_LINE}\n`;
    });
    this.#terminal.err(`${this.#back()}${drawn.join("")}${CLEAR_BELOW}`, "own");
    this.#shown = texts.map((text) => [...text].length);
  }

  /** Takes the lines away, so that other text can stand in their place. */
  clear(): void {
    if (this.#shown.length === 0) return;
    this.#terminal.err(`${this.#back()}${CLEAR_BELOW}`, "own");
    this.#shown = [];
  }

  /** To the start of the first line: a terminal that became narrower has wrapped some. */
  #back(): string {
    const columns = Math.max(1, this.#terminal.columns());
    const rows = this.#shown.reduce(
      (sum, width) => sum + Math.max(1, Math.ceil(width / columns)),
      0,
    );
    return rows === 0 ? "\r" : `\x1b[${rows}A\r`;
  }
}
