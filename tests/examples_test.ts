/**
 * The programs of examples/, each run as its own comment says, against the embedded server.
 *
 * @module
 */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { type RunningServer, startServer } from "../src/server/server.ts";
import { pathOf, projectRoot, runProgram } from "./program.ts";

const examples = new URL("examples/", projectRoot);

/** What a program's comment says: the flags it needs and its arguments. */
interface Usage {
  readonly permissions: readonly string[];
  readonly args: readonly string[];
}

function usages(name: string): Usage[] {
  const text = Deno.readTextFileSync(new URL(name, examples));
  return [...text.matchAll(/^ \* {5}deno run (.*) examples\/(\S+) (.*)$/gm)].map((match) => {
    assertEquals(match[2], name, "the comment runs another program");
    return { permissions: match[1]!.split(" "), args: match[3]!.split(" ") };
  });
}

function addressed(argument: string, server: RunningServer): string {
  return argument
    .replace("localhost:8000", server.httpAddress!)
    .replace("localhost:8001", server.grpcAddress!);
}

/** What the program prints, by its name. */
const CHECKS: Readonly<Record<string, (stdout: string) => void>> = {
  "cancel.ts": (stdout) =>
    assertEquals(
      stdout,
      "with a limit of 1 ms: TIMEOUT\ncancelled: CANCELLED\nwithout a limit: ok\n",
    ),
  "classify.ts": (stdout) => {
    const lines = stdout.trimEnd().split("\n");
    assertEquals(lines.length, 12);
    assertEquals(lines[0], "examples/images/apple_red.jpg: red (0.651)");
    assertEquals(lines[11], "examples/images/wood_brown.jpg: brown (0.974)");
  },
  "infer.ts": (stdout) => {
    const lines = stdout.trimEnd().split("\n");
    assertEquals(lines.length, 16);
    assertEquals(lines[15], "15 + 1 = 16, 15 - 1 = 14");
  },
  "measure.ts": (stdout) => {
    const rows = [...stdout.matchAll(/^│ +\d.*$/gm)].map(([row]) => row.match(/[^│ ]+/g)!);
    assertEquals(rows.map(([, concurrency]) => concurrency), ["1", "2", "4"]);
    for (const [, , perSecond, p50, p99, failed] of rows) {
      for (const figure of [perSecond, p50, p99]) assertMatch(figure!, /^[1-9]\d*$/);
      assertEquals(failed, "0");
    }
  },
  "batching.ts": (stdout) => {
    const [, executions] = /^100 answers, all right\n(\d+) executions/.exec(stdout) ?? [];
    assert(Number(executions) >= 13 && Number(executions) < 60, stdout);
  },
  "retries.ts": (stdout) => assertEquals(stdout, "20 requests, 0 failures\n"),
  "service.ts": (stdout) =>
    assertEquals(stdout, '200 {"sum":2}\n200 {"sum":42}\n400 value must be a whole number\n'),
  "stream_to_browser.ts": (stdout) =>
    assertEquals(stdout, [0, 1, 2, 3, 4].map((i) => `data: [${i}]`).join(" ") + "\ncancelled\n"),
  "tracing.ts": (stdout) =>
    assertMatch(stdout, /^infer simple: ok\ninfer no_such_model: .*no_such_model.*\n$/),
  "typed.ts": (stdout) => assertEquals(stdout, "42 38\n"),
  "uploads.ts": (stdout) => assertMatch(stdout, /^200 "red"\n200 "yellow"\n415 .*upload.*\n$/),
  "stream.ts": (stdout) =>
    assertEquals(stdout, [3, 7, 12, 18].map((sum) => `sum so far: ${sum}\n`).join("")),
};

const programs = [...Deno.readDirSync(examples)].map(({ name }) => name)
  .filter((name) => name.endsWith(".ts")).sort();

Deno.test("every example has a check, is listed in examples/README.md and says how to run it", () => {
  assertEquals(programs, Object.keys(CHECKS).sort());
  const page = Deno.readTextFileSync(new URL("README.md", examples));
  for (const name of programs) {
    assert(page.includes(`(${name})`), name);
    const [usage] = usages(name);
    const command = `deno run ${usage!.permissions.join(" ")} examples/${name} `;
    assert(page.includes(command), `examples/README.md lacks: ${command}`);
  }
});

for (const name of programs) {
  Deno.test(`examples/${name} runs as it says`, async () => {
    await using server = await startServer({ httpPort: 0, grpcPort: 0 });
    for (const { permissions, args } of usages(name)) {
      const result = await runProgram(args.map((argument) => addressed(argument, server)), {
        entry: new URL(name, examples),
        permissions: ["--no-prompt", ...permissions],
        cwd: pathOf(projectRoot),
        env: { NO_COLOR: "1" },
      });
      assertEquals(result.stderr, "", args.join(" "));
      assertEquals(result.code, 0);
      CHECKS[name]!(result.stdout);
    }
  });
}
