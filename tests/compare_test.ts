/**
 * trtis compare: from runs to tables and an exit code, and everything that is refused.
 *
 * @module
 */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { startServer } from "../src/server/server.ts";
import { runCommand } from "./run_command.ts";

const compare = (...args: string[]) => runCommand(["compare", ...args]);

Deno.test("two runs are compared: table, Markdown, JSON, thresholds", async () => {
  await using server = await startServer({ httpPort: 0, grpcPort: false });
  const folder = await Deno.makeTempDir();
  try {
    const paths = ["a", "b"].map((name) => `${folder}/${name}.json`);
    for (const path of paths) {
      const { code, stderr } = await runCommand([
        ...["perf_client", "-m", "simple", "-u", server.httpAddress!, "--request-count", "200"],
        ...["--max-threads", "1", "--json", path],
      ]);
      assertEquals(code, 0, stderr);
    }
    const [a, b] = paths as [string, string];
    const plain = await compare(a, b);
    assertEquals([plain.code, plain.stderr], [0, ""]);
    assertMatch(plain.stdout, /^Base: .*a\.json\nNew: {2}.*b\.json\n/);
    assertMatch(plain.stdout, /Concurrency 1\n {2}metric .*verdict\n {2}throughput /);
    const limits = ["--threshold", "throughput>-99.99%", "--threshold", "errors<+1%"];
    const passed = await compare(a, b, ...limits, "--json", `${folder}/c.json`);
    assertEquals(passed.code, 0, passed.stderr);
    const json = JSON.parse(await Deno.readTextFile(`${folder}/c.json`));
    assertEquals(json.levels[0].metrics[0].name, "throughput");
    assertEquals(json.thresholds.map(({ verdict }: { verdict: string }) => verdict), [
      ...["passed", "passed"],
    ]);
    const broken = await compare(a, b, "--threshold", "throughput>+100000%", "--markdown", "-");
    assertEquals(broken.code, 4);
    assertMatch(broken.stdout, /^\*\*Base\*\*: /);
    assertMatch(broken.stderr, /error: threshold (FAILED|BROKEN) {2}throughput>\+100000%/);
    const several = await compare(a, b, a, "--base", b);
    assertStringIncludes(several.stdout, "Concurrency 1 (2 and 2 runs)");

    const whole = await Deno.readTextFile(a);
    const bad = async (text: string, says: RegExp) => {
      await Deno.writeTextFile(`${folder}/bad.json`, text);
      const { code, stderr } = await compare(a, `${folder}/bad.json`);
      assertEquals(code, 1, stderr);
      assertMatch(stderr, says);
    };
    await bad(whole.slice(0, 999), /Cannot compare .*bad\.json: it is not a whole JSON file/);
    await bad("{}", /it is no report of perf_client/);
    await bad(whole.replace('"schemaVersion": 1', '"schemaVersion": 7'), /its version is 7, not 1/);
    await bad(
      whole.replaceAll('"concurrency": 1,', '"concurrency": 5,'),
      /no level in common, concurrency 1 and concurrency 5/,
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("what is wrong with the command line is said before a file is read", async () => {
  const refused = async (says: RegExp, ...args: string[]) => {
    const { code, stderr } = await compare("none.json", "no.json", ...args);
    assertEquals(code, 2, stderr);
    assertMatch(stderr, says);
  };
  await refused(/no metric "speed"/, "--threshold", "speed<5%");
  await refused(/the unit "ms" is wrong/, "--threshold", "p99<5ms");
  await refused(/contradict one another/, "--threshold", "p99<-9%", "--threshold", "p99>9%");
  await refused(/Standard output takes one report/, "--json", "-", "--markdown", "-");
  const { code, stderr } = await compare("none.json", "no.json");
  assertEquals(code, 1);
  assertMatch(stderr, /Cannot read none\.json/);
  const unwritable = await compare("none.json", "no.json", "--json", "no/such/folder.json");
  assertMatch(unwritable.stderr, /Cannot write no\/such\/folder\.json/);
});
