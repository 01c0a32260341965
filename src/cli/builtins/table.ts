/**
 * Adds the commands that are about the program itself. They need the whole table, which is why they
 * are made from it instead of importing it.
 *
 * @module
 */
import type { Example } from "../command.ts";
import type { CommandEntry, Program } from "../entry.ts";

/** The program of these commands and the built-in ones. */
export function withBuiltins(
  entries: readonly CommandEntry[],
  examples: readonly Example[],
): Program {
  const program: Program = { entries: [...entries, ...builtins()], examples };
  return program;

  function builtins(): CommandEntry[] {
    return [
      {
        name: "help",
        summary: "show the help of a command",
        group: "tool",
        load: async () => ({ command: (await import("./help.ts")).helpCommand(program) }),
      },
      {
        name: "version",
        summary: "show the version of this program",
        group: "tool",
        load: () => import("./version.ts"),
      },
      {
        name: "completions",
        summary: "print the completion script of a shell",
        group: "tool",
        load: async () => {
          const { completionsCommand } = await import("./completions.ts");
          return { command: completionsCommand(program) };
        },
      },
      {
        name: "man",
        summary: "print the manual page",
        group: "tool",
        load: async () => ({ command: (await import("./man.ts")).manCommand(program) }),
      },
    ];
  }
}
