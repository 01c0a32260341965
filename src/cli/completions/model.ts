/**
 * What a shell has to know of the commands to complete a line.
 *
 * @module
 */
import type { Command } from "../command.ts";
import type { Flag } from "../flag.ts";
import { valueName } from "../flag_text.ts";

/** What can follow a flag or stand as an argument. */
export interface Completable {
  /** The only words it may be. */
  readonly choices?: readonly string[];
  readonly path?: "file" | "directory";
}

/** A flag. */
export interface FlagCompletion extends Completable {
  readonly long: string;
  readonly short?: string;
  readonly help: string;
  /** Name of its value; empty = takes none. */
  readonly value: string;
  readonly repeatable: boolean;
}

/** A command. */
export interface CommandCompletion {
  readonly name: string;
  /** The name and its aliases. */
  readonly names: readonly string[];
  readonly summary: string;
  readonly flags: readonly FlagCompletion[];
  readonly positionals:
    readonly (Completable & { readonly name: string; readonly many: boolean })[];
}

const HELP: FlagCompletion = {
  long: "help",
  short: "h",
  help: "show this help",
  value: "",
  repeatable: false,
};

/** Reads a command's table. */
export function completionOf(command: Command): CommandCompletion {
  const { name, aliases = [], summary, flags, positionals = [] } = command;
  return {
    name,
    names: [name, ...aliases],
    summary,
    flags: [...Object.values(flags).filter((flag) => !flag.hidden).map(flagCompletion), HELP],
    positionals: positionals.map(({ name, choices, path, many = false }) => (
      { name, choices, path, many }
    )),
  };
}

function flagCompletion(flag: Flag): FlagCompletion {
  return {
    long: flag.long,
    short: flag.short,
    help: flag.help,
    value: valueName(flag),
    repeatable: flag.kind === "list",
    choices: flag.kind === "choice" ? flag.choices : undefined,
    path: flag.kind === "string" ? flag.path : undefined,
  };
}

/** `-b` and `--batch-size`. */
export function dashed({ short, long }: FlagCompletion): readonly string[] {
  return short === undefined ? [`--${long}`] : [`-${short}`, `--${long}`];
}
