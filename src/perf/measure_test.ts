import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertGreater,
  assertLess,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { InferenceError } from "../base/errors.ts";
import { measure, type PerfParts } from "./measure.ts";
import { percentileOf } from "./percentile.ts";
import { createRandom } from "./random.ts";
import { type FakeBehaviour, FakeServer } from "./testing/fake_protocol.ts";
import { VirtualClock } from "./testing/virtual_clock.ts";
import {
  DEFAULT_SETTINGS,
  type PerfProgress,
  type PerfResult,
  type PerfSettings,
} from "./types.ts";

interface Run {
  readonly result: PerfResult;
  readonly server: FakeServer;
  readonly clock: VirtualClock;
}

async function run(
  behaviour: FakeBehaviour,
  settings: Partial<PerfSettings> = {},
  options: {
    readonly model?: ConstructorParameters<typeof FakeServer>[2];
    readonly parts?: Partial<PerfParts>;
    readonly clock?: VirtualClock;
  } = {},
): Promise<Run> {
  const clock = options.clock ?? new VirtualClock();
  const server = new FakeServer(clock, behaviour, options.model);
  const wire = settings.streaming ? "grpc" : "http";
  const result = await clock.run(measure(
    { ...DEFAULT_SETTINGS, modelName: server.model.name, windowMs: 1000, ...settings },
    {
      protocol: server.connect(wire),
      connect: () => Promise.resolve(server.connect(wire)),
      clock,
      toolVersion: "0",
      startedAt: new Date(0),
      cpuTime: () => 0,
      random: () => 0.5,
      ...options.parts,
    },
  ));
  for (const level of result.levels) {
    const { sent, succeeded, failed, inFlight } = level.counts;
    assertEquals(sent, succeeded + failed + inFlight, "sent = succeeded + failed + in flight");
  }
  return { result, server, clock };
}

const levelsTo = (end: number) => ({ start: 1, end, step: 1, search: true });
const seeded = () => {
  const seed = Date.now() >>> 0;
  console.log(`seed ${seed}`);
  return createRandom(seed);
};

Deno.test("measure: a constant latency gives exactly its figures, stable after three passes", async () => {
  const { result, server } = await run({ latency: () => 4 }, {
    levels: { start: 3, end: 3, step: 1, search: false },
    batchSize: 2,
  });
  const [level] = result.levels;
  assertEquals([level!.outcome, level!.passes.length, level!.warnings], ["stable", 3, []]);
  const { latency, client, server: figures, ...pass } = level!.reported;
  assertEquals([pass.requestCount, pass.windowMs, pass.failedCount], [750, 1000, 0]);
  assertAlmostEquals(pass.inferPerSecond, 1500, 1e-6);
  assertEquals([latency!.minUs, latency!.averageUs, latency!.maxUs], [4000, 4000, 4000]);
  assertEquals(latency!.deviationUs, 0);
  assertEquals(
    [client.sendUs, client.waitUs, client.receiveUs, client.requestUs],
    [1000, 2000, 1000, 4000],
  );
  assertEquals([client.overheadUs, client.delayUs, client.lagMaxUs], [0, 0, 0]);
  assertEquals([figures!.totalUs, figures!.queueUs, figures!.computeUs], [100, 30, 50]);
  assertEquals(figures!.requestCount, 900);
  assertEquals(server.encoded, 1, "a request is encoded once");
  assertEquals(server.closed, 1, "the load's protocol is closed");
});

Deno.test("measure: a skewed latency distribution comes out as it went in", async () => {
  const random = seeded();
  const drawn: number[] = [];
  const latency = () => {
    const ms = 0.5 + Math.round(random.unit() ** 6 * 20_000) / 1000;
    drawn.push(ms);
    return ms;
  };
  const { result } = await run({ latency }, {
    levels: { start: 4, end: 4, step: 1, search: false },
    windowMs: 2000,
    stabilityPercent: 1000,
  });
  const pass = result.levels[0]!.reported;
  const all = drawn.toSorted((a, b) => a - b);
  const mean = all.reduce((sum, ms) => sum + ms, 0) / all.length;
  const near = (actual: number, expected: number, share: number) =>
    assertAlmostEquals(actual, expected, expected * share);
  near(pass.inferPerSecond, 4 / mean * 1000, 0.1);
  near(pass.latency!.averageUs, mean * 1000, 0.1);
  for (const { percentile, us } of pass.latency!.percentiles) {
    if (percentile <= 99) near(us, percentileOf(all, percentile) * 1000, 0.25);
  }
});

Deno.test("measure: a search goes up level by level and stops at the limit", async () => {
  const { result } = await run({ latency: () => 10 }, { levels: levelsTo(3) });
  assertEquals(result.levels.map((level) => level.concurrency), [1, 2, 3]);
  assertEquals(
    result.levels.map((level) => Math.round(level.reported.inferPerSecond)),
    [100, 200, 300],
  );
  const limited = await run({ latency: () => 10 }, {
    levels: { ...levelsTo(0), latencyLimitMs: 10 },
  });
  assertEquals(limited.result.levels.length, 1);
});

Deno.test("measure: 5 % refused requests are counted by message, latencies are the others'", async () => {
  const refuse = (n: number) =>
    n % 20 === 7
      ? new InferenceError("INTERNAL", n % 40 === 7 ? "out of memory" : "busy")
      : undefined;
  const { result } = await run({ latency: (n) => n % 20 === 7 ? 50 : 5, refuse });
  const [level] = result.levels;
  assertEquals(level!.reported.latency!.maxUs, 5000);
  assertAlmostEquals(level!.reported.errorRate, 0.05, 0.005);
  assertEquals(level!.errors.map((group) => group.message).sort(), ["busy", "out of memory"]);
  assertEquals(level!.errors.reduce((sum, group) => sum + group.count, 0), level!.counts.failed);
  assertEquals(level!.outcome, "stable");
});

Deno.test("measure: more failures than allowed end the level, and the search", async () => {
  const refuse = (n: number) => n % 2 ? new InferenceError("INTERNAL", "odd") : undefined;
  const { result } = await run({ latency: () => 5, refuse }, {
    maxErrorRate: 0.1,
    levels: levelsTo(4),
  });
  assertEquals(result.levels.length, 1);
  assertEquals([result.levels[0]!.outcome, result.levels[0]!.passes.length], ["errors", 1]);
  assertMatch(
    result.levels[0]!.reason!,
    /^(50|49\.8) % of the requests failed, more than the 10 % allowed: INTERNAL - odd$/,
  );
});

Deno.test("measure: when every request is refused, one pass is enough", async () => {
  const refuse = () => new InferenceError("INVALID_ARG", "no such input");
  const { result } = await run({ latency: () => 5, refuse });
  const [level] = result.levels;
  assertEquals([level!.outcome, level!.passes.length], ["errors", 1]);
  assertEquals(level!.reported.latency, undefined);
  assertStringIncludes(level!.reason!, "INVALID_ARG - no such input");
});

Deno.test("measure: a server that is down for 2 s is not asked by the million, and is measured after", async () => {
  const up = (now: number) => now < 2000 || now > 4000;
  const { result, server } = await run({ latency: () => 5, up }, { maxPasses: 20 });
  const [level] = result.levels;
  assertEquals(level!.outcome, "stable");
  assertEquals(level!.errors[0]!.code, "CONNECTION");
  assertGreater(level!.counts.failed, 15);
  assertLess(level!.counts.failed, 40);
  assertEquals(server.received.length, level!.counts.succeeded + level!.counts.inFlight);
});

Deno.test("measure: requests that are never answered time out and stay out of the latencies", async () => {
  const { result } = await run({ latency: (n) => n % 10 === 3 ? Infinity : 5 }, {
    timeoutMs: 100,
    levels: { start: 2, end: 2, step: 1, search: false },
  });
  const [level] = result.levels;
  assertEquals(level!.errors[0]!.code, "TIMEOUT");
  assertEquals(level!.reported.latency!.maxUs, 5000);
  assertEquals(level!.outcome, "stable");
});

Deno.test("measure: a server that never answers is unstable, with every request in flight", async () => {
  const { result, clock } = await run({ latency: () => Infinity }, {
    levels: { start: 5, end: 5, step: 1, search: false },
    maxPasses: 3,
  });
  const [level] = result.levels;
  assertEquals(level!.outcome, "unstable");
  assertStringIncludes(level!.reason!, "no request ended");
  assertEquals(level!.counts, { sent: 5, succeeded: 0, failed: 0, inFlight: 5 });
  assertAlmostEquals(clock.now(), 1000 + 3 * 1200 + 500, 1, "three passes and the grace");
});

Deno.test("measure: an abort reports what there is", async () => {
  const early = new AbortController();
  const clock = new VirtualClock();
  clock.at(1000 + 600, () => early.abort());
  const cut = await run({ latency: () => 5 }, {}, { clock, parts: { signal: early.signal } });
  const [level] = cut.result.levels;
  assertEquals([level!.outcome, cut.result.aborted], ["aborted", true]);
  assertEquals(level!.reported.complete, false);
  assertAlmostEquals(level!.reported.windowMs, 500, 1e-6);
  assertAlmostEquals(level!.reported.inferPerSecond, 200, 3);
  assertLess(cut.clock.now(), 1000 + 600 + 500);

  const late = new AbortController();
  const second = new VirtualClock();
  second.at(1000 + 2 * 1200 + 300, () => late.abort());
  const kept = await run({ latency: () => 5 }, {}, {
    clock: second,
    parts: { signal: late.signal },
  });
  assertEquals(kept.result.levels[0]!.reported.pass, 2, "the last whole pass stands");
});

Deno.test("measure: unstable after the passes allowed, with the reason", async () => {
  const clock = new VirtualClock();
  const latency = () => Math.floor((clock.now() - 1000) / 1200) % 2 ? 5 : 10;
  const { result } = await run({ latency }, { maxPasses: 5 }, { clock });
  const [level] = result.levels;
  assertEquals([level!.outcome, level!.passes.length, level!.reported.pass], ["unstable", 5, 5]);
  assertStringIncludes(level!.reason!, "throughput of pass");
});

Deno.test("measure: fewer passes than stability takes are not judged", async () => {
  const { result } = await run({ latency: () => 5 }, { maxPasses: 1 });
  assertEquals([result.levels[0]!.outcome, result.levels[0]!.passes.length], ["unjudged", 1]);
});

Deno.test("measure: stability can be judged by a percentile", async () => {
  const { result } = await run({ latency: (n) => n % 10 === 0 ? 9 : 5 }, { percentile: 97 });
  const { percentiles } = result.levels[0]!.reported.latency!;
  assertEquals(percentiles.find((entry) => entry.percentile === 97)!.us, 9000);
});

Deno.test("measure: --request-count sends exactly that many, warm-up apart", async () => {
  for (const start of [1, 7]) {
    const { result, server } = await run({ latency: () => 5 }, {
      requestCount: 100,
      warmupRequestCount: 30,
      levels: { start, end: start, step: 1, search: false },
    });
    const [level] = result.levels;
    assertEquals(server.received.length, 130);
    assertEquals(level!.counts, { sent: 130, succeeded: 130, failed: 0, inFlight: 0 });
    assertEquals([level!.reported.requestCount, level!.passes.length], [100, 1]);
    assertEquals(level!.outcome, "unjudged");
    const rounds = Math.ceil(100 / start);
    assertAlmostEquals(level!.reported.windowMs, rounds * 5, 1e-6);
  }
});

Deno.test("measure: count_windows end when enough requests have ended", async () => {
  const { result } = await run({ latency: () => 5 }, {
    measurementMode: "count_windows",
    windowRequestCount: 200,
  });
  const { reported, outcome } = result.levels[0]!;
  assertEquals(outcome, "stable");
  assert(reported.requestCount >= 200 && reported.requestCount <= 203);
  assertAlmostEquals(reported.inferPerSecond, 200, 2);
});

Deno.test("measure: another client's requests in the server's figures are noticed", async () => {
  const { result } = await run({ latency: () => 5, foreign: 50 });
  assertEquals(result.levels[0]!.warnings.length, 1);
  assertStringIncludes(result.levels[0]!.warnings[0]!, "requests of other clients");
});

Deno.test("measure: a busy client is a warning", async () => {
  const clock = new VirtualClock();
  const { result } = await run({ latency: () => 5 }, {}, {
    clock,
    parts: { cpuTime: () => clock.now() * 0.95 },
  });
  assertStringIncludes(result.levels[0]!.warnings[0]!, "the client itself is the bottleneck");
  assertAlmostEquals(result.levels[0]!.reported.client.cpuShare, 0.95, 1e-6);
});

Deno.test("measure: progress tells the pass, the figures so far and the time left", async () => {
  const seen: PerfProgress[] = [];
  await run({ latency: () => 5 }, { warmupRequestCount: 10 }, {
    parts: { observer: { progress: (progress) => seen.push(progress) } },
  });
  assertEquals(seen[0]!.phase, "warm-up");
  const measuring = seen.filter(({ phase }) => phase === "measuring");
  assertEquals([...new Set(measuring.map(({ pass }) => pass))], [1, 2, 3]);
  const last = measuring.at(-1)!;
  assertAlmostEquals(last.inferPerSecond, 200, 2);
  assertAlmostEquals(last.p50Us!, 5000, 5);
  assertEquals(last.passLeftMs, 0);
});

Deno.test("measure: set-up failures throw and send nothing", async () => {
  const latency = () => 5;
  await assertRejects(
    () => run({ latency }, { modelName: "nosuch" }),
    InferenceError,
    "unknown model 'nosuch'",
  );
  await assertRejects(
    () => run({ latency }, { batchSize: 9 }),
    InferenceError,
    "expecting batch size <= 8 for model 'fake'",
  );
  await assertRejects(
    () => run({ latency }, { batchSize: 2 }, { model: { maxBatchSize: 0 } }),
    InferenceError,
    "expecting batch size 1 for model 'fake' which does not support batching",
  );
  await assertRejects(
    () => run({ latency }, {}, { model: { decoupled: true } }),
    InferenceError,
    "decoupled",
  );
});
