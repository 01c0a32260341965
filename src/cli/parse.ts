/**
 * From argv and a flag table to typed options.
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import type { Command, Positional } from "./command.ts";
import type { Flag, FlagTable, OptionsOf } from "./flag.ts";
import { alternatives, flagName, positionalText } from "./flag_text.ts";
import { scan } from "./scan.ts";
import { usageError } from "./usage.ts";
import { readValue } from "./values.ts";

/** The part of a command that the parser needs. */
export type Grammar<T extends FlagTable> = Pick<
  Command<T>,
  "name" | "flags" | "positionals" | "passesOn"
>;

/** What a command line asks for. */
export type Parsed<T extends FlagTable> =
  | { readonly kind: "help" }
  | {
    readonly kind: "run";
    readonly options: OptionsOf<T>;
    readonly positionals: readonly string[];
  };

/**
 * Reads a command's arguments. Flags and positionals may stand in any order; of a flag given twice
 * the last one counts, unless it is a list.
 *
 * @param argv what follows the command's name
 * @throws {InferenceError} `USAGE`, unless help is asked for
 */
export function parse<T extends FlagTable>(
  argv: readonly string[],
  grammar: Grammar<T>,
): Parsed<T> {
  const { flags, positionals, help, problem } = scan(
    argv,
    grammar.flags,
    grammar.passesOn,
  );
  if (help) return { kind: "help" };
  if (problem) throw problem;
  const options = readOptions(flags, grammar.flags);
  checkRequired(options, grammar.flags);
  checkPositionals(positionals, grammar);
  return { kind: "run", options: options as OptionsOf<T>, positionals };
}

function readOptions(flags: readonly string[], table: FlagTable): Record<string, unknown> {
  const entries = Object.entries(table);
  const valued = entries.filter(([, flag]) => flag.kind !== "boolean").map(([key]) => key);
  const boolean = entries.filter(([, flag]) => flag.kind === "boolean").map(([key]) => key);
  const given = parseArgs(flags, { boolean, string: valued, collect: valued });
  const options: Record<string, unknown> = {};
  for (const [key, flag] of entries) {
    options[key] = flag.kind === "boolean"
      ? given[key] === true
      : readTexts(flag, given[key] as readonly string[]);
  }
  return options;
}

function readTexts(flag: Exclude<Flag, { kind: "boolean" }>, texts: readonly string[]): unknown {
  if (flag.kind === "list") return texts;
  // Every value is checked, also those that a later one replaces.
  const values = texts.map((text) => readValue(flag, text));
  if (flag.kind === "string" && flag.once && new Set(values).size > 1) {
    throw usageError(
      `${flagName(flag)} was given ${texts.length} times: it takes one ${flag.value}`,
    );
  }
  return values.length > 0 ? values[values.length - 1] : flag.default;
}

function checkRequired(options: Readonly<Record<string, unknown>>, table: FlagTable): void {
  for (const [key, flag] of Object.entries(table)) {
    if (flag.kind === "string" && flag.required && !options[key] && !options[flag.unless ?? ""]) {
      throw usageError(`Missing flag ${flagName(flag)} ${flag.value}: ${flag.help}`);
    }
  }
}

function checkPositionals(given: readonly string[], grammar: Grammar<FlagTable>): void {
  const { name, positionals = [] } = grammar;
  const missing = positionals.find((positional, i) => positional.required && i >= given.length);
  if (missing) throw usageError(`Missing argument ${missing.name}: ${positionalText(missing)}`);
  if (!positionals.some((positional) => positional.many) && given.length > positionals.length) {
    throw usageError(
      `Unexpected argument "${given[positionals.length]}": ${name} takes ${count(positionals)}`,
    );
  }
  given.forEach((text, i) => {
    const { name, choices } = positionals[Math.min(i, positionals.length - 1)]!;
    if (choices && !choices.includes(text)) {
      throw usageError(`Cannot use "${text}" for ${name}: expected ${alternatives(choices)}`);
    }
  });
}

function count(positionals: readonly Positional[]): string {
  if (positionals.length === 0) return "no arguments";
  const names = positionals.map((positional) => positional.name).join(" ");
  return positionals.length === 1 ? `one argument (${names})` : `${positionals.length} (${names})`;
}
