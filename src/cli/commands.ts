/**
 * The table of commands.
 *
 * @module
 */
import type { Example } from "../command/command.ts";
import { withBuiltins } from "./builtins/table.ts";
import type { CommandEntry, Program } from "./entry.ts";

/** One row a command; the words are those of the command's own module (held together by a test). */
const ENTRIES: readonly CommandEntry[] = [];

/** What a stranger should try first; shown at the top of the help. */
const EXAMPLES: readonly Example[] = [
  { text: "Show the options of a command", command: "trtis help completions" },
  { text: "Complete commands and flags in bash", command: "source <(trtis completions bash)" },
];

/** The program that main.ts runs. */
export const program: Program = withBuiltins(ENTRIES, EXAMPLES);
