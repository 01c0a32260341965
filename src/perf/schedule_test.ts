import { assert, assertAlmostEquals, assertEquals, assertMatch } from "@std/assert";
import { measure } from "./measure.ts";
import { FakeServer } from "./testing/fake_protocol.ts";
import { VirtualClock } from "./testing/virtual_clock.ts";
import { DEFAULT_SETTINGS, type PerfSettings, type TimeFigures } from "./types.ts";

const onSchedule = (requestRate: number, changes: Partial<PerfSettings> = {}): PerfSettings => ({
  ...DEFAULT_SETTINGS,
  modelName: "fake",
  schedule: {
    levels: [{
      requestRate,
      arrivals: {
        kind: "rate",
        rate: requestRate,
        distribution: "constant",
        shape: 1,
        burst: 1,
        seed: 1,
      },
    }],
    maxInFlight: 1024,
    pacing: "economical",
  },
  ...changes,
});

/** Measures on a virtual clock; `latency` tells a request's time from the moment it arrives. */
async function run(settings: PerfSettings, latency: (now: number) => number) {
  const clock = new VirtualClock(0);
  const server = new FakeServer(clock, { latency: () => latency(clock.now()) });
  const protocol = server.connect();
  const result = await clock.run(measure(settings, {
    protocol,
    connect: () => Promise.resolve(server.connect()),
    clock,
    toolVersion: "0",
    startedAt: new Date(0),
    cpuTime: () => 0,
  }));
  return { level: result.levels[0]!, server };
}

const at = (figures: TimeFigures | undefined, percentile: number) =>
  figures!.percentiles.find((entry) => entry.percentile === percentile)!.us / 1000;

/** Answers in 1 ms, but freezes for the last second of every ten. */
const freezing = (now: number) => {
  const phase = now % 10_000;
  return phase < 9000 ? 1 : Math.max(1, 10_000 - phase + 1);
};

Deno.test("the response latency tells of a stall as arithmetic does", async () => {
  const { level } = await run(onSchedule(200, { requestCount: 8000 }), freezing);
  const { latency, serviceLatency, delay } = level.reported;
  assertEquals(level.counts.succeeded, 8000);
  assertAlmostEquals(at(latency, 95), 501, 15);
  assertAlmostEquals(at(latency, 99), 901, 27);
  assertAlmostEquals(latency!.maxUs / 1000, 1001, 30);
  assertAlmostEquals(at(serviceLatency, 99), 901, 27);
  assertEquals(delay!.maxUs, 0);
  assertEquals(level.warnings, []);
});

Deno.test("a request that waits for a free place is not dropped: its wait counts as delay", async () => {
  const settings = onSchedule(200, { requestCount: 8000 });
  const { level } = await run(
    { ...settings, schedule: { ...settings.schedule!, maxInFlight: 1 } },
    freezing,
  );
  const { latency, serviceLatency, delay } = level.reported;
  assertEquals(level.counts.succeeded, 8000);
  assertAlmostEquals(at(latency, 99), 901, 250);
  assertEquals(at(serviceLatency, 99), 1);
  assert(delay!.maxUs > 900_000, `${delay!.maxUs}`);
  assertEquals(level.warnings.length, 1);
  assertMatch(level.warnings[0]!, /^requests were sent behind the schedule, by \d+ usec/);
});

Deno.test("in a closed loop the same stall hardly shows, and the three latencies agree", async () => {
  const { level } = await run(
    { ...DEFAULT_SETTINGS, modelName: "fake", durationMs: 40_000, windowMs: 40_000 },
    freezing,
  );
  const { latency, serviceLatency, delay, windowMs } = level.reported;
  assertEquals(windowMs, 40_000);
  assertEquals(level.passes.length, 1);
  assertEquals(at(latency, 99), 1);
  assertEquals(serviceLatency, latency);
  assertEquals([delay!.count, delay!.maxUs], [latency!.count, 0]);
  assertEquals(level.requestRate, undefined);
});

Deno.test("a rate above what the server can take is overload, at the first pass", async () => {
  let free = 0;
  // One place, 2 ms a request: 500 a second.
  const queue = (now: number) => (free = Math.max(free, now) + 2) - now;
  const { level } = await run(onSchedule(1000), queue);
  assertEquals(level.outcome, "overload");
  assertEquals(level.passes.length, 1);
  assertMatch(level.reason!, /^above capacity: asked 1,000\/s, served (49\d|50\d)\/s/);
});

Deno.test("a rate that the server can take is stable and exact", async () => {
  const { level, server } = await run(onSchedule(1000), () => 5);
  assertEquals(level.outcome, "stable");
  assertEquals(level.requestRate, 1000);
  assertAlmostEquals(level.reported.inferPerSecond, 1000, 1);
  assert(server.received.length > 15_000);
});
