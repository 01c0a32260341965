/**
 * What docs/ shows of the terminal is what the program prints: every `console` block is run against
 * the embedded server. Times, counters and ports vary and are left out; a line `...` stands for any
 * number of lines. The `ts` blocks are run by `deno test --doc`.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { assert, assertEquals } from "@std/assert";
import { program } from "../src/commands/program.ts";
import { type RunningServer, startServer } from "../src/server/server.ts";
import { comparable } from "./recorded_output.ts";
import { runCommand } from "./run_command.ts";

const root = new URL("../", import.meta.url);
const docs = new URL("docs/", root);
const examples = fileURLToPath(new URL("examples/images", root));

interface Shown {
  readonly command: string;
  readonly output: string;
}

/** The commands of a page's `console` blocks and what stands below each. */
function shownCommands(page: string): Shown[] {
  const shown: Shown[] = [];
  for (const [, block] of page.matchAll(/^```console\n(.*?)^```$/gms)) {
    for (const part of block!.split(/^\$ /m).slice(1)) {
      const [, command, output] = /^((?:[^\n]*\\\n)*[^\n]*\n)(.*)$/s.exec(part)!;
      shown.push({ command: command!.replaceAll("\\\n", " ").trim(), output: output!.trimEnd() });
    }
  }
  return shown;
}

/** Words as a shell makes them: blanks, single and double quotes. */
function words(command: string): string[] {
  const found = command.matchAll(/(?:'([^']*)'|"([^"]*)"|[^\s'"])+/g);
  return [...found].map(([word]) => word.replace(/'([^']*)'|"([^"]*)"/g, "$1$2"));
}

/** Whether the command talks gRPC when it is not told where. */
const GRPC_COMMANDS = ["grpc_image_client", "simple_sequence_client"];

function argvFor(command: string, server: RunningServer, folder: string): string[] {
  const [program, name = "", ...args] = words(command);
  assertEquals(program, "trtis", command);
  const isGrpc = GRPC_COMMANDS.includes(name) || args[args.indexOf("-i") + 1] === "grpc";
  const address = isGrpc ? server.grpcAddress! : server.httpAddress!;
  if (name !== "help" && !args.includes("-u")) args.push("-u", address);
  return [
    name,
    ...args.map((arg) =>
      arg.replace(/(^|@)out\b/, `$1${folder}/out`)
        .replace("examples/images", examples)
        .replace(/^localhost:8000$/, server.httpAddress!)
        .replace(/^localhost:8001$/, server.grpcAddress!)
    ),
  ];
}

function normal(text: string, server: RunningServer, folder: string): string {
  return comparable(slashes(text))
    .replaceAll(`${slashes(folder)}/`, "")
    .replaceAll(slashes(examples), "examples/images")
    .replaceAll(server.httpAddress!, "localhost:8000")
    .replaceAll(server.grpcAddress!, "localhost:8001")
    .replace(/\b[\d.]+ (ms|us)\b/g, "T $1")
    .replace(/"time_ms":[\d.]+/g, '"time_ms":T')
    .replace(/\[inference:0 \d+\]/g, "[inference:0 N]")
    .trimEnd();
}

/** Paths as the pages write them, whatever the system; in JSON a backslash is two. */
function slashes(text: string): string {
  return Deno.build.os === "windows" ? text.replace(/\\+/g, "/") : text;
}

/** Whether `actual` is what `shown` says, `...` standing for any lines. */
function fits(actual: string, shown: string): boolean {
  const pattern = shown.split(/^\.\.\.$/m)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join(".*");
  return new RegExp(`^${pattern}$`, "s").test(actual);
}

const pages = [
  "README.md",
  ...[...Deno.readDirSync(docs)].map(({ name }) => `docs/${name}`),
].filter((name) => name.endsWith(".md"));

for (const name of pages) {
  Deno.test(`${name} shows what the program prints`, async () => {
    await using server = await startServer({ httpPort: 0, grpcPort: 0 });
    const folder = await Deno.makeTempDir();
    try {
      for (const { command, output } of shownCommands(Deno.readTextFileSync(new URL(name, root)))) {
        const result = await runCommand(argvFor(command, server, folder));
        const actual = normal(result.stdout + result.stderr, server, folder);
        const expected = normal(output, server, folder);
        if (!fits(actual, expected)) assertEquals(actual, expected, command);
      }
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}

Deno.test("README and docs/README name every command", () => {
  const readme = Deno.readTextFileSync(new URL("README.md", root));
  const index = Deno.readTextFileSync(new URL("README.md", docs));
  for (const { name, group } of program.entries) {
    assert(readme.includes(`\`${name}\``), `README.md lacks ${name}`);
    const isIndexed = group === "tool" || name.startsWith("simple_") || index.includes(name);
    assert(isIndexed, `docs/README.md lacks ${name}`);
  }
});

/** Everything that is written to be read, wherever it lies. */
const WRITTEN = [
  ...pages,
  ...["CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "bench/README.md", "examples/README.md"],
];

/** A heading as the anchor that GitHub makes of it. */
function anchor(heading: string): string {
  return heading.toLowerCase().replace(/[^\w\- ]/g, "").replaceAll(" ", "-");
}

function anchors(page: string): string[] {
  return [...page.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => anchor(heading!));
}

Deno.test("links between the pages lead somewhere", () => {
  for (const name of WRITTEN) {
    const page = new URL(name, root);
    const text = Deno.readTextFileSync(page);
    for (const [, path, fragment] of text.matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g)) {
      const target = new URL(path!, page);
      assert(exists(target), `${name}: ${path}`);
      if (fragment === undefined) continue;
      const there = anchors(Deno.readTextFileSync(target)).includes(fragment);
      assert(there, `${name}: ${path} has no heading #${fragment}`);
    }
  }
});

function exists(url: URL): boolean {
  try {
    return Deno.statSync(url) !== undefined;
  } catch {
    return false;
  }
}
