/**
 * perf_client with load on a schedule, as a program.
 */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { Ajv2020 } from "ajv/dist/2020.js";
import { startServer } from "../src/server/server.ts";
import { runPerf, runPerfJson } from "./perf_program.ts";

const SCHEMA = new URL("../docs/perf-report.schema.json", import.meta.url);

Deno.test("perf_client sends exactly the requests of a rate and reports all three latencies", async () => {
  const server = await startServer({ httpPort: 0, grpcPort: 0 });
  const folder = await Deno.makeTempDir();
  try {
    const flags = ["-m", "simple", "-u", server.httpAddress!];
    const csv = `${folder}/rates.csv`;
    const rated = ["--request-rate", "400", "--request-distribution", "poisson"];
    const run = await runPerfJson([...flags, ...rated, "--request-count", "60", "-f", csv]);
    assertEquals(run.code, 0, run.merged);
    assertStringIncludes(run.stdout, "Request Rate: 400 inference requests per seconds");
    assertMatch(run.stdout, /Service latency \(from the actual send\): avg \d+ usec/);
    assertEquals(run.level.requestRate, 400);
    assertEquals(run.level.counts.sent, 60);
    const { latency, serviceLatency, delay } = run.level.reported;
    assertEquals([latency!.count, serviceLatency!.count, delay!.count], [60, 60, 60]);
    // Only the headline has a spectrum.
    assertEquals(Object.keys(serviceLatency!), Object.keys(latency!));
    assertMatch(await Deno.readTextFile(csv), /^Request Rate,Inferences\/Second,/);

    await Deno.writeTextFile(`${folder}/moments`, "0\n5\n5\n20.5\n");
    const replay = await runPerfJson([
      ...flags,
      "--schedule",
      `${folder}/moments`,
      "--request-count",
      "9",
    ]);
    assertEquals([replay.code, replay.level.counts.sent], [0, 4], replay.merged);
    const stages = await runPerfJson([...flags, "--stages", "100@100ms,200@100ms"]);
    assertEquals([stages.code, stages.level.counts.sent], [0, 30], stages.merged);
    const timed = await runPerfJson([...flags, "--duration", "300ms", "-t", "2"]);
    assertEquals([timed.code, timed.level.passes.length], [0, 1], timed.merged);
  } finally {
    await server.close();
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("perf_client sends sets of requests by the answers to those before", async () => {
  const server = await startServer({ httpPort: 0, grpcPort: 0 });
  const data = await Deno.makeTempFile({ suffix: ".json" });
  try {
    await Deno.writeTextFile(
      data,
      JSON.stringify({ data: [{ IN: { content: [1], shape: [1] }, COUNT: [3] }] }),
    );
    const run = await runPerfJson([
      ...["-m", "repeat", "-i", "grpc", "--streaming", "-u", server.grpcAddress!],
      ...["--api", "v2", "--input-data", data, "--periodic-concurrency-range", "2:7:3"],
      ...["--request-period", "2"],
    ]);
    assertEquals(run.code, 0, run.merged);
    assertStringIncludes(run.stdout, "Periodic concurrency: 2 to 7 requests in all, 3 more");
    assertEquals([run.level.counts.sent, run.level.counts.succeeded], [7, 7]);
    assertEquals(run.level.reported.responses!.responseCount, 21);
  } finally {
    await server.close();
    await Deno.remove(data);
  }
});

Deno.test("perf_client --scenario runs by LoadGen's rules, and says what came of it", async () => {
  const server = await startServer({ httpPort: 0, grpcPort: false });
  const validate = new Ajv2020().compile(JSON.parse(await Deno.readTextFile(SCHEMA)));
  try {
    const base = ["-m", "simple", "-u", server.httpAddress!, "--duration", "100ms"];
    for (
      const [name, argv, metric] of [
        ["SingleStream", ["single-stream", "--request-count", "70"], /^90.0th percentile latency/],
        ["MultiStream", ["multi-stream", "--request-count", "10", "-b", "2"], /^99.0th percentile/],
        ["Server", ["server", "--request-rate", "200", "-l", "5000"], /^Completed samples per/],
        ["Offline", ["offline", "--request-rate", "100", "--request-count", "40"], /^Samples per/],
      ] as const
    ) {
      const run = await runPerfJson([...base, "--scenario", ...argv]);
      const { scenario, settings, levels: [level] } = run.report;
      assertEquals(scenario!.scenario, name, run.merged);
      assertMatch(scenario!.metric.name, metric);
      assertEquals(run.code, scenario!.valid ? 0 : 4, run.merged);
      assertStringIncludes(run.stdout, `not an MLPerf submission\n`);
      assertStringIncludes(run.stdout, `Result is : ${scenario!.valid ? "VALID" : "INVALID"}`);
      assertEquals(level!.counts.failed, 0);
      assert(scenario!.sampleCount >= settings.scenario!.minQueryCount, run.merged);
      assert(validate(JSON.parse(JSON.stringify(run.report))), JSON.stringify(validate.errors));
    }
  } finally {
    await server.close();
  }
});

Deno.test("perf_client --calibrate tells what this machine can measure beside the report", async () => {
  const server = await startServer({ httpPort: 0, grpcPort: 0 });
  try {
    const run = await runPerfJson([
      ...["-m", "simple", "-u", server.httpAddress!, "--request-rate", "100"],
      ...["--request-count", "20", "-p", "100", "--calibrate"],
    ]);
    assertEquals(run.code, 0, run.merged);
    assertMatch(run.stdout, /\nCalibration \(.* over HTTP\):\n {2}1 in flight: \d/);
    assertMatch(run.stdout, /\n {2}100\/s asked: .*; sent late by \d+ usec \(p50\)/);
    const { floor, ceiling, schedule, ...where } = run.report.calibration!;
    assertEquals(where, { server: "thread", wire: "http", api: run.report.environment.api });
    assertEquals([floor.concurrency, ceiling.concurrency, schedule!.requestRate], [1, 16, 100]);
    assert(floor.requestPerSecond > 0 && ceiling.requestPerSecond > 0);
    const validate = new Ajv2020().compile(JSON.parse(await Deno.readTextFile(SCHEMA)));
    assert(validate(JSON.parse(JSON.stringify(run.report))), JSON.stringify(validate.errors));
  } finally {
    await server.close();
  }
});

Deno.test("perf_client counts failed requests as slow when it is told to", async () => {
  const server = await startServer({ httpPort: 0, grpcPort: false });
  const data = await Deno.makeTempFile({ suffix: ".json" });
  const tensor = (value: number) => new Array(16).fill(value);
  try {
    // Every other answer is not what was expected.
    const step = { INPUT0: tensor(1), INPUT1: tensor(2) };
    await Deno.writeTextFile(
      data,
      JSON.stringify({
        data: [step, step],
        validation_data: [{ OUTPUT0: tensor(3) }, { OUTPUT0: tensor(4) }],
      }),
    );
    const run = await runPerfJson([
      ...["-m", "simple", "-u", server.httpAddress!, "--request-count", "6", "--input-data", data],
      ...["--count-failures-as", "slow", "--max-error-rate", "100"],
    ]);
    assertEquals(run.code, 0, run.merged);
    const { latency, failedLatency, failedCount, requestCount } = run.level.reported;
    assertEquals([requestCount, failedCount], [3, 3]);
    assertEquals([latency!.count, failedLatency!.count], [6, 3]);
    assertStringIncludes(run.stdout, "Failed requests took: avg");
    assertStringIncludes(run.stdout, "Failed requests count as the slowest ones in all latencies");
  } finally {
    await server.close();
    await Deno.remove(data);
  }
});

Deno.test("perf_client refuses schedules that make no sense before it sends anything", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/back`, "5\n4\n");
    await Deno.writeTextFile(`${folder}/json`, '{"intervals": []}\n');
    const cases: [args: string[], says: RegExp][] = [
      [["--request-rate", "0"], /"0" for --request-rate: a rate is above 0/],
      [["--request-rate", "20:10"], /END is below START/],
      [["--request-rate", "fast"], /"fast" is not a number/],
      [["--request-rate", "10", "-t", "2"], /a load has a rate or a concurrency, not both/],
      [["--request-rate", "10", "--ramp", "0:1:1s"], /are two schedules/],
      [["--request-rate", "10", "--request-distribution", "gamma:0"], /expected constant/],
      [["--ramp", "0:0:1s"], /expected FROM:TO:TIME/],
      [["--stages", "10@5"], /expected RATE@TIME/],
      [["--schedule", `${folder}/back`], /line 2: the schedule goes back in time/],
      [["--request-intervals", `${folder}/json`], /line 1: expected microseconds/],
      [["--periodic-concurrency-range", "5"], /expected START:END:STEP/],
      [["--periodic-concurrency-range", "9:5:1"], /1 <= START <= END/],
      [["--periodic-concurrency-range", "1:9:2", "-t", "2"], /with -t: both set the load/],
      [["--request-period", "2"], /belongs to --periodic-concurrency-range/],
      [["--scenario", "stream"], /single-stream.*offline/s],
      [["--scenario", "server", "-l", "5"], /needs --request-rate/],
      [["--scenario", "server", "--request-rate", "5"], /needs a latency limit: set -l/],
      [["--scenario", "offline", "--request-rate", "1:2"], /give one rate/],
      [["--scenario", "single-stream", "-t", "2"], /Cannot use -t with --scenario/],
      [["--scenario", "single-stream", "-b", "2"], /a query has one sample/],
      [["--scenario", "multi-stream", "-b", "3"], /-b must divide them/],
      [["--sample-seed", "2"], /belong to --scenario/],
      [["--count-failures-as", "fast"], /apart.*slow/s],
      [["--duration", "10"], /expected a time such as 90s or 10m/],
    ];
    for (const [args, says] of cases) {
      const run = await runPerf(["-m", "simple", "-u", "127.0.0.1:1", ...args]);
      assertEquals(run.code, 2, `${args.join(" ")}: ${run.merged}`);
      assertMatch(run.stderr, says);
      assertEquals(run.stdout, "");
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a schedule names the input of each request", async () => {
  const server = await startServer({ httpPort: 0, grpcPort: false });
  const folder = await Deno.makeTempDir();
  try {
    const all = (value: number) => ({ content: Array(16).fill(value), shape: [16] });
    const sums = [5, 6, 99].map((value) => ({ OUTPUT0: all(value), OUTPUT1: all(value) }));
    const data = {
      data: [5, 6, 7].map((value) => ({ INPUT0: all(value), INPUT1: all(0) })),
      // The third one is wrong: whoever sends it has a failure.
      validation_data: sums,
    };
    await Deno.writeTextFile(`${folder}/data.json`, JSON.stringify(data));
    const run = async (schedule: string) => {
      await Deno.writeTextFile(`${folder}/moments`, schedule);
      return await runPerfJson([
        ...["-m", "simple", "-u", server.httpAddress!, "--input-data", `${folder}/data.json`],
        ...["--schedule", `${folder}/moments`, "--max-error-rate", "100"],
      ]);
    };
    const right = await run("0 1\n1 0\n2 1\n3 1\n4\n5 0\n6\n");
    // After input 1 comes 2, in turn; after input 0 comes 1.
    assertEquals([right.level.counts.sent, right.level.counts.failed], [7, 1], right.merged);
    const wrong = await run("0 2\n1 2\n2 0\n3 2\n");
    assertEquals([wrong.level.counts.sent, wrong.level.counts.failed], [4, 3], wrong.merged);
    await Deno.writeTextFile(`${folder}/moments`, "0\n1 3\n");
    const missing = await runPerf([
      ...["-m", "simple", "-u", server.httpAddress!, "--input-data", `${folder}/data.json`],
      ...["--schedule", `${folder}/moments`],
    ]);
    assertEquals([missing.code, missing.stdout], [1, ""], missing.merged);
    assertStringIncludes(missing.stderr, "request 2 names input 3, and the data has inputs 0 to 2");
  } finally {
    await server.close();
    await Deno.remove(folder, { recursive: true });
  }
});
