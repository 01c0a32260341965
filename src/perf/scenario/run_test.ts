import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { InferenceError } from "../../base/errors.ts";
import type { LoadInput } from "../input_data/given.ts";
import { measure } from "../measure.ts";
import { scenarioText } from "../report/scenario_text.ts";
import { type FakeBehaviour, FakeServer } from "../testing/fake_protocol.ts";
import { VirtualClock } from "../testing/virtual_clock.ts";
import { DEFAULT_SETTINGS, type PerfSettings } from "../types.ts";
import { queriesOf } from "./run.ts";
import { RULES, type ScenarioName, type ScenarioSettings } from "./settings.ts";

async function run(
  scenario: ScenarioName,
  behaviour: FakeBehaviour,
  changes: Partial<ScenarioSettings> = {},
  others: Partial<PerfSettings> & { input?: never } = {},
  input?: LoadInput,
) {
  const clock = new VirtualClock(0);
  const server = new FakeServer(clock, behaviour);
  const settings: PerfSettings = {
    ...DEFAULT_SETTINGS,
    modelName: "fake",
    scenario: {
      ...{ scenario, ...RULES[scenario], minDurationMs: 10_000, samplesPerQuery: 1 },
      ...{ scheduleSeed: 1, sampleSeed: 2, ...changes },
    },
    ...others,
  };
  const result = await clock.run(measure(settings, {
    protocol: server.connect(),
    connect: () => Promise.resolve(server.connect()),
    clock,
    input,
    toolVersion: "0",
    startedAt: new Date(0),
    cpuTime: () => 0,
  }));
  return { result, scenario: result.scenario!, server, settings };
}

const open = { schedule: { levels: [], maxInFlight: 64, pacing: "economical" } } as const;

Deno.test("SingleStream: one at a time, until both the time and the queries are reached", async () => {
  const { scenario, result, settings } = await run("SingleStream", {
    latency: (n) => n % 20 === 19 ? 50 : 10,
  });
  // 10 s at 12 ms each on average.
  assert(scenario.queryCount >= 833 && scenario.queryCount < 850, `${scenario.queryCount}`);
  assertEquals([scenario.valid, scenario.failedCount], [true, 0]);
  assertEquals(scenario.metric, { name: "90.0th percentile latency (ns)", value: 10_000_000 });
  assertEquals(scenario.figures.early_stopping_latency_ss, 10_000_000);
  assertEquals(scenario.figures.early_stopping_latency_ms, 50_000_000);
  assertEquals(scenario.figures["result_97.00_percentile_latency_ns"], 50_000_000);
  assertAlmostEquals(scenario.figures.result_qps_without_loadgen_overhead!, 1000 / 12, 0.5);
  assertEquals(result.levels[0]!.counts.sent, scenario.queryCount);
  const text = scenarioText(scenario, settings.scenario);
  assertStringIncludes(text, "not an MLPerf submission");
  assertStringIncludes(text, "Scenario : SingleStream\nMode     : PerformanceOnly\n90.0th");
  assertStringIncludes(text, "Result is : VALID\n  Min duration satisfied : Yes");
  assertStringIncludes(text, "MLPerf's rules ask for at least 600 s and 100 queries");
});

Deno.test("SingleStream: slow queries go on until there are enough of them", async () => {
  const { scenario } = await run("SingleStream", { latency: () => 1000 });
  // The end is looked for a few times a second.
  assert(scenario.queryCount >= 100 && scenario.queryCount <= 102, `${scenario.queryCount}`);
  assertEquals(scenario.figures.early_stopping_latency_ms, undefined);
});

Deno.test("MultiStream: eight samples a query, the next one after the last of them", async () => {
  const { scenario, server, result } = await run("MultiStream", {
    latency: (n) => 10 + n % 8,
  }, { samplesPerQuery: 8 });
  assert(scenario.queryCount >= 662 && scenario.queryCount < 670, `${scenario.queryCount}`);
  assertEquals(
    [scenario.sampleCount, server.received.length],
    Array(2).fill(scenario.queryCount * 8),
  );
  assertEquals(scenario.metric, { name: "99.0th percentile latency (ns)", value: 17_000_000 });
  assertEquals(scenario.figures["result_50.00_percentile_latency_ns"], 14_000_000);
  assertEquals(scenario.figures["result_50.00_percentile_per_query_latency_ns"], 17_000_000);
  assertEquals([scenario.valid, result.levels[0]!.concurrency], [true, 8]);
});

Deno.test("Server: Poisson arrivals that end with the schedule, judged by its target", async () => {
  const target = { targetQps: 200, targetLatencyMs: 15 };
  const good = await run("Server", { latency: (n) => n % 400 === 0 ? 30 : 5 }, target, open);
  const { valid, queryCount, figures } = good.scenario;
  assertEquals([valid, good.scenario.earlyStopping], [true, "Run successful."]);
  assert(queryCount > 1800 && queryCount < 2200, `${queryCount}`);
  assertEquals(figures.result_overlatency_query_count, Math.ceil(queryCount / 400));
  assertAlmostEquals(figures.result_scheduled_samples_per_sec!, 200, 10);
  assertAlmostEquals(figures.result_completed_samples_per_sec!, 200, 10);
  const slow = await run("Server", { latency: (n) => n % 50 === 0 ? 30 : 5 }, target, open);
  assertEquals(slow.scenario.valid, false);
  assertEquals(slow.scenario.rules.map(({ rule, kept }) => [rule, kept]), [
    ["Performance constraints satisfied", false],
    ["Min duration satisfied", true],
    ["Min queries satisfied", true],
    ["Early stopping satisfied", false],
  ]);
  assertStringIncludes(slow.scenario.earlyStopping!, "Would need to run at least");
});

Deno.test("Server: the number of queries is that of LoadGen's loop", () => {
  const constant = { kind: "rate", distribution: "constant", shape: 1, burst: 1, seed: 1 } as const;
  // Due at 0, 100, ... 1000 ms: the eleventh is due after the least duration.
  assertEquals(queriesOf({ ...constant, rate: 10 }, 1000, 5), 11);
  assertEquals(queriesOf({ ...constant, rate: 10 }, 1000, 50), 50);
});

Deno.test("Offline: everything is due at once, and counts from then", async () => {
  const { scenario, server } = await run(
    "Offline",
    { latency: () => 10 },
    { targetQps: 6400, minQueryCount: 100 },
    open,
  );
  // 1.1 x 10 s x 6,400, 64 at a time in 10 ms: 11 s.
  assertEquals([scenario.sampleCount, server.received.length], [70_400, 70_400]);
  assertEquals([scenario.valid, scenario.queryCount], [true, 1]);
  assertAlmostEquals(scenario.metric.value, 6400, 1);
  const short = await run(
    "Offline",
    { latency: () => 1 },
    { targetQps: 640, minQueryCount: 1 },
    open,
  );
  assertEquals(short.scenario.valid, false);
  assertStringIncludes(
    short.scenario.rules.map(({ advice }) => advice).join(),
    "Increase expected",
  );
});

Deno.test("a failed sample makes a run invalid", async () => {
  const { scenario } = await run("SingleStream", {
    latency: () => 50,
    refuse: (n) => n === 5 ? new InferenceError("INVALID_ARG", "no") : undefined,
  });
  assertEquals([scenario.valid, scenario.failedCount], [false, 1]);
  assertEquals(scenario.rules.at(-1)!.rule, "All samples answered");
});
