import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { Slot, type WindowSlots } from "../intervals/slots.ts";
import { TimeHistogram } from "../histogram.ts";
import { createRandom } from "../random.ts";
import { exampleLevel, examplePass, exampleTimes } from "../testing/example_result.ts";
import type { LevelResult, PassResult } from "../types.ts";
import { withMergedIntervals } from "./intervals.ts";
import { LevelBuckets } from "./level_buckets.ts";
import { bucketText } from "./buckets.ts";
import { slotFigures, SlotMerger } from "./slots.ts";

const LENGTH = 50;
const START = Date.parse("2026-12-01T08:00:00.000Z");

/** A window of slots with such latencies in nanoseconds. */
function windowOf(slots: readonly (readonly number[])[]): WindowSlots {
  const made = slots.map((times) => {
    const slot = new Slot();
    times.forEach((ns) => slot.add(ns));
    return slot;
  });
  return { slots: made, lengthMs: LENGTH, rest: new Slot() };
}

/** A task's reported pass of such a window, begun so many milliseconds after the first. */
function passOf(slots: readonly (readonly number[])[], afterMs = 0): PassResult {
  const all = new TimeHistogram();
  slots.flat().forEach((ns) => all.add(ns));
  const startedAt = new Date(START + afterMs).toISOString();
  const windowMs = LENGTH * slots.length;
  const perSecond = all.count / windowMs * 1000;
  const pass = examplePass({
    ...{ startedAt, windowMs, requestCount: all.count, inferPerSecond: perSecond },
    latency: { ...exampleTimes(1000), count: all.count, buckets: bucketText(all) },
    serviceLatency: undefined,
  });
  return { ...pass, slots: slotFigures(pass, windowOf(slots)) };
}

/** The level of several tasks with its intervals. */
function merged(passes: readonly PassResult[], averageUs = 1000): LevelResult {
  const buckets = new LevelBuckets();
  for (const pass of passes) assertEquals(buckets.add(pass, 1), undefined);
  const all = buckets.of("latency");
  const requestCount = all.count;
  const { windowMs } = passes[0]!;
  const pass = examplePass({
    ...{ startedAt: passes[0]!.startedAt, windowMs, requestCount },
    inferPerSecond: requestCount / windowMs * 1000,
    latency: {
      ...exampleTimes(averageUs),
      ...{ count: requestCount, averageUs },
      percentiles: [50, 99].map((percentile) => ({
        percentile,
        us: all.percentile(percentile) / 1000,
      })),
    },
  });
  return withMergedIntervals(exampleLevel({}, pass), buckets, { stabilityPercent: 10 });
}

const steady = (count: number) => Array.from({ length: 20 }, () => Array(count).fill(1e6));

Deno.test("slots of the same moment are added up, whichever task began first", () => {
  const merger = new SlotMerger();
  const late = Array.from({ length: 20 }, (_, i) => [1e6 * (i + 1)]);
  assert(merger.add(passOf(late, 2 * LENGTH + 3).slots, 1));
  assert(merger.add(passOf(late, -LENGTH).slots, 1));
  const all = new TimeHistogram();
  for (const [ns] of [...late, ...late]) all.add(ns!);
  const { slots, startedAt } = merger.result(all)!;
  assertEquals(slots.slots.length, 17);
  assertEquals(startedAt, "2026-12-01T08:00:00.103Z");
  assertEquals(slots.slots.map(({ count }) => count), Array(17).fill(2));
  // The first slot of one is the fourth of the other.
  assertAlmostEquals(slots.slots[0]!.sumNs, 1e6 + 4e6, 5e3);
  assertEquals(slots.rest.count, 6);
});

Deno.test("no intervals: a task without slots, of other lengths, or of another time", () => {
  const told = (...passes: PassResult[]) =>
    merged(passes).reported.inferPerSecondCi95 !== undefined;
  const [one, two] = [passOf(steady(5)), passOf(steady(5))];
  assert(told(one, two));
  assert(!told(one, { ...two, slots: undefined }));
  assert(!told(one, { ...two, slots: { ...two.slots!, lengthMs: LENGTH * 2 } }));
  assert(!told(one, passOf(steady(5), 11 * LENGTH)));
});

Deno.test("slots that are damaged are told", () => {
  const good = passOf(steady(1)).slots!;
  const bad = [
    { ...good, startedAt: "soon" },
    { ...good, lengthMs: 0 },
    { ...good, lengthMs: NaN },
    { ...good, buckets: ["1:"] },
    { ...good, buckets: Array(1001).fill("") },
  ];
  for (const slots of bad) {
    assert(!new SlotMerger().add(slots, 1), JSON.stringify(slots).slice(0, 80));
  }
  const odd = { ...passOf(steady(1)), slots: bad[0] };
  assertEquals(new LevelBuckets().add(odd, 1), "the slots of its latency are damaged");
});

Deno.test("what hits all tasks at once widens the interval; what evens out between them doesn't", () => {
  const counts = [...Array(10).fill(2), ...Array(10).fill(18)];
  const of = (list: readonly number[]) => passOf(list.map((count) => Array(count).fill(1e6)));
  const width = ({ reported: { inferPerSecondCi95, inferPerSecond } }: LevelResult) =>
    (inferPerSecondCi95![1] - inferPerSecondCi95![0]) / inferPerSecond;
  const together = width(merged([of(counts), of(counts)]));
  const inTurn = width(merged([of(counts), of(counts.toReversed())]));
  assert(inTurn < 1e-9, `${inTurn}`);
  assert(together > 0.3, `${together}`);
});

Deno.test("merges of merges have the intervals of one merge", () => {
  const random = createRandom(7);
  const noisy = () =>
    passOf(
      Array.from({ length: 20 }, () =>
        Array.from({ length: 5 + random.bits() % 9 }, () => 1e5 + random.bits() % 1e6)),
    );
  const tasks = [noisy(), noisy(), noisy(), noisy()];
  const flat = merged(tasks).reported;
  const buckets = new LevelBuckets();
  for (const half of [tasks.slice(0, 2), tasks.slice(2)]) {
    const inner = new LevelBuckets();
    half.forEach((pass) => inner.add(pass, 1));
    const { slots, startedAt } = inner.slots.result(inner.of("latency"))!;
    assert(buckets.slots.add(slotFigures({ ...half[0]!, startedAt }, slots), 2));
    inner.of("latency").forEach((bucket, count) => buckets.of("latency").addBucket(bucket, count));
  }
  const tree = withMergedIntervals(exampleLevel({}, { ...flat, slots: undefined }), buckets, {
    stabilityPercent: 10,
  }).reported;
  assertEquals(tree.inferPerSecondCi95, flat.inferPerSecondCi95);
  assertEquals(tree.latency!.percentiles, flat.latency!.percentiles);
});

Deno.test("intervals of three tasks hold the truth, also when the server is slow for all at once", () => {
  const random = createRandom(1);
  const exponential = (mean: number) => -mean * Math.log(1 - random.unit());
  const held = { rate: 0, p50: 0, p99: 0 };
  const RUNS = 100;
  for (let run = 0; run < RUNS; run++) {
    // In each slot the server is fast or slow, for everybody.
    const speeds = Array.from({ length: 20 }, () => random.unit() < 0.5 ? 0.8 : 1.2);
    const tasks = [0, 1, 2].map(() =>
      passOf(
        speeds.map((speed) =>
          Array.from({ length: Math.round(30 * speed + 3 * (random.unit() - 0.5)) }, () =>
            Math.round(exponential(1e6)))
        ),
      )
    );
    const { inferPerSecondCi95, latency } = merged(tasks).reported;
    const inside = (ci: readonly [number, number] | undefined, truth: number) =>
      ci !== undefined && ci[0] <= truth && truth <= ci[1] ? 1 : 0;
    held.rate += inside(inferPerSecondCi95, 3 * 30 / LENGTH * 1000);
    held.p50 += inside(latency!.percentiles[0]!.ci95, 1000 * Math.LN2);
    held.p99 += inside(latency!.percentiles[1]!.ci95, 1000 * Math.log(100));
  }
  for (const [name, count] of Object.entries(held)) {
    assert(count >= 90 && count <= 100, `${name}: ${count} of ${RUNS}`);
  }
});
