import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { VERSION } from "../src/cli/build_info.ts";
import { projectRoot, runProgram, startProgram } from "./program.ts";

const fixture = new URL("tests/cli_fixture.ts", projectRoot);
const windows = Deno.build.os === "windows";

Deno.test("program: --help and --version go to standard output", async () => {
  const help = await runProgram(["--help"]);
  assertEquals([help.code, help.stderr], [0, ""]);
  assertStringIncludes(help.stdout, "Usage: trtis COMMAND");
  assert(!help.stdout.includes("\x1b"), "no colours in a pipe");
  for (const line of help.stdout.split("\n")) assert(line.length <= 80, line);

  const version = await runProgram(["--version"]);
  assertEquals([version.code, version.stderr], [0, ""]);
  assertStringIncludes(version.stdout, `trtis ${VERSION}`);
  assertStringIncludes(version.stdout, `Deno ${Deno.version.deno}`);
});

Deno.test("program: help comes without any permission", async () => {
  const { code, stdout, stderr } = await runProgram(["--help"], { permissions: ["--no-prompt"] });
  assertEquals([code, stderr], [0, ""]);
  assertStringIncludes(stdout, "Usage: trtis COMMAND");
});

Deno.test("program: a wrong command line ends with 2 and two lines", async () => {
  const cases: [string[], string][] = [
    [["hepl"], 'error: Unknown command "hepl": did you mean "help"?\nSee `trtis --help`.\n'],
    [
      ["version", "--hlep"],
      "error: Unknown flag --hlep: did you mean --help?\nSee `trtis version --help`.\n",
    ],
  ];
  for (const [args, stderr] of cases) {
    assertEquals(await runProgram(args), { code: 2, stdout: "", stderr });
  }
  const nothing = await runProgram([]);
  assertEquals([nothing.code, nothing.stdout], [2, ""]);
  assertStringIncludes(nothing.stderr, "Usage: trtis COMMAND");
});

Deno.test("program: an error that is nobody's fault but ours is one line, more with TRTIS_DEBUG", async () => {
  const plain = await runProgram(["crash"], { entry: fixture });
  assertEquals([plain.code, plain.stdout], [1, ""]);
  assertEquals(plain.stderr, "error: oops\nSet TRTIS_DEBUG=1 to see where it came from.\n");
  const debug = await runProgram(["crash"], { entry: fixture, env: { TRTIS_DEBUG: "1" } });
  assertEquals(debug.code, 1);
  assertMatch(debug.stderr, /TypeError: oops\n +at .*cli_fixture\.ts/);
});

Deno.test("program: a megabyte comes through a pipe whole", async () => {
  const { code, stdout, stderr } = await runProgram(["megabyte"], { entry: fixture });
  assertEquals([code, stdout.length, stderr], [0, 1_000_000, ""]);
});

Deno.test("program: when the reader goes, as head does, the end is quiet", async () => {
  for (const [command, code] of [["flood", 141], ["megabyte", 0]] as const) {
    const { process } = startProgram([command], { entry: fixture });
    const reader = process.stdout.getReader();
    assert(!(await reader.read()).done);
    await reader.cancel();
    const [status, stderr] = await Promise.all([
      process.status,
      new Response(process.stderr).text(),
    ]);
    assertEquals([status.code, stderr], [code, ""], command);
  }
});

Deno.test({
  name: "program: a full disk is an error",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const { code, stderr } = await new Deno.Command("sh", {
      args: ["-c", 'exec "$0" run -q -A "$1" --help > /dev/full', Deno.execPath(), "main.ts"],
      cwd: projectRoot,
    }).output();
    assertEquals(code, 1);
    assertStringIncludes(
      new TextDecoder().decode(stderr),
      "error: Cannot write to standard output: No space left on device",
    );
  },
});

Deno.test({
  name: "program: the first signal stops it, the second ends it at once",
  ignore: windows,
  async fn() {
    for (const [signal, code] of [["SIGINT", 130], ["SIGTERM", 143]] as const) {
      const gentle = startProgram(["wait"], { entry: fixture });
      const lines = linesOf(gentle.process);
      assertEquals(await lines.next(), "waiting");
      gentle.process.kill(signal);
      assertEquals(await lines.next(), "stopped");
      await lines.cancel();
      assertEquals((await gentle.process.status).code, code);
      await gentle.process.stderr.cancel();
    }
    const stubborn = startProgram(["stubborn"], { entry: fixture });
    const lines = linesOf(stubborn.process);
    assertEquals(await lines.next(), "waiting");
    stubborn.process.kill("SIGINT");
    assertEquals(await lines.next(), "again");
    stubborn.process.kill("SIGINT");
    assertEquals((await stubborn.process.status).code, 130);
    await lines.cancel();
    await stubborn.process.stderr.cancel();
  },
});

Deno.test({
  name: "program: colours on a terminal, none with NO_COLOR or TERM=dumb",
  ignore: Deno.build.os !== "linux" || !(await hasScript()),
  async fn() {
    const cases: [Record<string, string>, boolean][] = [
      [{ TERM: "xterm", NO_COLOR: "" }, true],
      [{ TERM: "xterm", NO_COLOR: "1" }, false],
      [{ TERM: "dumb", NO_COLOR: "" }, false],
    ];
    for (const [env, colored] of cases) {
      const line = `stty cols 120; "${Deno.execPath()}" run -q -A main.ts --help`;
      const { stdout, code } = await new Deno.Command("script", {
        args: ["-qec", line, "/dev/null"],
        env,
        cwd: projectRoot,
        stdin: "null",
      }).output();
      const text = new TextDecoder().decode(stdout);
      assertEquals(code, 0);
      assertEquals(text.includes("\x1b[1mUsage:"), colored, JSON.stringify(env));
      const widest = Math.max(...text.split("\r\n").map((line) => line.length));
      assert(widest > 80 && widest <= 100, `set to the terminal's width: ${widest}`);
    }
  },
});

/** util-linux's `script` gives a child a terminal. */
async function hasScript(): Promise<boolean> {
  try {
    const { success } = await new Deno.Command("script", { args: ["--version"] }).output();
    return success;
  } catch {
    return false;
  }
}

/** Lines of a child's output, one at a time. */
function linesOf({ stdout }: Deno.ChildProcess) {
  const reader = stdout.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  return {
    async next(): Promise<string> {
      while (!rest.includes("\n")) {
        const { value, done } = await reader.read();
        if (done) return rest;
        rest += value;
      }
      const end = rest.indexOf("\n");
      const line = rest.slice(0, end);
      rest = rest.slice(end + 1);
      return line;
    },
    cancel: () => reader.cancel(),
  };
}
