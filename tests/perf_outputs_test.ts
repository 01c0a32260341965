/**
 * What perf_client leaves behind of single requests: records, histograms, series, JUnit, perf_analyzer's
 * export.
 */
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { parse } from "@std/csv";
import { readHdrLog } from "../src/perf/records/hdr.ts";
import { startServer } from "../src/server/server.ts";
import type { LevelResult } from "../src/perf/types.ts";
import { BY_COUNT, runPerf } from "./perf_program.ts";
import { removeFolder } from "./remove_folder.ts";

interface Files {
  readonly url: string;
  readonly grpc: string;
  readonly at: (name: string) => string;
  readonly text: (name: string) => Promise<string>;
}

async function withFiles(use: (files: Files) => Promise<void>): Promise<void> {
  const server = await startServer({ httpPort: 0, grpcPort: 0 });
  const folder = await Deno.makeTempDir();
  try {
    await use({
      url: server.httpAddress!,
      grpc: server.grpcAddress!,
      at: (name) => `${folder}/${name}`,
      text: (name) => Deno.readTextFile(`${folder}/${name}`),
    });
  } finally {
    await server.close();
    await removeFolder(folder);
  }
}

const lines = (text: string) =>
  text.trimEnd().split("\n").map((line) => JSON.parse(line) as Record<string, number>);

Deno.test("--records has a line for every request, as JSON and as CSV", async () => {
  await withFiles(async ({ url, at, text }) => {
    const base = ["-m", "simple", "-u", url, "-t", "3", "--json", at("run.json")];
    const run = await runPerf([
      ...[...base, "--request-count", "500", "--warmup-request-count", "20"],
      ...["--records", at("all.jsonl")],
    ]);
    assertEquals(run.code, 0, run.merged);
    const [level] = JSON.parse(await text("run.json")).levels as LevelResult[];
    const all = lines(await text("all.jsonl"));
    assertEquals(all.length, 520);
    const measured = all.filter((each) => each.measured);
    assertEquals(measured.length, level!.reported.requestCount);
    assertEquals(all.filter(({ pass }) => pass === 0).length, 20);
    const latencies = measured.map(({ scheduled, end }) => end! - scheduled!);
    const average = latencies.reduce((a, b) => a + b, 0) / latencies.length;
    assertAlmostEquals(average, level!.reported.latency!.averageUs, 0.01);
    for (const each of all) {
      assert(each.scheduled! <= each.start! && each.start! <= each.first!);
      assert(each.first! <= each.end! && each.bytes! > 0 && each.sentBytes! > 0);
      assertEquals([each.answers, each.error, each.sequence, each.level], [1, null, null, 3]);
    }

    const rows = await runPerf([
      ...["-m", "simple_sequence", "-u", url, "-t", "2", "--request-count", "90"],
      ...["--sequence-length", "5", "--records", at("rows.csv")],
    ]);
    assertEquals(rows.code, 0, rows.merged);
    const [names, ...cells] = parse(await text("rows.csv")) as string[][];
    const parsed = cells.map((row) =>
      Object.fromEntries(row.map((cell, i) => [names![i]!, cell])) as Record<string, string>
    );
    assert(parsed.length >= 90);
    assertMatch(parsed[0]!.sequence!, /^\d+$/);
    assertEquals(parsed[0]!.error, "");
    const ends = parsed.filter(({ sequenceEnd }) => sequenceEnd === "true");
    assertEquals(new Set(ends.map(({ sequence }) => sequence)).size, ends.length);

    const some = await runPerf([
      ...["-m", "simple", "-u", url, "--request-count", "100", "--records-every", "7"],
      ...["--records", at("some.jsonl")],
    ]);
    assertEquals(some.code, 0, some.merged);
    assertEquals(lines(await text("some.jsonl")).length, 15);
  });
});

Deno.test("--records tells failed requests with their codes", async () => {
  await withFiles(async ({ url, at, text }) => {
    await runPerf([
      ...["-m", "slow", "-u", url, "--request-count", "3", "--timeout", "0.003"],
      ...["--connect-timeout", "10"],
      ...["--records", at("failed.jsonl")],
    ]);
    const failed = lines(await text("failed.jsonl"));
    assertEquals(failed.map(({ error, first, measured }) => [error, first, measured]), [
      ["TIMEOUT", null, false],
      ["TIMEOUT", null, false],
      ["TIMEOUT", null, false],
    ] as unknown[]);
  });
});

Deno.test("--hdr: the log and the percentiles have the counts of the report", async () => {
  await withFiles(async ({ url, at, text }) => {
    const run = await runPerf([
      ...["-m", "simple", "-u", url, "-d", "-c", "2", ...BY_COUNT],
      ...["--hdr", at("run.hlog"), "--json", at("run.json")],
    ]);
    // Windows so short need not agree on a busy machine.
    assert(run.code === 0 || run.code === 3, run.merged);
    const levels = JSON.parse(await text("run.json")).levels as LevelResult[];
    const passes = levels.flatMap((level) => level.passes);
    const intervals = await readHdrLog(await text("run.hlog"), "run.hlog");
    assertEquals(
      intervals.map(({ count }) => count),
      passes.map(({ requestCount }) => requestCount),
    );
    assertEquals(
      new Set(intervals.map(({ tag }) => tag)),
      new Set(["concurrency-1", "concurrency-2"]),
    );
    for (const [i, { latency }] of passes.entries()) {
      const { at: p, maxNs } = intervals[i]!;
      // Of few requests the middle one is a matter of the rule; it lies between these.
      const p90 = latency!.percentiles.find(({ percentile }) => percentile === 90)!.us;
      const median = p(50) / 1000;
      assert(median > latency!.minUs * 0.99 && median < p90 * 1.01, `${median} us, ${p90} us`);
      assert(Math.abs(maxNs / 1000 / latency!.maxUs - 1) < 0.002);
    }
    for (const { concurrency, reported } of levels) {
      const hgrm = await text(`run.concurrency-${concurrency}.hgrm`);
      const { count, minUs, maxUs } = reported.latency!;
      assertMatch(hgrm, /^ +Value +Percentile TotalCount 1\/\(1-Percentile\)/);
      assertMatch(hgrm, new RegExp(`Total count += +${count}\\]`));
      const exact = `minimum = ${(minUs / 1000).toFixed(6)}, maximum = ${
        (maxUs / 1000).toFixed(6)
      }`;
      assert(hgrm.includes(exact), `${exact}\n${hgrm}`);
    }
  });
});

Deno.test("--timeline: every request is in one of the seconds", async () => {
  await withFiles(async ({ url, at, text }) => {
    const run = await runPerf([
      ...["-m", "simple", "-u", url, "-t", "2", "--request-count", "400", "--timeline"],
      ...["--json", at("run.json")],
    ]);
    assertEquals(run.code, 0, run.merged);
    const [level] = JSON.parse(await text("run.json")).levels as LevelResult[];
    const { timeline } = level!;
    assertEquals(timeline!.reduce((sum, each) => sum + each.requestCount, 0), 400);
    assertEquals(timeline!.map(({ second }) => second), timeline!.map((_, i) => i));
    for (const { inFlight, p50Us, maxUs } of timeline!) {
      assert(inFlight > 0 && inFlight <= 2.01 && p50Us! <= maxUs! * 1.001);
    }
  });
});

Deno.test("--junit, --verbose-csv and --profile-export-file", async () => {
  await withFiles(async ({ url, grpc, at, text }) => {
    const run = await runPerf([
      ...["-m", "simple", "-u", url, "-d", "-c", "2", ...BY_COUNT, "--junit", at("junit.xml")],
      ...["-f", at("levels.csv"), "--verbose-csv", "--profile-export-file", at("profile.json")],
      ...["--json", at("run.json")],
    ]);
    assertEquals(run.code, 0, run.merged);
    const junit = await text("junit.xml");
    assertMatch(junit, /<testsuites name="trtis perf_client" tests="2" failures="0"/);
    assertMatch(
      junit,
      /<testcase classname="simple.levels" name="concurrency 2" time="\d+\.\d+"\/>/,
    );
    const [header, row] = (await text("levels.csv")).split("\n");
    assertStringIncludes(
      header!,
      ",p99 latency,Avg latency,request/response,response wait,Server Utilization," +
        "Inferences/Second 95% low,Inferences/Second 95% high,Avg latency 95% low,",
    );
    assertEquals(row!.split(",").length, header!.split(",").length);

    const levels = JSON.parse(await text("run.json")).levels as LevelResult[];
    const { experiments, version } = JSON.parse(await text("profile.json"));
    assertMatch(version, /^\d+\.\d+/);
    assertEquals(experiments.length, 2);
    for (const [i, { passes, concurrency }] of levels.entries()) {
      const { experiment, requests, window_boundaries } = experiments[i];
      assertEquals(experiment, { mode: "concurrency", value: concurrency });
      assertEquals(requests.length, passes.reduce((sum, each) => sum + each.requestCount, 0));
      assertEquals(window_boundaries.length, 2 * passes.length);
    }
    const bad = await runPerf([
      ...["-m", "simple", "-u", "127.0.0.1:1", "--request-count", "1", "--max-error-rate", "100"],
      ...["--junit", at("bad.xml")],
    ]);
    assertEquals(bad.code, 1);
    const none = await runPerf([
      ...["-m", "simple", "-u", grpc, "-i", "grpc", "--request-count", "3", "--json", "-"],
      ...["--timeline"],
    ]);
    assertEquals([none.code, JSON.parse(none.stdout).levels[0].counts.sent], [0, 3]);
  });
});

Deno.test("outputs that can't be written are refused before anything is sent", async () => {
  const cases: [string[], RegExp, number][] = [
    [["--records", "run.txt"], /must end in .jsonl or .csv/, 2],
    [["--records", "-"], /--records takes a file, not standard output/, 2],
    [["--records", "/nonexistent/a.jsonl"], /Cannot write the report \/nonexistent/, 1],
    [["--json", "-", "--junit", "-"], /Standard output takes one report/, 2],
  ];
  for (const [argv, says, code] of cases) {
    const run = await runPerf(["-m", "simple", "-u", "127.0.0.1:1", ...argv]);
    assertMatch(run.stderr, says);
    assertEquals(run.code, code);
  }
});
