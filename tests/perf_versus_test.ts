/** `perf_client --versus`: turns, the comparison, its reports, exit codes, and what is refused. */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { Comparison } from "../src/perf/compare/types.ts";
import type { PerfResult } from "../src/perf/types.ts";
import { startServer } from "../src/server/server.ts";
import { BY_COUNT, runPerf, withServer } from "./perf_program.ts";
import { schemaFaults } from "../src/perf/testing/schema.ts";
import { runCommand } from "./run_command.ts";

interface VersusReport {
  readonly versusVersion: number;
  readonly base: PerfResult;
  readonly new: PerfResult;
  readonly comparison: Comparison;
}

/** The sides of all passes, in the order of their windows; fails when two windows overlap. */
function sequenceOf({ base, new: next }: VersusReport, level: number): string {
  const all = [base, next].flatMap((side, i) =>
    (side.runs ?? [side]).flatMap(({ levels }) =>
      levels[level]!.passes.map(({ startedAt, windowMs }) => ({
        side: "AB"[i]!,
        from: Date.parse(startedAt!),
        to: Date.parse(startedAt!) + windowMs,
      }))
    )
  ).sort((a, b) => a.from - b.from);
  // Moments are whole milliseconds.
  all.forEach(({ from }, i) => i > 0 && assert(from >= all[i - 1]!.to - 2));
  return all.map(({ side }) => side).join("");
}

const schemaUrl = (name: string) => new URL(`../docs/${name}.schema.json`, import.meta.url);
const schema = async (name: string) => JSON.parse(await Deno.readTextFile(schemaUrl(name)));

Deno.test("--versus: sides alternate pass by pass, at every level, and both are run files", async () => {
  await withServer(async (base, folder) => {
    const json = `${folder}/both.json`;
    const args = [...base, "-t", "1,2", ...BY_COUNT, "-r", "3", "--json", json];
    const versus = ["--versus", "-b 4 --shape 'INPUT0:16'"];
    const { code, stdout, stderr } = await runPerf([...args, ...versus, "--html", `${json}.html`]);
    assertEquals(code, 0, stderr);
    assertEquals(stdout.match(/^(?:base|new), concurrency \d: /gm), [
      ...["base, concurrency 1: ", "new, concurrency 1: "],
      ...["base, concurrency 2: ", "new, concurrency 2: "],
    ]);
    assertMatch(
      stdout,
      /\nBase: trtis perf_client -m simple .*\nNew: {2}the same with -b 4 --shape/,
    );
    assertMatch(stdout, /\nConcurrency 2\n {2}metric .*verdict\n {2}throughput /);
    assertStringIncludes(stdout, "different batchSize: 1, now 4");

    const report: VersusReport = JSON.parse(await Deno.readTextFile(json));
    assertEquals([sequenceOf(report, 0), sequenceOf(report, 1)], ["ABBAAB", "BAABBA"]);
    const ajv = new Ajv2020({ allowUnionTypes: true })
      .addSchema(await schema("perf-report"), "perf-report.schema.json")
      .addSchema(await schema("compare"), "compare.schema.json");
    const validate = ajv.compile(await schema("perf-versus"));
    assert(validate(report), JSON.stringify(validate.errors));
    for (const side of [report.base, report.new]) {
      assertEquals(await schemaFaults(schemaUrl("perf-report"), side), []);
    }
    assertEquals(await schemaFaults(schemaUrl("compare"), report.comparison), []);
    assertEquals(report.new.settings.batchSize, 4);
    assertMatch(report.new.command!, /^trtis perf_client .*-b 4 /);
    assert(!report.base.command!.includes("--versus"));
    const throughput = report.comparison.levels[0]!.metrics[0]!;
    assertEquals([throughput.name, typeof throughput.changePercent], ["throughput", "number"]);
    const page = await Deno.readTextFile(`${json}.html`);
    for (const name of ["base", "new"]) assertStringIncludes(page, name);

    for (const side of ["base", "new"] as const) {
      await Deno.writeTextFile(`${folder}/${side}.json`, JSON.stringify(report[side]));
    }
    const compared = await runCommand(["compare", `${folder}/base.json`, `${folder}/new.json`]);
    assertEquals(compared.code, 0, compared.stderr);
    const whole = await runCommand(["compare", json, json]);
    assertEquals(whole.code, 1);
    assertMatch(
      whole.stderr,
      /it has two sides, which were measured in turn, and their comparison/,
    );
  });
});

Deno.test("--versus --repeat: as many alternations, runs on both sides", async () => {
  await withServer(async (base, folder) => {
    const json = `${folder}/both.json`;
    const args = ["-t", "2", "--request-count", "30", "--repeat", "4", "--json", json];
    const { code, stdout, stderr } = await runPerf([...base, ...args, "--versus", ""]);
    assertEquals(code, 0, stderr);
    assertMatch(stdout, /^Run 4 of 4, base, concurrency 2: .*\nRun 4 of 4, new, concurrency 2: /m);
    assertStringIncludes(stdout, "New:  the same\n");
    assertStringIncludes(stdout, "Concurrency 2 (4 and 4 runs)");
    const report: VersusReport = JSON.parse(await Deno.readTextFile(json));
    // A run is one pass of each side here; the next one begins with the other side.
    assertEquals(sequenceOf(report, 0), "ABBAABBA");
    assertEquals(report.base.runs!.length, 4);
  });
});

Deno.test("--versus: limits on changes, exit code 4, Markdown, standard output", async () => {
  await withServer(async (base) => {
    const args = [...base, "--request-count", "30", "--repeat", "3", "--versus", "-b 8"];
    const kept = await runPerf([...args, "--threshold", "throughput>-50%"]);
    assertEquals(kept.code, 0, kept.stderr);
    assertMatch(kept.stdout, /Thresholds:\n {2}passed {2}throughput>-50%, concurrency 1: \+/);
    const broken = await runPerf([...args, "--threshold", "throughput<+1%", "--markdown", "-"]);
    assertEquals(broken.code, 4);
    assertMatch(
      broken.stderr,
      /error: threshold (?:BROKEN|FAILED) {2}throughput<\+1%, concurrency 1: \+/,
    );
    assertMatch(broken.stdout, /^\*\*Base\*\*: trtis perf\\_client /);
    const json = await runPerf([...args, "--json", "-"]);
    assertEquals(json.code, 0, json.stderr);
    assertEquals(JSON.parse(json.stdout).versusVersion, 1);
  });
});

Deno.test("--versus: other wires, other servers, sequences, schedules", async () => {
  await withServer(async (base, folder, server) => {
    const json = `${folder}/both.json`;
    const told = async (args: string[]) => {
      const run = await runPerf([...args, "--json", json]);
      assertEquals(run.code, 0, run.stderr);
      const report: VersusReport = JSON.parse(await Deno.readTextFile(json));
      for (const side of [report.base, report.new]) {
        for (const { counts } of side.levels) assertEquals(counts.failed, 0);
      }
      return report;
    };
    const grpc = `-i grpc -u ${server.grpcAddress}`;
    const wires = await told([...base, "--request-count", "20", "--versus", grpc]);
    assertEquals([wires.base.environment.wire, wires.new.environment.wire], ["http", "grpc"]);
    const address = ["-u", server.httpAddress!];
    const sequences = ["-m", "simple_sequence", ...address, ...BY_COUNT, "-r", "3"];
    await told([...sequences, "-t", "2", "--versus", "--sequence-length 5"]);
    const open = [...base, "--request-rate", "200", "-p", "100", "-s", "900", "-r", "3"];
    const rated = await told([...open, "--versus", "-b 2"]);
    assertEquals(sequenceOf(rated, 0), "ABBAAB");
    // Each pass has the schedule from its beginning.
    for (const { reported } of [...rated.base.levels, ...rated.new.levels]) {
      assert(reported.requestCount >= 10 && reported.requestCount <= 21);
    }
  });
});

Deno.test("--versus: a side that can't be measured ends both, and says which", async () => {
  await withServer(async (base) => {
    const missing = await runPerf([...base, "--request-count", "20", "--versus", "-m nothing"]);
    assertEquals(missing.code, 1);
    assertMatch(missing.stderr, /nothing/);
    const away = await runPerf([...base, "--request-count", "20", "--versus", "-u 127.0.0.1:1"]);
    assertEquals(away.code, 1);
    assertMatch(away.stderr, /127\.0\.0\.1:1/);
  });
});

Deno.test("--versus: a side whose requests fail is told, and the other is measured", async () => {
  await withServer(async (base, _folder, server) => {
    const other = await startServer({ httpPort: 0, grpcPort: false });
    let closed: Promise<void> | undefined;
    const onText = (text: string) => {
      if (text.includes("Pass [1]")) closed ??= other.close();
    };
    const args = ["-v", ...BY_COUNT, "-r", "3", "--versus", `-u ${other.httpAddress}`];
    const run = await runPerf([...base, ...args], { onText });
    await closed;
    assertEquals(run.code, 1, run.stderr);
    assertMatch(run.stderr, /error: new: concurrency 1: \d+ of \d+ requests failed/);
    assertMatch(run.stdout, /^base, concurrency 1: [\d.]+ infer\/sec/m);
    assert(server.httpAddress !== undefined);
  });
});

Deno.test("--versus: Ctrl-C reports what there is", async () => {
  await withServer(async (base) => {
    const stop = new AbortController();
    const run = await runPerf(
      [...base, "-v", ...BY_COUNT, "-s", "0", "-r", "1000", "--versus", ""],
      {
        signal: stop.signal,
        onText: (text) => void (text.includes("Pass [3]") && stop.abort()),
      },
    );
    assertEquals(run.code, 130);
    assertMatch(run.stdout, /\nBase: .*\nNew: {2}the same\n/);
  });
});

Deno.test("--versus: what is wrong is said before the server is asked, without secrets", async () => {
  const refused = async (args: string[], text: RegExp) => {
    const run = await runPerf(["-m", "simple", "-u", "127.0.0.1:1", ...args]);
    assertEquals([run.code, run.stdout], [2, ""], run.stderr);
    assertMatch(run.stderr, text);
    assert(!run.stderr.includes("s3cret"), run.stderr);
  };
  const versus = (text: string, ...more: string[]) => ["--versus", text, ...more];
  await refused(["--versus"], /Missing value for --versus/);
  await refused(versus("-H 'X: s3cret"), /Cannot read --versus: the quote ' is not closed/);
  await refused(versus("--nothing 1"), /options of --versus: Unknown flag --nothing/);
  await refused(
    versus("-b many"),
    /options of --versus: Cannot use "many" for --batch-size \(-b\)/,
  );
  await refused(versus("other"), /options of --versus: Unexpected argument "other"/);
  await refused(versus("--help"), /options of --versus: it asks for help/);
  const common: readonly (readonly [string, RegExp])[] = [
    ["--json x.json", /--json can't differ, as both sides go into one report; give --json outside/],
    ["-f x.csv", /--latency-report-file \(-f\) can't differ/],
    ["--threshold p99<5ms", /--threshold can't differ, as both sides go into one report/],
    ["--repeat 3", /--repeat can't differ/],
    ["--versus -b8", /--versus can't differ/],
    ["-t 8", /--concurrency \(-t\) can't differ, as both sides get the same load/],
    ["--request-rate 10", /--request-rate can't differ/],
    ["--find-max rate", /--find-max can't differ/],
    [
      "-p 100",
      /--measurement-interval \(-p\) can't differ, as both sides are measured in the same/,
    ],
    ["--shard 1/2", /--shard can't differ/],
    ["-v", /--verbose \(-v\) can't differ/],
  ];
  for (const [text, says] of common) await refused(versus(text), says);
  const alone: readonly (readonly [string[], RegExp])[] = [
    [["--find-max", "rate", "--threshold", "p99<5ms"], /Cannot use --find-max with --versus/],
    [["--scenario", "offline"], /Cannot use --scenario with --versus/],
    [["--shard", "1/2"], /Cannot use --shard with --versus/],
    [["--records", "x.csv"], /Cannot use --records with --versus: requests of two sides/],
    [["--hdr", "x"], /Cannot use --hdr with --versus/],
    [["--csv", "x"], /Cannot use -f \(--latency-report-file\) with --versus: it has no column/],
    [["--junit", "x"], /Cannot use --junit with --versus/],
    [["--timeline"], /Cannot use --timeline with --versus/],
    [["--ramp", "1:9:1s"], /Cannot use --ramp with --versus/],
    [["--calibrate"], /Cannot use --calibrate with --versus/],
    [["--threshold", "p99<5ms"], /the unit "ms" is wrong/],
    [["--threshold", "p99<-9%", "--threshold", "p99>9%"], /contradict one another/],
    [["--json", "-", "--markdown", "-"], /Standard output takes one report/],
    [["--input-data", "/dev/stdin"], /standard input with --versus/],
  ];
  for (const [args, says] of alone) await refused(versus("-b 8", ...args), says);
  await refused(versus("--streaming"), /With the options of --versus: streaming is only allowed/);
  await refused(versus("-H 's3cret'"), /With the options of --versus: .*without a colon/);
});

Deno.test("--versus: secrets of the second side are in no report", async () => {
  await withServer(async (base, folder) => {
    const json = `${folder}/both.json`;
    const versus = ["--versus", "-H 'X-Key: s3cret'", "--json", json];
    const { code, stdout, stderr } = await runPerf([...base, "--request-count", "20", ...versus]);
    assertEquals(code, 0, stderr);
    assertStringIncludes(stdout, "New:  the same with -H 'X-Key:***'");
    for (const text of [stdout, stderr, await Deno.readTextFile(json)]) {
      assert(!text.includes("s3cret"));
    }
  });
});
