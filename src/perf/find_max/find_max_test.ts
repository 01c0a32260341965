/** The search against queueing theory, and against servers that make it hard. */
import { assert, assertEquals } from "@std/assert";
import { InferenceError } from "../../base/errors.ts";
import { measure } from "../measure.ts";
import { FakeServer } from "../testing/fake_protocol.ts";
import { exponentialService, virtualSlots } from "../testing/queue.ts";
import { searchQueue, THEORY } from "../testing/searched_queue.ts";
import { VirtualClock } from "../testing/virtual_clock.ts";
import { DEFAULT_SETTINGS, type PerfSettings } from "../types.ts";
// Virtual time stands still while a module loads.
import "./find_max.ts";
import type { FindMaxSettings } from "./settings.ts";

const SEARCH: FindMaxSettings = {
  metric: "rate",
  precision: 0.02,
  confirmMs: 30_000,
  distribution: "poisson",
  shape: 1,
  burst: 1,
  seed: 1,
};

const settingsOf = (
  search: Partial<FindMaxSettings>,
  thresholds: readonly string[],
): PerfSettings => ({
  ...DEFAULT_SETTINGS,
  modelName: "fake",
  findMax: { ...SEARCH, ...search },
  schedule: search.metric === "concurrency"
    ? undefined
    : { levels: [], maxInFlight: 1024, pacing: "economical" },
  thresholds,
});

/** Searches on a virtual clock; `latency` tells a request's time from its arrival. */
async function search(
  settings: PerfSettings,
  latency: (now: number) => number,
  refuse?: (n: number) => InferenceError | undefined,
) {
  const clock = new VirtualClock(0);
  const server = new FakeServer(clock, { latency: () => latency(clock.now()), refuse });
  const result = await clock.run(measure(settings, {
    protocol: server.connect(),
    connect: () => Promise.resolve(server.connect()),
    clock,
    toolVersion: "0",
    startedAt: new Date(0),
    cpuTime: () => 0,
  }));
  return { ...result.findMax!, levels: result.levels, seconds: clock.now() / 1000 };
}

// Seeds are fixed, so the runs can be repeated; they are the first ones, not chosen ones. An answer is
// within 5 % in 9 of 10 runs: bench/find_max.ts counts more of them.
const SEEDS = Array.from({ length: 10 }, (_, i) => i + 1);

for (const queue of THEORY) {
  Deno.test(`the highest Poisson rate of ${queue.name} is that of queueing theory`, async () => {
    const off: number[] = [];
    for (const seed of SEEDS) {
      const { found, seconds, kept } = await searchQueue(queue, seed);
      assert(found!.confirmed && kept.includes(found!.value), `seed ${seed}`);
      assert(seconds < 180 + 30, `seed ${seed}: ${seconds} s`);
      off.push(found!.value / queue.highest - 1);
    }
    const near = off.filter((share) => Math.abs(share) <= 0.05).length;
    assert(near >= 8, `${near} of ${SEEDS.length}: ${off.map((share) => share.toFixed(3))}`);
  });
}

Deno.test("the whole search: its passes, its figures, and the run that confirms", async () => {
  const found = await search(
    settingsOf({ seed: 1, searchMs: 90_000 }, ["p99<=20ms"]),
    virtualSlots(1, exponentialService(2, 81)),
  );
  assert(found.confirmed);
  // 90 s of it tell 4 % at best; what lies 20 % off is a mistake.
  assert(Math.abs(found.value! / 269.74 - 1) < 0.2, `${found.value}`);
  assert(found.seconds < 125, `${found.seconds} s`);
  assertEquals(found.levels.length, found.path.length);
  const last = found.path.findLastIndex(({ phase, passed, value }) =>
    phase === "confirm" && passed && value === found.value
  );
  const { windowMs, latency } = found.levels[last]!.reported;
  assert(windowMs >= 30_000);
  assert(latency!.percentiles.find(({ percentile }) => percentile === 99)!.us <= 20_000);
});

Deno.test("requests in flight are whole numbers, and the limit lies between two of them", async () => {
  // Two slots of 5 ms each: six in flight take 15 ms, seven 20 ms now and then.
  const found = await search(
    settingsOf({ metric: "concurrency", confirmMs: 5000 }, ["max<16ms"]),
    virtualSlots(2, () => 5),
  );
  assertEquals([found.value, found.confirmed], [6, true]);
  assertEquals(found.path.map(({ value }) => value), [1, 2, 4, 8, 6, 7, 6]);
});

Deno.test("the highest load that was to be tried, and no lower one than the lowest", async () => {
  const quick = () => 1;
  const range = { from: 100, to: 300, confirmMs: 0 };
  const all = await search(settingsOf(range, ["p99<20ms"]), quick);
  assertEquals([all.value, all.confirmed], [300, false]);
  const none = await search(settingsOf(range, ["p99<0.5ms"]), quick);
  assertEquals([none.value, none.path.length], [undefined, 1]);
});

Deno.test("failures count: a server that refuses above a rate is found out", async () => {
  let second = 0;
  let count = 0;
  const found = await search(
    settingsOf({ from: 100, confirmMs: 10_000, distribution: "constant" }, ["errors<1%"]),
    (now) => {
      if (Math.floor(now / 1000) !== second) [second, count] = [Math.floor(now / 1000), 0];
      count++;
      return 1;
    },
    () => count > 500 ? new InferenceError("UNAVAILABLE", "too many requests") : undefined,
  );
  assert(found.value! > 480 && found.value! <= 510, `${found.value}`);
  assert(found.confirmed);
});

Deno.test("a load above capacity fails although its percentile could be met for a while", async () => {
  const found = await search(
    settingsOf({ from: 100, distribution: "constant" }, ["p99<60s"]),
    virtualSlots(1, () => 2),
  );
  assert(found.value! >= 480 && found.value! <= 515, `${found.value}`);
  assert(found.path.some(({ overload }) => overload));
});
