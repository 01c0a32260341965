/**
 * What a command is: data for the parser and the help, and a function.
 *
 * @module
 */
import type { FlagTable, OptionsOf } from "./flag.ts";
import type { CommandContext } from "./context.ts";

/** A positional argument. */
export interface Positional {
  /** As help shows it, e.g. `IMAGE|DIRECTORY`. */
  readonly name: string;
  readonly help: string;
  readonly required?: boolean;
  /** Takes all that are left. */
  readonly many?: boolean;
  readonly path?: "file" | "directory";
  /** The only words it may be. */
  readonly choices?: readonly string[];
}

/** A command line worth copying. */
export interface Example {
  readonly text: string;
  readonly command: string;
}

/** Where a command stands in the list of commands. */
export type CommandGroup =
  | "classify"
  | "measure"
  | "machines"
  | "examples"
  | "inspect"
  | "server"
  | "tool";

/** A command, as the table of commands holds it. */
export interface Command<T extends FlagTable = FlagTable> {
  readonly name: string;
  /** Other names that run it. */
  readonly aliases?: readonly string[];
  /** One line for the list of commands. */
  readonly summary: string;
  readonly examples: readonly Example[];
  readonly positionals?: readonly Positional[];
  readonly flags: T;
  /** The first positional and all that follows it, flags too, are another command's. */
  readonly passesOn?: boolean;
  /** Paragraphs after the flags. */
  readonly notes?: readonly string[];
  /** Which group of the command list it stands in. */
  readonly group?: CommandGroup;
  /**
   * Runs it.
   *
   * @param options by flag key, checked and with defaults
   * @param positionals in their order
   * @returns the exit code, one of {@linkcode EXIT}
   */
  run(
    options: OptionsOf<T>,
    positionals: readonly string[],
    context: CommandContext,
  ): Promise<number>;
}

/** Keeps the table's types while checking it. */
export function defineCommand<const T extends FlagTable>(command: Command<T>): Command<T> {
  return command;
}

/** Exit codes; 130, 141 and 143 are what a shell reports for SIGINT, SIGPIPE and SIGTERM. */
export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  unstable: 3,
  threshold: 4,
  interrupted: 130,
  outputClosed: 141,
  terminated: 143,
} as const;
