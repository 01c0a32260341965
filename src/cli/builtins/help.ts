/**
 * `trtis help [COMMAND]`.
 *
 * @module
 */
import { type Command, defineCommand, EXIT } from "../command.ts";
import { findEntry, nearestName, type Program } from "../entry.ts";
import { commandHelp, helpStyle } from "../help.ts";
import { topHelp } from "../top_help.ts";
import { usageError, withSuggestion } from "../usage.ts";

/** The command over a program. */
export function helpCommand(program: Program): Command {
  return defineCommand({
    name: "help",
    summary: "show the help of a command",
    group: "tool",
    examples: [{ text: "Show the options of a command", command: "trtis help completions" }],
    flags: {},
    positionals: [{ name: "COMMAND", help: "which command; none for the list of commands" }],
    async run(_options, [name], { terminal }) {
      const style = helpStyle(terminal);
      if (name === undefined) {
        terminal.out(topHelp(program, style), "own");
        return EXIT.ok;
      }
      const entry = findEntry(program.entries, name);
      if (!entry) {
        const near = nearestName(program.entries, name);
        throw usageError(withSuggestion(`Unknown command "${name}"`, near && `"${near}"`));
      }
      terminal.out(commandHelp((await entry.load()).command, style), "own");
      return EXIT.ok;
    },
  });
}
