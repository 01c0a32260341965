/**
 * A line at the bottom of the terminal that is drawn anew in the same place.
 *
 * @module
 */
import type { Terminal } from "./context.ts";
import { harmless } from "./harmless.ts";

/** What separates the parts of a line; one that is too long ends before such a place. */
const SEPARATOR = ", ";

/** Draws on standard error, and takes its line away before other text. */
export class StatusLine {
  readonly #terminal: Terminal;
  #shown = 0;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** Shows a text in place of the one before; what doesn't fit the terminal is left out. */
  draw(text: string): void {
    const line = fitted(harmless(text), this.#terminal.columns() - 1);
    this.#terminal.err(`\r${line.padEnd(this.#shown)}`, "own");
    this.#shown = line.length;
  }

  /** Takes the line away, so that other text can stand in its place. */
  clear(): void {
    if (this.#shown === 0) return;
    this.#terminal.err(`\r${" ".repeat(this.#shown)}\r`, "own");
    this.#shown = 0;
  }
}

/** The text with as many of its parts as fit; never a part of one, unless the first is too long. */
export function fitted(text: string, columns: number): string {
  if (text.length <= columns) return text;
  const end = text.lastIndexOf(SEPARATOR, columns);
  return text.slice(0, end > 0 ? end : Math.max(0, columns));
}
