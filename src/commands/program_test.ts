import { assert, assertEquals } from "@std/assert";
import type { Command, Example } from "../cli/command.ts";
import { program } from "./program.ts";
import { findEntry, GROUPS, namesOf } from "../cli/entry.ts";
import { parse } from "../cli/parse.ts";

async function commands(): Promise<Command[]> {
  return await Promise.all(program.entries.map(async (entry) => (await entry.load()).command));
}

Deno.test("the table says of every command what the command says of itself", async () => {
  for (const entry of program.entries) {
    const { command } = await entry.load();
    const { name, aliases, summary, group } = entry;
    assertEquals(
      { name, aliases, summary, group },
      {
        name: command.name,
        aliases: command.aliases,
        summary: command.summary,
        group: command.group!,
      },
    );
  }
});

Deno.test("names are used once and fit their lookup", () => {
  const names = program.entries.flatMap(namesOf);
  assertEquals(new Set(names).size, names.length);
  for (const name of names) assert(/^[a-z][a-z0-9_]*$/.test(name), name);
  const groups = new Set(GROUPS.map(([group]) => group));
  for (const { name, group } of program.entries) assert(groups.has(group), name);
});

Deno.test("summaries and help texts are one line, lower-case at the start, no full stop", async () => {
  for (const { name, summary, flags, positionals = [] } of await commands()) {
    const texts = [summary, ...Object.values(flags).map(({ help }) => help)];
    for (const text of [...texts, ...positionals.map(({ help }) => help)]) {
      assert(!text.includes("\n") && !text.endsWith("."), `${name}: ${text}`);
      assert(!/^[A-Z][a-z]/.test(text), `${name}: ${text}`);
    }
  }
});

Deno.test("the names of a command's flags are used once", async () => {
  for (const { name, flags } of await commands()) {
    const all = Object.values(flags);
    const long = all.flatMap((flag) => [flag.long, ...flag.aliases ?? []]);
    const short = all.flatMap((flag) => flag.short === undefined ? [] : [flag.short]);
    assertEquals(new Set(["help", ...long]).size, long.length + 1, `${name}: ${long}`);
    assertEquals(new Set(["h", ...short]).size, short.length + 1, `${name}: ${short}`);
    for (const word of long) assert(/^[a-z][a-z0-9-]+$/.test(word), `${name}: --${word}`);
    for (const letter of short) assert(/^[A-Za-z]$/.test(letter), `${name}: -${letter}`);
  }
});

Deno.test("defaults are values that their flags take", async () => {
  for (const { name, flags } of await commands()) {
    for (const flag of Object.values(flags)) {
      if (!("default" in flag) || flag.default === undefined) continue;
      const alone = { name, flags: { flag } };
      const parsed = parse([`--${flag.long}=${flag.default}`], alone);
      assert(parsed.kind === "run");
      assertEquals(parsed.options.flag, flag.default, `${name} --${flag.long}`);
    }
  }
});

Deno.test("every example is a command line that its command takes", async () => {
  for (const command of await commands()) {
    for (const example of command.examples) await checkExample(example);
  }
  for (const example of program.examples) await checkExample(example);
});

/** Checks the first `trtis ...` of a shell line. */
async function checkExample({ command: text }: Example) {
  const [, line] = /\btrtis ([^|>&;)]+)/.exec(text) ?? [];
  assert(line !== undefined, `no trtis in: ${text}`);
  const [name, ...argv] = (line.match(/"[^"]*"|'[^']*'|\S+/g) ?? [])
    .map((word) => word.replace(/^(["'])(.*)\1$/, "$2"));
  const entry = findEntry(program.entries, name!);
  assert(entry, `unknown command in: ${text}`);
  assertEquals(parse(argv, (await entry.load()).command).kind, "run", text);
}
