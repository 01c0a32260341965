/**
 * What a command may touch of the world: streams, clock, signals. The terminal is the only place
 * that writes to the console.
 *
 * @module
 */
import type { Clock } from "../base/clock.ts";

/** The console. */
export interface Terminal {
  /** Writes to standard output as it is. */
  out(text: string): void;
  /** Writes to standard error as it is. */
  err(text: string): void;
  readonly outIsTerminal: boolean;
  readonly errIsTerminal: boolean;
  /** Whether standard output may carry colours (a terminal, no NO_COLOR, not TERM=dumb). */
  readonly color: boolean;
  /** Whether standard error may carry colours. */
  readonly errColor: boolean;
  /** Width of the terminal that standard error is, 80 when unknown. */
  columns(): number;
}

/** What runs beside a command. */
export interface CommandContext {
  readonly terminal: Terminal;
  readonly clock: Clock;
  /** Aborts on the first Ctrl-C or SIGTERM; the second one ends the program at once. */
  readonly signal: AbortSignal;
  /** `windows`, `linux`, `darwin`. */
  readonly os: typeof Deno.build.os;
  /** The program's own; reports name it. */
  readonly version?: string;
}
