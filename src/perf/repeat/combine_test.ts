/**
 * Runs as one result: percentiles of all requests, intervals over the runs, the worst outcome.
 *
 * @module
 */
import { assert, assertAlmostEquals, assertEquals, assertMatch } from "@std/assert";
import { measure } from "../measure.ts";
import { percentileOf, percentileUs } from "../percentile.ts";
import { createRandom } from "../random.ts";
import { jsonReport } from "../report/json.ts";
import { runLine, runsText } from "../report/run_text.ts";
import { levelText } from "../report/text.ts";
import { parseRun } from "../run_file/read.ts";
import {
  exampleLevel,
  exampleMetrics,
  examplePass,
  exampleResult,
  exampleServer,
} from "../testing/example_result.ts";
import { FakeServer } from "../testing/fake_protocol.ts";
import { VirtualClock } from "../testing/virtual_clock.ts";
import { DEFAULT_SETTINGS, type PerfResult } from "../types.ts";
import { combineRuns } from "./combine.ts";
import { poolPasses } from "./pool_passes.ts";

/** Three passes, two in flight, answers of `factor` times 8 to 12 ms; `times` gets those it gave. */
async function run(seed: number, factor: number, times: number[] = []): Promise<PerfResult> {
  const random = createRandom(seed);
  const clock = new VirtualClock();
  const latency = () => {
    const ms = factor * (8 + 4 * random.unit());
    times.push(ms);
    return ms;
  };
  const server = new FakeServer(clock, { latency });
  return await clock.run(measure(
    {
      ...DEFAULT_SETTINGS,
      modelName: server.model.name,
      windowMs: 1000,
      levels: { start: 2, end: 2, step: 1, search: false },
      thresholds: ["avg<11ms"],
    },
    {
      protocol: server.connect(),
      connect: () => Promise.resolve(server.connect()),
      clock,
      toolVersion: "0",
      startedAt: new Date(1000 * seed),
      cpuTime: () => 0,
      random: () => 0.5,
    },
  ));
}

Deno.test("repeat: figures of all requests, intervals over the runs", async () => {
  const results = [await run(1, 1), await run(2, 1.2), await run(3, 1.4)];
  const combined = combineRuns(results);
  const [level] = combined.levels;
  const reported = results.map(({ levels }) => levels[0]!.reported);
  assertEquals(level!.reported.requestCount, reported.reduce((sum, p) => sum + p.requestCount, 0));
  const mean = reported.reduce((sum, p) => sum + p.inferPerSecond, 0) / 3;
  assertAlmostEquals(level!.reported.inferPerSecond, mean, 1e-9);
  const [low, high] = level!.overall!.inferPerSecondCi95!;
  assert(low < reported[2]!.inferPerSecond && high > reported[0]!.inferPerSecond);
  assertEquals(level!.overall!.basis, { by: "runs", count: 3 });
  assertEquals(level!.overall!.passCount, 9);
  // The pooled average lies between those of the runs, and the interval holds it.
  const average = level!.reported.latency!.averageUs;
  assert(average > reported[0]!.latency!.averageUs && average < reported[2]!.latency!.averageUs);
  const [from, to] = level!.reported.latency!.averageCi95!;
  assert(from <= average && average <= to);
  assertEquals(combined.thresholds!.map(({ value }) => value), [average]);
  assertEquals(level!.outcome, "stable");
  assertEquals(level!.spread!.kind, "spread");
  assertEquals(combined.runs!.map(({ run, startedAt }) => [run, startedAt]), [
    [1, "1970-01-01T00:00:01.000Z"],
    [2, "1970-01-01T00:00:02.000Z"],
    [3, "1970-01-01T00:00:03.000Z"],
  ]);
  const text = levelText(level!, combined);
  assertMatch(text, /95 % intervals, over 3 runs:/);
  assertMatch(text, /Runs spread: \d+/);
  assertEquals(runsText(level!, 3), "*** All 3 runs together ***\n");
  const read = parseRun("Cannot read it", jsonReport(combined));
  assertEquals(read.runs!.map(({ levels }) => levels.length), [1, 1, 1]);
  assertEquals(read.levels[0]!.reported.latency!.count, level!.reported.requestCount);
});

Deno.test("repeat: percentiles are those of all requests, not means of percentiles", () => {
  // 3 runs of 100 requests each: one slow run has all of the slowest tenth.
  const values = [...new Array(270).fill(10_000), ...new Array(30).fill(90_000)];
  const pass = (fast: number, slow: number) =>
    examplePass({
      requestCount: fast + slow,
      latency: {
        ...examplePass().latency!,
        count: fast + slow,
        minUs: 10,
        maxUs: 90,
        averageUs: (fast * 10 + slow * 90) / (fast + slow),
        percentiles: [50, 95].map((percentile) => ({ percentile, us: 10 })),
        buckets: [...fast > 0 ? [`9992:${fast}`] : [], ...slow > 0 ? [`89984:${slow}`] : []]
          .join(" "),
      },
    });
  const { latency } = poolPasses([pass(100, 0), pass(100, 0), pass(70, 30)]);
  assertEquals(latency!.count, 300);
  assertAlmostEquals(percentileUs(latency!, 95)!, percentileOf(values, 95) / 1000, 0.1);
  assertAlmostEquals(percentileUs(latency!, 50)!, 10, 0.01);
  assertAlmostEquals(latency!.averageUs, 18, 1e-6);
});

Deno.test("repeat: what the server counts adds up, its instances are the same ones", () => {
  const server = { ...exampleServer(), busyInstances: 1.5, instances: 2, utilization: 0.75 };
  const pooled = poolPasses([
    examplePass({ server, metrics: [exampleMetrics()] }),
    examplePass({ server: { ...server, requestCount: 360, queueUs: 10.9 }, windowMs: 3000 }),
    examplePass({ metrics: [exampleMetrics()] }),
  ]);
  assertEquals(pooled.server!.requestCount, 120 + 360 + 120);
  assertEquals([pooled.server!.instances, pooled.windowMs], [undefined, 5000]);
  assertAlmostEquals(pooled.server!.queueUs, (480 * 30.9 - 360 * 20 + 120 * 30.9) / 600, 1e-9);
  const two = poolPasses([examplePass({ server }), examplePass({ server })]).server!;
  assertEquals([two.instances, two.busyInstances, two.utilization], [2, 1.5, 0.75]);
  const [page] = pooled.metrics!;
  assertEquals([page!.scrapeCount, page!.series.length], [6, 3]);
  assertEquals(page!.series.map(({ increase }) => increase), [undefined, 24, 24]);
  assertEquals(page!.series[0]!.average, 0.25);
});

Deno.test("repeat: the worst run gives the outcome, and what several warn of is told once", () => {
  const unstable = exampleLevel({
    outcome: "unstable",
    reason: "passes differ",
    warnings: ["late", "alone"],
  });
  const aborted = exampleLevel(
    { outcome: "aborted", reason: "ended" },
    examplePass({ complete: false, latency: undefined, requestCount: 0 }),
  );
  const late = exampleLevel({ warnings: ["late"] });
  const { levels: [level], aborted: ended } = combineRuns([
    exampleResult([late]),
    exampleResult([unstable]),
    exampleResult([late], { aborted: true }),
  ]);
  assertEquals([level!.outcome, level!.reason], ["unstable", "run 2: passes differ"]);
  assertEquals(level!.warnings, ["run 1, 2, 3: late", "run 2: alone"]);
  assertEquals(level!.counts, { sent: 390, succeeded: 384, failed: 0, inFlight: 6 });
  assertEquals(ended, true);
  const cut = combineRuns([exampleResult([late]), exampleResult([aborted])]).levels[0]!;
  assertEquals([cut.outcome, cut.reported.requestCount], ["aborted", 100]);
});

Deno.test("repeat: levels that not every run has", () => {
  const at = (concurrency: number) => exampleLevel({ concurrency });
  const { levels } = combineRuns([
    exampleResult([at(1), at(2)]),
    exampleResult([at(1), at(2), at(3)]),
  ]);
  assertEquals(levels.map(({ concurrency, counts }) => [concurrency, counts.sent]), [
    [1, 260],
    [2, 260],
    [3, 130],
  ]);
});

Deno.test("repeat: a line a run", () => {
  const context = exampleResult();
  assertEquals(
    runLine("Run 2 of 5", exampleLevel(), context),
    "Run 2 of 5, concurrency 2: 100.25 infer/sec, avg 1000 usec, p50 1500 usec, p99 1990 usec\n",
  );
  const counts = { sent: 10, succeeded: 0, failed: 10, inFlight: 0 };
  const dead = examplePass({ latency: undefined });
  assertEquals(
    runLine(
      "Run 1 of 5",
      exampleLevel({ outcome: "errors", counts, requestRate: 5 }, dead),
      context,
    ),
    "Run 1 of 5, request rate 5: no valid requests, 10 failed, errors\n",
  );
});
