/**
 * `trtis man`.
 *
 * @module
 */
import { type Command, defineCommand, EXIT } from "../command.ts";
import { VERSION } from "../build_info.ts";
import type { Program } from "../entry.ts";
import { manPage } from "../man.ts";

/** The command over a program. */
export function manCommand(program: Program): Command {
  return defineCommand({
    name: "man",
    summary: "print the manual page",
    group: "tool",
    examples: [
      { text: "Read it", command: "trtis man | man -l -" },
      { text: "Install it", command: "trtis man > /usr/local/share/man/man1/trtis.1" },
    ],
    flags: {},
    async run(_options, _positionals, { terminal }) {
      const modules = await Promise.all(program.entries.map((entry) => entry.load()));
      terminal.out(manPage(program, modules.map(({ command }) => command), VERSION));
      return EXIT.ok;
    },
  });
}
