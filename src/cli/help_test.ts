import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { type Command, defineCommand } from "./command.ts";
import type { Terminal } from "./context.ts";
import type { Program } from "./entry.ts";
import { commandHelp, helpStyle } from "./help.ts";
import { topHelp } from "./top_help.ts";

const command: Command = defineCommand({
  name: "image_client",
  summary: "classify pictures with a model of the server",
  group: "classify",
  examples: [{ text: "Three classes of a picture", command: "trtis image_client -c 3 mug.jpg" }],
  positionals: [
    { name: "IMAGE|DIRECTORY", help: "a picture, or a folder of them", required: true, many: true },
  ],
  flags: {
    model: {
      kind: "string",
      long: "model-name",
      short: "m",
      value: "NAME",
      required: true,
      help: "name of the model",
    },
    batch: {
      kind: "integer",
      long: "batch-size",
      short: "b",
      value: "N",
      default: 1,
      min: 1,
      help: "pictures in one request; a single picture is sent so many times over",
    },
    streaming: { kind: "boolean", long: "streaming", help: "send all over one stream" },
    header: { kind: "list", long: "header", short: "H", value: "NAME:VALUE", help: "header" },
    scaling: {
      kind: "choice",
      long: "scaling",
      short: "s",
      choices: ["NONE", "INCEPTION", "VGG"],
      default: "NONE",
      help: "what is done to the values",
    },
    shape: {
      kind: "choice",
      long: "shape",
      choices: ["alphabetical", "chronological", "random"],
      help: "order",
    },
    measurement: {
      kind: "number",
      long: "measurement-interval-of-time",
      aliases: ["interval"],
      value: "MILLISECONDS",
      defaultHelp: "what is left",
      help: "how long",
    },
    hidden: { kind: "boolean", long: "hidden", hidden: true, help: "not shown" },
  },
  notes: ["A note."],
  run: () => Promise.resolve(0),
});

const HELP = `Classify pictures with a model of the server.

Example:
  Three classes of a picture
    trtis image_client -c 3 mug.jpg

Usage: trtis image_client [OPTIONS] IMAGE|DIRECTORY...

Arguments:
  IMAGE|DIRECTORY  a picture, or a folder of them

Options:
  -m, --model-name NAME    name of the model [required]
  -b, --batch-size N       pictures in one request; a single picture is sent so
                           many times over [default: 1]
      --streaming          send all over one stream
  -H, --header NAME:VALUE  header [repeatable]
  -s, --scaling NONE|INCEPTION|VGG
                           what is done to the values [default: NONE]
      --shape SHAPE        order (alphabetical, chronological or random)
      --measurement-interval-of-time MILLISECONDS
                           how long (also --interval) [default: what is left]
  -h, --help               show this help

A note.

Exit codes: 0 ok, 1 run failed, 2 wrong command line, 130 interrupted, 143\nterminated.
`;

Deno.test("help of a command: an example, then usage, then columns", () => {
  assertEquals(commandHelp(command, { width: 80, color: false }), HELP);
});

Deno.test("help stays within its width, coloured or not", () => {
  for (const width of [60, 72, 80, 100]) {
    const help = commandHelp(command, { width, color: false });
    for (const line of help.split("\n")) assert(line.length <= width, line);
    const colored = commandHelp(command, { width, color: true });
    assert(colored.includes("\x1b[1mUsage:\x1b[0m"));
    // deno-lint-ignore no-control-regex
    assertEquals(colored.replaceAll(/\x1b\[\d+m/g, ""), help);
  }
});

Deno.test("only a command that measures can end as not stable", () => {
  const help = commandHelp({ ...command, group: "measure" }, { width: 100, color: false });
  assertStringIncludes(help, "3 measurement not stable");
});

Deno.test("top help lists the commands by group with their aliases", () => {
  const load = () => Promise.resolve({ command });
  const program: Program = {
    entries: [
      {
        name: "perf_client",
        aliases: ["perf_analyzer"],
        summary: "measure",
        group: "measure",
        load,
      },
      { name: "image_client", summary: "classify", group: "classify", load },
    ],
    examples: [{ text: "Begin", command: "trtis serve" }],
  };
  const help = topHelp(program, { width: 80, color: false });
  assertStringIncludes(help, "Examples:\n  Begin\n    trtis serve\n");
  assertStringIncludes(
    help,
    "Classify images:\n  image_client                classify\n\n" +
      "Measure:\n  perf_client, perf_analyzer  measure\n",
  );
  for (const line of help.split("\n")) assert(line.length <= 80, line);
});

Deno.test("help is as wide as the terminal, from 60 to 100, and 80 elsewhere", () => {
  const terminal = (columns: number, outIsTerminal: boolean): Terminal => ({
    out() {},
    err() {},
    outIsTerminal,
    errIsTerminal: !outIsTerminal,
    color: outIsTerminal,
    errColor: false,
    canRedraw: false,
    columns: () => columns,
  });
  const cases = [[40, 60], [60, 60], [80, 80], [96, 96], [200, 100]];
  for (const [columns, width] of cases) {
    assertEquals(helpStyle(terminal(columns!, true)), { width, color: true });
    assertEquals(helpStyle(terminal(columns!, true), "err"), { width: 80, color: false });
    assertEquals(helpStyle(terminal(columns!, false)), { width: 80, color: false });
  }
});
