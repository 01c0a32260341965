/**
 * The table of commands: what can be said of a command without loading it.
 *
 * @module
 */
import type { Command, CommandGroup, Example } from "./command.ts";
import { nearest } from "./nearest.ts";

/** A row of the table. Its words are the command's own; a test holds them together. */
export interface CommandEntry {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly summary: string;
  readonly group: CommandGroup;
  /** Whether the executable may be called by this name (a link), as r19.07's own programs are. */
  readonly program?: boolean;
  /** Loads the module. The specifier is a literal, so that `deno compile` finds it. */
  load(): Promise<{ readonly command: Command }>;
}

/** The program as a whole. */
export interface Program {
  readonly entries: readonly CommandEntry[];
  /** For the top of the help. */
  readonly examples: readonly Example[];
}

/** The groups in the order in which help lists them, with their headings. */
export const GROUPS: readonly (readonly [CommandGroup, string])[] = [
  ["classify", "Classify images"],
  ["measure", "Measure"],
  ["machines", "Many machines"],
  ["inspect", "Look at a server and its models"],
  ["server", "Run a server"],
  ["examples", "Examples of the client library"],
  ["tool", "About this program"],
];

/** All names of an entry. */
export function namesOf(entry: CommandEntry): readonly string[] {
  return [entry.name, ...entry.aliases ?? []];
}

/** The entry of a name or alias; `-` and `_` are the same. */
export function findEntry(
  entries: readonly CommandEntry[],
  name: string,
): CommandEntry | undefined {
  const wanted = name.replaceAll("-", "_");
  return entries.find((entry) => namesOf(entry).includes(wanted));
}

/** The name or alias nearest to a word. */
export function nearestName(
  entries: readonly CommandEntry[],
  word: string,
): string | undefined {
  return nearest(word.replaceAll("-", "_"), entries.flatMap(namesOf));
}
