import { assert, assertAlmostEquals, assertEquals, assertMatch } from "@std/assert";
import { measure } from "../measure.ts";
import { percentileUs } from "../percentile.ts";
import { createRandom } from "../random.ts";
import { csvReport } from "../report/csv.ts";
import { levelText } from "../report/text.ts";
import {
  exampleIntervals,
  exampleLevel,
  examplePass,
  exampleResult,
} from "../testing/example_result.ts";
import { FakeServer } from "../testing/fake_protocol.ts";
import { VirtualClock } from "../testing/virtual_clock.ts";
import { DEFAULT_SETTINGS, type LevelResult, type PerfSettings } from "../types.ts";

async function level(
  latency: (n: number) => number,
  settings: Partial<PerfSettings> = {},
): Promise<LevelResult> {
  const clock = new VirtualClock();
  const server = new FakeServer(clock, { latency });
  const result = await clock.run(measure(
    { ...DEFAULT_SETTINGS, modelName: server.model.name, windowMs: 1000, ...settings },
    {
      protocol: server.connect(),
      connect: () => Promise.resolve(server.connect()),
      clock,
      toolVersion: "0",
      startedAt: new Date(0),
      cpuTime: () => 0,
      random: () => 0.5,
    },
  ));
  return result.levels[0]!;
}

const closed = (concurrency: number) => ({
  levels: { start: concurrency, end: concurrency, step: 1, search: false },
});

Deno.test("intervals: runs of a second hold the true value in 90 to 99 of 100, through the load loop", async () => {
  const mean = 20;
  const concurrency = 8;
  const truth: Record<string, number> = {
    throughput: concurrency / mean * 1000,
    avg: mean * 1000,
    p50: Math.log(2) * mean * 1000,
    p90: Math.log(10) * mean * 1000,
    p99: Math.log(100) * mean * 1000,
  };
  const held: Record<string, number> = {};
  const note = (name: string, interval: readonly [number, number] | undefined) => {
    const [low, high] = interval!;
    if (low <= truth[name]! && truth[name]! <= high) held[name] = (held[name] ?? 0) + 1;
  };
  for (let seed = 1; seed <= 100; seed++) {
    const random = createRandom(seed);
    const exponential = () => -Math.log(1 - random.unit()) * mean;
    const { reported } = await level(exponential, { ...closed(concurrency), durationMs: 1000 });
    note("throughput", reported.inferPerSecondCi95);
    note("avg", reported.latency!.averageCi95);
    for (const p of [50, 90, 99]) {
      note(
        `p${p}`,
        reported.latency!.percentiles.find(({ percentile }) => percentile === p)!.ci95,
      );
    }
  }
  for (const name of Object.keys(truth)) {
    const count = held[name] ?? 0;
    assert(count >= 90 && count <= 99, `${name}: ${count} of 100`);
  }
});

Deno.test("intervals: they are about all passes, and hold the one that is reported", async () => {
  const random = createRandom(7);
  const { overall, reported, passes, spread, loadCheck } = await level(
    () => 5 + 10 * random.unit(),
    closed(4),
  );
  assertEquals(overall!.passCount, 3);
  assertEquals(overall!.requestCount, passes.reduce((sum, pass) => sum + pass.requestCount, 0));
  assertEquals(reported, passes.at(-1));
  const [low, high] = reported.inferPerSecondCi95!;
  assert(low <= reported.inferPerSecond && reported.inferPerSecond <= high);
  for (const { us, ci95 } of reported.latency!.percentiles) {
    assert(ci95![0] <= us && us <= ci95![1]);
  }
  assertEquals(passes[0]!.inferPerSecondCi95, undefined);
  assertEquals(spread!.kind, "steady");
  assertAlmostEquals(loadCheck!.inFlight, 4, 0.05);
  assertEquals(loadCheck!.asked, 4);
});

Deno.test("intervals: passes of two speeds give wide ones, and are named", async () => {
  // Every 400 requests the server changes between two ways of working.
  const latency = (n: number) => Math.floor(n / 400) % 2 === 0 ? 12 : 4;
  const { overall, spread, reported } = await level(latency, {
    ...closed(4),
    maxPasses: 8,
    stabilityPercent: 5,
  });
  assert(spread!.kind !== "steady");
  const [low, high] = reported.inferPerSecondCi95!;
  assert(high - low > 0.2 * overall!.inferPerSecond);
});

Deno.test("intervals: a percentile that takes more requests says how many", async () => {
  const { reported, overall } = await level((n) => 5 + n % 7, {
    ...closed(2),
    requestCount: 300,
  });
  const needed = overall!.percentiles.map((
    { percentile, neededCount },
  ) => [percentile, neededCount]);
  assertEquals(needed, [[50, undefined], [90, undefined], [95, undefined], [99, 662], [
    99.9,
    6636,
  ]]);
  assertEquals(percentileUs(reported.latency!, 50), overall!.percentiles[0]!.us);
});

Deno.test("intervals: with a schedule both latencies have theirs", async () => {
  const random = createRandom(3);
  const { reported, loadCheck } = await level(() => 2 + random.unit(), {
    durationMs: 2000,
    schedule: {
      levels: [{
        requestRate: 200,
        arrivals: { kind: "rate", rate: 200, burst: 1, seed: 1, distribution: "poisson", shape: 1 },
      }],
      maxInFlight: 64,
      pacing: "economical",
    },
  });
  const of = (times: typeof reported.latency) => times!.averageCi95!;
  assert(of(reported.latency)[0] <= 2600 && of(reported.latency)[1] >= 2400);
  assert(of(reported.serviceLatency)[0] <= 2550 && of(reported.serviceLatency)[1] >= 2450);
  assertEquals(loadCheck!.asked, undefined);
  assertAlmostEquals(loadCheck!.inFlight, 0.5, 0.1);
});

Deno.test("intervals: text and CSV", () => {
  const pass = examplePass();
  const latency = {
    ...pass.latency!,
    averageCi95: [900, 1100] as const,
    percentiles: pass.latency!.percentiles.map((figure) => ({
      ...figure,
      ci95: [figure.us - 1, figure.us + 1] as const,
      neededCount: figure.percentile === 99 ? 662 : undefined,
    })),
  };
  const reported = examplePass({ latency, inferPerSecondCi95: [90.5, 110.25] });
  const result = exampleResult([exampleLevel(exampleIntervals(), reported)]);
  const text = levelText(result.levels[0]!, result);
  assertMatch(
    text,
    / {2}95 % intervals, over 4 passes:\n {4}Throughput: 90\.5 to 110\.25 infer\/sec\n {4}Avg latency: 900 to 1100 usec\n/,
  );
  assertMatch(text, / {4}p99 latency: 1989 to 1991 usec, which takes 662 requests\n/);
  assertMatch(
    text,
    / {2}Passes fell into two groups: 9,300 to 10,400 and 20,200 to 23,800 infer\/s \(passes 1, 4 and 2, 3\)\n/,
  );
  assertMatch(text, / {2}In flight, as rate x latency: 1\.98 of 2\n/);
  const plain = csvReport(result);
  assert(!plain.includes("95%"));
  const [header, row] = csvReport(result, true).split("\n").map((line) => line.split(","));
  const at = (name: string) => row![header!.indexOf(name)];
  assertEquals(
    [at("Inferences/Second 95% low"), at("Inferences/Second 95% high"), at("p99 latency 95% high")],
    ["90.5", "110.25", "1991"],
  );
});
