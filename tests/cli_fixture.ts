/**
 * The program with commands that only tests need: main.ts over another table.
 *
 * @module
 */
import { withBuiltins } from "../src/cli/builtins/table.ts";
import type { CommandEntry } from "../src/cli/entry.ts";
import { start } from "../src/cli/start.ts";
import { defineCommand } from "../src/cli/command.ts";
import type { CommandContext } from "../src/cli/context.ts";

const LINE = `${"x".repeat(999)}\n`;

const RUNS: Readonly<Record<string, (context: CommandContext) => Promise<number>>> = {
  /** Writes until it is told to stop. */
  async flood({ terminal, signal, clock }) {
    while (!signal.aborted) {
      terminal.out(LINE);
      await clock.sleep(0);
    }
    return 130;
  },
  /** Writes far more than a pipe holds, and does not care who reads. */
  megabyte({ terminal }) {
    for (let i = 0; i < 1000; i++) terminal.out(LINE);
    return Promise.resolve(0);
  },
  /** Waits for the end that a signal brings. */
  async wait({ terminal, signal, clock }) {
    terminal.out("waiting\n");
    while (!signal.aborted) await clock.sleep(60_000, signal);
    terminal.out("stopped\n");
    return 130;
  },
  /** Pays no heed to signals. */
  async stubborn({ terminal, signal, clock }) {
    terminal.out("waiting\n");
    signal.addEventListener("abort", () => terminal.out("again\n"));
    await clock.sleep(60_000);
    return 0;
  },
  crash: () => Promise.reject(new TypeError("oops")),
};

const entries = Object.entries(RUNS).map(([name, run]): CommandEntry => {
  const words = { name, summary: name, group: "tool" } as const;
  const command = defineCommand({
    ...words,
    examples: [],
    flags: {},
    run: (_options, _positionals, context) => run(context),
  });
  return { ...words, load: () => Promise.resolve({ command }) };
});

if (import.meta.main) Deno.exit(await start(withBuiltins(entries, []), Deno.exit));
