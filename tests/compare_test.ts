/**
 * trtis compare: from runs to tables and an exit code, and everything that is refused.
 *
 * @module
 */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { startServer } from "../src/server/server.ts";
import { schemaFaults } from "../src/perf/testing/schema.ts";
import { runCommand } from "./run_command.ts";

const SCHEMA = new URL("../docs/compare.schema.json", import.meta.url);
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
    assertEquals(await schemaFaults(SCHEMA, json), []);
    assertEquals(json.thresholds.map(({ verdict }: { verdict: string }) => verdict), [
      ...["passed", "passed"],
    ]);
    const broken = await compare(a, b, "--threshold", "throughput>+100000%", "--markdown", "-");
    assertEquals(broken.code, 4);
    assertMatch(broken.stdout, /^\*\*Base\*\*: /);
    assertMatch(broken.stderr, /error: threshold (FAILED|BROKEN) {2}throughput>\+100000%/);
    const several = await compare(a, b, a, "--base", b);
    assertStringIncludes(several.stdout, "Concurrency 1 (2 and 2 runs)");

    // A rate that one side alone has, a figure that one side alone has, a limit that nobody can judge.
    const other = JSON.parse(await Deno.readTextFile(a));
    delete other.levels[0].reported.server;
    for (const pass of other.levels[0].passes) delete pass.server;
    other.levels.push({ ...other.levels[0], requestRate: 5.5 });
    other.settings.batchSize = 2;
    await Deno.writeTextFile(`${folder}/other.json`, JSON.stringify(other));
    const odd = await compare(
      a,
      `${folder}/other.json`,
      "--threshold",
      "p99<1%@rate=5.5",
      "--json",
      "-",
    );
    assertEquals(odd.code, 4, odd.stderr);
    const told = JSON.parse(odd.stdout);
    assertEquals(await schemaFaults(SCHEMA, told), []);
    assertEquals([told.unmatched.length, told.thresholds[0].verdict], [1, "unjudged"]);
    assertEquals(told.differences, [{ what: "batchSize", base: "1", new: "2" }]);

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

Deno.test("merged reports are compared with intervals", async () => {
  await using server = await startServer({ httpPort: 0, grpcPort: false });
  const folder = await Deno.makeTempDir();
  try {
    const run = async (name: string) => {
      const files = [0, 1].map((i) => `${folder}/${name}${i}.json`);
      const runs = await Promise.all(files.map((file, i) =>
        runCommand([
          ...["perf_client", "-m", "simple", "-u", server.httpAddress!, "-t", "2"],
          ...["--max-threads", "1", "--duration", "1s", "--shard", `${i}/2`, "--json", file],
        ])
      ));
      for (const { code, stderr } of runs) assertEquals(code, 0, stderr);
      const merged = `${folder}/${name}.json`;
      const made = await runCommand(["merge", ...files, "-o", merged]);
      assertEquals(made.code, 0, made.stderr);
      return { files, merged };
    };
    const [a, b] = [await run("a"), await run("b")];
    const { code, stdout, stderr } = await compare(a.merged, b.merged, "--json", "-");
    assertEquals(code, 0, stderr);
    const [level] = JSON.parse(stdout).levels;
    for (const { name, ci95 } of level.metrics) {
      if (["throughput", "avg", "p50", "p90"].includes(name)) assertEquals(ci95?.length, 2, name);
    }
    // What older versions wrote can be merged, and says nothing of that.
    for (const file of a.files) {
      const report = JSON.parse(await Deno.readTextFile(file));
      assertEquals(report.levels[0].reported.slots.buckets.length, 20);
      assertEquals(report.levels[0].passes[0].slots, undefined);
      delete report.levels[0].reported.slots;
      await Deno.writeTextFile(file, JSON.stringify(report));
    }
    assertEquals((await runCommand(["merge", ...a.files, "-o", a.merged])).code, 0);
    const older = await compare(a.merged, b.merged);
    assertStringIncludes(older.stdout, "throughput can't be told: one window alone");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
