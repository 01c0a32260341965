import { assertEquals, assertThrows } from "@std/assert";
import { arrivalCursor, type Arrivals } from "./schedule/arrivals.ts";
import { shareOfLevel, shareSettings } from "./share.ts";
import { DEFAULT_SETTINGS, type PerfSettings } from "./types.ts";

const shards = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ index, count, source: "a test" }));
const settingsOf = (changes: Partial<PerfSettings>): PerfSettings => ({
  ...DEFAULT_SETTINGS,
  modelName: "simple",
  ...changes,
});
const moments = (arrivals: Arrivals, count: number) => {
  const cursor = arrivalCursor(arrivals);
  return Array.from({ length: count }, () => cursor.next()).filter((at) => at < Infinity);
};

Deno.test("the schedules of all shards together are the one schedule, moment by moment", () => {
  const kinds: Arrivals[] = [
    ...(["constant", "poisson", "gamma"] as const).map((distribution): Arrivals => ({
      ...{ kind: "rate", rate: 2000, distribution, shape: 2, burst: 3, seed: 7 },
    })),
    {
      ...{ kind: "stages", stages: [{ from: 0, to: 400, ms: 1000 }], seed: 3 },
      ...{ distribution: "poisson", shape: 1 },
    },
    { kind: "intervals", us: [10, 0, 700] },
    { kind: "offsets", ms: [0, 1, 1, 5, 9, 9, 9, 12] },
  ];
  for (const arrivals of kinds) {
    const whole = moments(arrivals, 2000);
    for (const count of [1, 3, 8]) {
      const settings = (shard: PerfSettings["shard"]) =>
        settingsOf({
          shard,
          requestCount: whole.length,
          schedule: {
            levels: [{ requestRate: 2000, arrivals }],
            maxInFlight: 4,
            pacing: "economical",
          },
        });
      const parts = shards(count).map((shard) => shareSettings(settings(shard)));
      const union = parts.flatMap(({ schedule, requestCount }) =>
        moments(schedule!.levels[0]!.arrivals, requestCount)
      );
      assertEquals(union.sort((a, b) => a - b), whole);
      const rates = parts.map(({ schedule }) => schedule!.levels[0]!.requestRate);
      assertEquals(rates.reduce((a, b) => a + b), 2000);
    }
  }
});

Deno.test("concurrency, counts and correlation ids are split, seeds differ, nothing is lost", () => {
  const parts = shards(8).map((shard) =>
    shareSettings(settingsOf({
      shard,
      levels: { start: 19, end: 19, step: 1, search: false },
      requestCount: 103,
      warmupRequestCount: 9,
      sequence: { ...DEFAULT_SETTINGS.sequence, firstId: 5n, idCount: 21n },
    }))
  );
  assertEquals(parts.map(({ requestCount }) => requestCount), [13, 13, 13, 13, 13, 13, 13, 12]);
  assertEquals(parts.reduce((sum, part) => sum + part.warmupRequestCount, 0), 9);
  assertEquals(shards(8).reduce((sum, shard) => sum + shareOfLevel(19, shard), 0), 19);
  assertEquals(new Set(parts.map(({ input }) => input.seed)).size, 8);
  assertEquals(parts.map(({ sequence }) => sequence.idCount), [3n, 3n, 3n, 3n, 3n, 2n, 2n, 2n]);
});

Deno.test("a shard for which nothing is left is refused", () => {
  const [, last] = shards(2);
  const refused = (changes: Partial<PerfSettings>) =>
    assertThrows(() => shareSettings(settingsOf({ shard: last, ...changes })), Error, "Shard 1/2");
  refused({ requestCount: 1, levels: { start: 2, end: 2, step: 1, search: false } });
  refused({});
});
