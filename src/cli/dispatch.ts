/**
 * From argv to a command and its exit code.
 *
 * @module
 */
import { InferenceError } from "../base/errors.ts";
import { type Command, EXIT } from "./command.ts";
import type { CommandContext } from "./context.ts";
import { adviceOf, describeFailure } from "./remedies.ts";
import { findEntry, nearestName, type Program } from "./entry.ts";
import { commandHelp, helpStyle } from "./help.ts";
import { parse } from "./parse.ts";
import { endingCode } from "./signals.ts";
import { topHelp } from "./top_help.ts";
import { usageError, withSuggestion } from "./usage.ts";
import { versionText } from "./version.ts";

/** Switches that are not on the command line. */
export interface DispatchSettings {
  /** Print the stack of an error. */
  readonly debug?: boolean;
}

/**
 * Runs the command that argv names. Never throws: errors become one line on standard error.
 *
 * @returns the exit code
 */
export async function dispatch(
  argv: readonly string[],
  context: CommandContext,
  program: Program,
  settings: DispatchSettings = {},
): Promise<number> {
  const { terminal, signal } = context;
  const [word, ...rest] = argv;
  const entry = findEntry(program.entries, word ?? "");
  let code: number;
  try {
    if (word === undefined) {
      terminal.err(topHelp(program, helpStyle(terminal, "err")), "own");
      code = EXIT.usage;
    } else if (entry) {
      code = await runCommand((await entry.load()).command, rest, context);
    } else {
      code = topLevel(word, context, program);
    }
  } catch (error) {
    // The help about help would lead nowhere.
    code = report(error, context, entry?.name === "help" ? undefined : entry?.name, settings);
  }
  return code === EXIT.interrupted && signal.aborted ? endingCode(signal.reason) : code;
}

async function runCommand(
  command: Command,
  argv: readonly string[],
  context: CommandContext,
): Promise<number> {
  const parsed = parse(argv, command);
  if (parsed.kind === "run") {
    for (const [key, flag] of Object.entries(command.flags)) {
      if (flag.kind !== "boolean" || flag.warning === undefined) continue;
      if (parsed.options[key] === true) context.terminal.err(`warning: ${flag.warning}\n`);
    }
    return await command.run(parsed.options, parsed.positionals, context);
  }
  context.terminal.out(commandHelp(command, helpStyle(context.terminal)), "own");
  return EXIT.ok;
}

function topLevel(word: string, { terminal }: CommandContext, program: Program): number {
  if (word === "--help" || word === "-h") {
    terminal.out(topHelp(program, helpStyle(terminal)), "own");
  } else if (word === "--version" || word === "-V") {
    terminal.out(versionText());
  } else if (word.startsWith("-")) {
    throw usageError(`Unknown flag ${word}`, "the flags of a command come after its name");
  } else {
    const near = nearestName(program.entries, word);
    throw usageError(withSuggestion(`Unknown command "${word}"`, near && `"${near}"`));
  }
  return EXIT.ok;
}

function report(
  error: unknown,
  { terminal, signal }: CommandContext,
  command: string | undefined,
  { debug }: DispatchSettings,
): number {
  if (debug) terminal.err(`${Deno.inspect(error)}\n`);
  // What breaks while everything is being torn down is no news.
  if (signal.aborted) return EXIT.interrupted;
  terminal.err(`error: ${oneLine(error)}\n`);
  if (error instanceof InferenceError) {
    if (error.code !== "USAGE") return EXIT.failed;
    terminal.err(`See \`trtis${command === undefined ? "" : ` ${command}`} --help\`.\n`);
    return EXIT.usage;
  }
  if (!debug) terminal.err("Set TRTIS_DEBUG=1 to see where it came from.\n");
  return EXIT.failed;
}

/** A server's own refusal says who refused and with which code; anything else says all in its message. */
function oneLine(error: unknown): string {
  if (error instanceof InferenceError && error.serverId === undefined) {
    const advice = adviceOf(error);
    return advice === undefined ? error.message : `${error.message}; ${advice}`;
  }
  return describeFailure(error);
}
