/**
 * What a command may touch of the world: streams, clock, signals. The terminal is the only place
 * that writes to the console.
 *
 * @module
 */
import type { Clock } from "../base/clock.ts";

/**
 * Where a text comes from: `own` is the program's alone and may steer the terminal; `foreign`, the default,
 * may have words of servers, files and users in it.
 */
export type TextSource = "own" | "foreign";

/** The console. */
export interface Terminal {
  /**
   * Writes to standard output: on a terminal without anything that steers it, else as it is. Bytes are what
   * a file would hold.
   */
  out(text: string | Uint8Array, source?: TextSource): void;
  /** Writes to standard error, without anything that steers a terminal. */
  err(text: string, source?: TextSource): void;
  readonly outIsTerminal: boolean;
  readonly errIsTerminal: boolean;
  /** Whether standard output may carry colours (a terminal, no NO_COLOR, not TERM=dumb). */
  readonly color: boolean;
  /** Whether standard error may carry colours. */
  readonly errColor: boolean;
  /** Whether a line on standard error can be drawn anew: a terminal, also with TERM=dumb. */
  readonly canRedraw: boolean;
  /** Whether it knows nothing but text and the ends of lines (TERM=dumb). */
  readonly isDumb?: boolean;
  /** Width of the terminal that standard error is, 80 when unknown. */
  columns(): number;
  /** Its height, 0 when unknown. */
  rows?(): number;
}

/** What runs beside a command. */
export interface CommandContext {
  readonly terminal: Terminal;
  readonly clock: Clock;
  /** Aborts on the first Ctrl-C or SIGTERM; the second one ends the program at once. */
  readonly signal: AbortSignal;
  /** `windows`, `linux`, `darwin`. */
  readonly os: typeof Deno.build.os;
  /** Gives up, for good, what the program may do and doesn't need once its shared memory is open. */
  readonly giveUpPermissions?: () => void;
  /** The program's own; reports name it. */
  readonly version?: string;
}
