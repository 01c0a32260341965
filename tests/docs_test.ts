/**
 * What docs/ shows of the terminal is what the program prints: every `console` block is run against
 * the embedded server. Times, counters and ports vary and are left out; a line `...` stands for any
 * number of lines. The `ts` blocks are run by `deno test --doc`.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { assert, assertEquals } from "@std/assert";
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
    for (const part of block.split(/^\$ /m).slice(1)) {
      const [, command, output] = /^((?:[^\n]*\\\n)*[^\n]*\n)(.*)$/s.exec(part)!;
      shown.push({ command: command.replaceAll("\\\n", " ").trim(), output: output.trimEnd() });
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
  const [program, name, ...args] = words(command);
  assertEquals(program, "trtis", command);
  const isGrpc = GRPC_COMMANDS.includes(name) || args[args.indexOf("-i") + 1] === "grpc";
  const address = isGrpc ? server.grpcAddress! : server.httpAddress!;
  const at = args.findIndex((arg) => arg === "localhost:8000" || arg === "localhost:8001");
  if (at >= 0) args[at] = address;
  else if (name !== "help") args.push("-u", address);
  // The pages show an r19.07 server unless they say otherwise; the embedded one is both.
  if (name !== "help" && !args.includes("--api")) args.push("--api", "v1");
  return [
    name,
    ...args.map((arg) =>
      arg.replace(/(^|@)out\b/, `$1${folder}/out`).replace("examples/images", examples)
    ),
  ];
}

function normal(text: string, server: RunningServer, folder: string): string {
  return comparable(text)
    .replaceAll(`${folder}/`, "")
    .replaceAll(examples, "examples/images")
    .replaceAll(server.httpAddress!, "localhost:8000")
    .replaceAll(server.grpcAddress!, "localhost:8001")
    .replace(/\b[\d.]+ (ms|us)\b/g, "T $1")
    .replace(/"time_ms":[\d.]+/g, '"time_ms":T')
    .replace(/\[inference:0 \d+\]/g, "[inference:0 N]")
    .trimEnd();
}

/** Whether `actual` is what `shown` says, `...` standing for any lines. */
function fits(actual: string, shown: string): boolean {
  const pattern = shown.split(/^\.\.\.$/m)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join(".*");
  return new RegExp(`^${pattern}$`, "s").test(actual);
}

const pages = [...Deno.readDirSync(docs)].map(({ name }) => name).filter((name) =>
  name.endsWith(".md")
);

for (const name of pages) {
  Deno.test(`docs/${name} shows what the program prints`, async () => {
    await using server = await startServer({ httpPort: 0, grpcPort: 0 });
    const folder = await Deno.makeTempDir();
    try {
      for (const { command, output } of shownCommands(Deno.readTextFileSync(new URL(name, docs)))) {
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

Deno.test("links between the pages lead somewhere", () => {
  for (const name of pages) {
    const page = Deno.readTextFileSync(new URL(name, docs));
    for (const [, target] of page.matchAll(/\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g)) {
      assert(exists(new URL(target, docs)), `docs/${name}: ${target}`);
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
