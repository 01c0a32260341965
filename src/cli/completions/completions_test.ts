import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { type Command, defineCommand } from "../command.ts";
import { serverFlags } from "../../commands/shared/server_flags.ts";
import { bashCompletion } from "./bash.ts";
import { fishCompletion } from "./fish.ts";
import { completionOf } from "./model.ts";
import { powershellCompletion } from "./powershell.ts";
import { zshCompletion } from "./zsh.ts";

const run = () => Promise.resolve(0);
const image: Command = defineCommand({
  name: "image_client",
  summary: "classify pictures; it's quick: [really]",
  examples: [],
  flags: {
    ...serverFlags,
    output: {
      kind: "string",
      long: "output",
      short: "o",
      value: "DIRECTORY",
      path: "directory",
      help: "where to put the user's results",
    },
    hidden: { kind: "boolean", long: "hidden", hidden: true, help: "not shown" },
  },
  positionals: [{ name: "IMAGE|DIRECTORY", help: "pictures", many: true, path: "file" }],
  run,
});
const completions: Command = defineCommand({
  name: "completions",
  aliases: ["complete"],
  summary: "print a script",
  examples: [],
  flags: {},
  positionals: [{ name: "SHELL", help: "which", choices: ["bash", "zsh"] }],
  run,
});
const models = [completionOf(image), completionOf(completions)];

async function shell(name: string, args: string[], script: string): Promise<string> {
  const file = await Deno.makeTempFile();
  try {
    await Deno.writeTextFile(file, script);
    const { code, stdout, stderr } = await new Deno.Command(name, { args: [...args, file] })
      .output();
    assertEquals([code, new TextDecoder().decode(stderr)], [0, ""]);
    return new TextDecoder().decode(stdout);
  } finally {
    await Deno.remove(file);
  }
}

/** Whether a shell is installed; its cases are skipped when it is not. */
function lacks(name: string): boolean {
  try {
    return !new Deno.Command(name, { args: ["-c", "true"] }).outputSync().success;
  } catch {
    return true;
  }
}

Deno.test("completion model: visible flags, help, choices and paths", () => {
  const [model] = models;
  assertEquals(model!.flags.some(({ long }) => long === "hidden"), false);
  assertEquals(model!.flags.at(-1)?.long, "help");
  assertEquals(model!.flags.find(({ long }) => long === "protocol")?.choices, ["http", "grpc"]);
  assertEquals(model!.flags.find(({ long }) => long === "ca")?.path, "file");
  assertEquals(model!.flags.find(({ long }) => long === "header")?.repeatable, true);
  assertEquals(models[1]!.names, ["completions", "complete"]);
});

Deno.test({
  name: "bash: the script parses and completes",
  ignore: lacks("bash"),
  async fn() {
    const script = bashCompletion(models);
    await shell("bash", ["-n"], script);
    const cases: [string[], string[]][] = [
      [["im"], ["image_client"]],
      [["comp"], ["completions", "complete"]],
      [["--v"], ["--version"]],
      [["image_client", "--prot"], ["--protocol"]],
      [["image_client", "-i", ""], ["http", "grpc"]],
      [["image_client", "--protocol", "g"], ["grpc"]],
      [["image_client", "--protocol", "="], ["http", "grpc"]],
      [["image_client", "--protocol", "=", "h"], ["http"]],
      [["image_client", "-o", "src/cl"], ["src/cli", "src/client"]],
      [["image_client", "--hid"], []],
      [["image_client", "x.jpg"], []],
      [["complete", "z"], ["zsh"]],
      [["nothing", "-"], []],
    ];
    const tests = cases.map(([words]) =>
      `COMP_WORDS=(trtis ${words.map((word) => `'${word}'`).join(" ")})
COMP_CWORD=${words.length}; _trtis 2>/dev/null; echo "\${COMPREPLY[@]}"`
    );
    const output = await shell("bash", ["--norc"], `${script}${tests.join("\n")}\n`);
    const lines = output.split("\n");
    cases.forEach(([words, expected], i) =>
      assertEquals(lines[i]!.split(" ").filter(Boolean).sort(), expected.sort(), words.join(" "))
    );
  },
});

Deno.test({
  name: "zsh: the script parses",
  ignore: lacks("zsh"),
  async fn() {
    await shell("zsh", ["-n"], zshCompletion(models));
    // Flags as _arguments takes them, quotes and brackets guarded.
    const script = zshCompletion(models);
    assertStringIncludes(script, "'(-i --protocol)'{-i+,--protocol=}'[");
    assertStringIncludes(script, "]:http|grpc:(http grpc)'");
    assertStringIncludes(script, "'*'{-H+,--header=}'[");
    assertStringIncludes(
      script,
      "'--ca=[PEM or DER file with the only certificates to trust\\: authorities, or the server'\\''s own; system is this machine'\\''s store]:FILE:_files'",
    );
    assertStringIncludes(script, "'image_client:classify pictures; it'\\''s quick: [really]'");
  },
});

Deno.test({
  name: "fish: the script parses and completes",
  ignore: lacks("fish"),
  async fn() {
    const script = fishCompletion(models);
    await shell("fish", ["-n"], script);
    const cases: [string, string[]][] = [
      ["trtis im", ["image_client"]],
      ["trtis image_client --prot", ["--protocol"]],
      ["trtis image_client -i ", ["grpc", "http"]],
      ["trtis image_client --protocol=h", ["--protocol=http"]],
      ["trtis complete z", ["zsh"]],
      ["trtis image_client --hidd", []],
    ];
    const tests = cases.map(([line]) => `complete -C '${line}'; echo ==`).join("\n");
    const output = await shell("fish", ["--no-config"], `${script}${tests}\n`);
    const answers = output.split("==\n");
    cases.forEach(([line, expected], i) => {
      const words = answers[i]!.split("\n").filter(Boolean).map((row) => row.split("\t")[0]);
      assertEquals(words.sort(), expected, line);
    });
  },
});

Deno.test("powershell: tables hold every flag, and quotes are doubled", () => {
  const script = powershellCompletion(models);
  assertStringIncludes(script, "'image_client' = 'classify pictures; it''s quick: [really]'");
  assertStringIncludes(
    script,
    "'--ca' = 'PEM or DER file with the only certificates to trust: authorities, or the server''s own; system is this machine''s store'",
  );
  assertStringIncludes(script, "$t['-i'] = @('http', 'grpc')");
  assertStringIncludes(script, "$t[''] = @('bash', 'zsh')");
  for (const pair of ["{}", "()", "[]"]) {
    // Outside of quotes every bracket is closed.
    const code = script.replaceAll(/'(?:[^']|'')*'/g, "");
    assertEquals(code.split(pair[0]!).length, code.split(pair[1]!).length, pair);
  }
  assert(!script.includes("hidden"));
});
