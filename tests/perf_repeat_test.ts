/** `perf_client --repeat`: the text, every file, exit codes, and what is refused before any load. */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { schemaFaults } from "../src/perf/testing/schema.ts";
import { BY_COUNT, runPerf, runPerfJson, withServer } from "./perf_program.ts";
import { runCommand } from "./run_command.ts";

const SCHEMA = new URL("../docs/perf-report.schema.json", import.meta.url);

const read = (path: string) => Deno.readTextFile(path);
const names = async (folder: string) =>
  (await Array.fromAsync(Deno.readDir(folder), ({ name }) => name)).sort();

Deno.test("--repeat: a line a run, then the figures of all of them", async () => {
  await withServer(async (base) => {
    const limits = ["--threshold", "avg<1000s", "--threshold", "p99<1000s@2"];
    const args = [...base, "-t", "1,2", "--repeat", "3", "--request-count", "250", ...limits];
    const { code, stdout, stderr, report } = await runPerfJson(args);
    assertEquals(code, 0, stderr);
    const lines = [
      ...stdout.matchAll(/^Run (\d) of 3, concurrency (\d): [\d.]+ infer\/sec, avg/gm),
    ];
    assertEquals(lines.map(([, run, level]) => `${run}/${level}`), [
      ...["1/1", "1/2", "2/1", "2/2", "3/1", "3/2"],
    ]);
    assertEquals(stdout.split("*** All 3 runs together ***").length, 3);
    assertEquals(stdout.split("*** Measurement Settings ***").length, 2);
    assertStringIncludes(stdout, "  95 % intervals, over 3 runs:\n    Throughput: ");
    // p99 takes 662 requests: all runs together have them.
    assertMatch(stdout, /passed {2}p99<1000s@2, concurrency 2: /);

    assertEquals(report.runs!.map(({ run }) => run), [1, 2, 3]);
    for (const [at, level] of report.levels.entries()) {
      const each = report.runs!.map(({ levels }) => levels[at]!);
      assertEquals(level.reported.requestCount, 750);
      assertEquals(level.counts.succeeded, 750);
      assertEquals(each.map(({ reported }) => reported.requestCount), [250, 250, 250]);
      assertEquals(level.overall!.basis, { by: "runs", count: 3 });
      const [low, high] = level.reported.inferPerSecondCi95!;
      assert(low < level.reported.inferPerSecond && level.reported.inferPerSecond < high);
    }
    assertEquals(report.thresholds![0]!.value, report.levels[0]!.reported.latency!.averageUs);
    assertEquals(await schemaFaults(SCHEMA, report), []);
    assertMatch(report.command!, / --repeat 3 /);

    const broken = await runPerf([...args, "--threshold", "avg<0us@1"]);
    assertEquals(broken.code, 4);
    assertMatch(broken.stderr, /error: threshold BROKEN {2}avg<0us@1, concurrency 1: /);
  });
});

Deno.test("--repeat: every file has its part, and compare reads the runs", async () => {
  await withServer(async (base, folder) => {
    const at = (name: string) => `${folder}/${name}`;
    const files = ["json", "csv", "html", "junit", "records", "hdr", "profile-export-file"]
      .flatMap((flag) => [`--${flag}`, at(flag === "records" ? "rows.jsonl" : `a.${flag}`)]);
    const args = [...base, "--repeat", "3", "--request-count", "40"];
    const { code, stderr } = await runPerf([...args, ...files, "--timeline"]);
    assertEquals(code, 0, stderr);
    assertEquals(
      await names(folder),
      [
        ...["a.csv", "a.html", "a.json", "a.junit"],
        ...[1, 2, 3].map((run) => `a.run${run}.hdr`),
        ...[1, 2, 3].map((run) => `a.run${run}.hgrm`),
        ...[1, 2, 3].map((run) => `a.run${run}.profile-export-file`),
        ...[1, 2, 3].map((run) => `rows.run${run}.jsonl`),
      ].sort(),
    );
    assertEquals((await read(at("a.csv"))).trim().split("\n").length, 2);
    assertEquals((await read(at("rows.run2.jsonl"))).trim().split("\n").length, 40);
    assertMatch(await read(at("a.junit")), /tests="1" failures="0"/);
    const page = await read(at("a.html"));
    for (const run of [1, 2, 3]) assertStringIncludes(page, `this run, run ${run}`);
    const json = JSON.parse(await read(at("a.json")));
    for (const { levels } of json.runs) assertEquals(levels[0].timeline[0].second, 0);

    const compared = await runCommand(["compare", at("a.json"), at("a.json")]);
    assertEquals(compared.code, 0, compared.stderr);
    assertStringIncludes(compared.stdout, "Concurrency 1 (3 and 3 runs)");
    const shown = await runCommand(["report", at("a.json"), "-o", at("b.html")]);
    assertEquals(shown.code, 0, shown.stderr);
    assertStringIncludes(await read(at("b.html")), "a, run 2");
  });
});

Deno.test("--repeat: an unstable run makes the whole unstable; -v has every pass", async () => {
  await withServer(async (base) => {
    const args = [...base, "--repeat", "2", ...BY_COUNT];
    const unstable = await runPerf([...args, "-r", "1", "-v"]);
    assertEquals(unstable.code, 3, unstable.stderr);
    assertEquals(unstable.stdout.match(/^ {2}Pass \[1\] throughput: /gm)?.length, 2);
    assertEquals((await runPerf([...args, "-r", "1", "--unstable-ok"])).code, 0);
  });
});

Deno.test("--repeat: Ctrl-C reports the runs so far, and so does a server that goes away", async () => {
  await withServer(async (base) => {
    const stop = new AbortController();
    const { code, stdout, report } = await runPerfJson(
      [...base, "--repeat", "50", "--request-count", "20"],
      { signal: stop.signal, onText: (text) => void (text.startsWith("Run 2 of") && stop.abort()) },
    );
    assertEquals(code, 130);
    assert(report.runs!.length < 50);
    assertEquals(report.runs!.length >= 2, true, stdout);
  });
  await withServer(async (base, _folder, server) => {
    let closed: Promise<void> | undefined;
    const onText = (text: string) => {
      if (text.startsWith("Run 2 of")) closed = server.close();
    };
    const run = await runPerfJson([...base, "--repeat", "5", "--request-count", "20"], { onText });
    await closed;
    assertEquals(run.code, 1);
    assertMatch(run.stderr, /error: /);
    assert(run.report.runs!.length >= 2);
    assert(run.report.levels[0]!.counts.succeeded >= 40);
  });
});

Deno.test("--repeat: what can't be repeated is refused by name, before the server is asked", async () => {
  const refused = async (args: string[], text: RegExp) => {
    const run = await runPerf(["-m", "simple", "-u", "127.0.0.1:1", ...args]);
    assertEquals([run.code, run.stdout], [2, ""]);
    assertMatch(run.stderr, text);
  };
  const search = ["--find-max", "rate", "--threshold", "p99<5ms"];
  await refused(["--repeat", "2", ...search], /Cannot use --find-max with --repeat: a search/);
  await refused(
    ["--repeat", "2", "--binary-search", "-l", "5", "--concurrency-range", "1:8"],
    /Cannot use --binary-search with --repeat/,
  );
  await refused(["--repeat", "2", "--scenario", "offline"], /Cannot use --scenario with --repeat/);
  await refused(["--repeat", "2", "--shard", "1/2"], /Cannot use --shard with --repeat: merge/);
  await refused(
    ["--repeat", "2", "--input-data", "/dev/stdin"],
    /standard input with --repeat, which reads/,
  );
  await refused(["--repeat", "0"], /Cannot use "0" for --repeat: expected a whole number/);
  await refused(["--repeat", "many"], /Cannot use "many" for --repeat/);
  await refused(["--repeat", "2", "--markdown", "a.md"], /--markdown is the table of a comparison/);
  const unwritable = ["--repeat", "2", "--records", "no/such/folder/rows.jsonl"];
  const run = await runPerf(["-m", "simple", "-u", "127.0.0.1:1", ...unwritable]);
  assertEquals(run.code, 1);
  assertMatch(run.stderr, /Cannot write the report no\/such\/folder\/rows\.run1\.jsonl/);
});
