import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { bucketOf, bucketValue, histogramLines, TimeHistogram } from "./histogram.ts";
import { percentileOf } from "./percentile.ts";
import { createRandom } from "./random.ts";
import { Distribution, stabilizingUs } from "./statistics.ts";

Deno.test("Distribution: exact figures of a small set", () => {
  const set = new Distribution();
  for (const ms of [0.004, 0.001, 0.003, 0.002]) set.add(ms);
  const figures = set.figures([50, 90])!;
  assertEquals(figures.count, 4);
  assertEquals([figures.minUs, figures.maxUs, figures.averageUs], [1, 4, 2.5]);
  assertAlmostEquals(figures.deviationUs, Math.sqrt(1.25), 1e-9);
  assertEquals(figures.percentiles, [{ percentile: 50, us: 3 }, { percentile: 90, us: 4 }]);
  assertEquals(figures.exact, true);
});

Deno.test("Distribution: nothing, one value, zero, a negative one", () => {
  assertEquals(new Distribution().figures([50]), undefined);
  assertEquals(new Distribution().estimateUs(50), undefined);
  const set = new Distribution();
  set.add(-1);
  assertEquals(set.figures([50])!.averageUs, 0);
  assertEquals(set.figures([50])!.deviationUs, 0);
});

Deno.test("Distribution: times that are no binary fractions stay whole microseconds", () => {
  const set = new Distribution();
  for (let i = 0; i < 1000; i++) set.add((1000.1 + 0.229) - 1000.1);
  const figures = set.figures([50])!;
  assertEquals(Math.trunc(figures.averageUs), 229);
  assertEquals(Math.trunc(figures.percentiles[0]!.us), 229);
});

Deno.test("Distribution: percentiles equal those of all values sorted", () => {
  const seed = Date.now() >>> 0;
  console.log(`seed ${seed}`);
  const random = createRandom(seed);
  const set = new Distribution();
  const all: number[] = [];
  for (let i = 0; i < 20_000; i++) {
    const ns = Math.round(1e5 + random.unit() ** 8 * 1e8);
    set.add(ns / 1e6);
    all.push(ns / 1000);
  }
  all.sort((a, b) => a - b);
  const percentiles = [1, 50, 90, 95, 99, 99.9];
  const figures = set.figures(percentiles)!;
  figures.percentiles.forEach(({ us }, i) =>
    assertAlmostEquals(us, percentileOf(all, percentiles[i]!), 1e-9)
  );
  for (const p of percentiles) {
    const exact = percentileOf(all, p);
    assert(Math.abs(set.estimateUs(p)! - exact) <= exact * 0.001, `p${p}`);
  }
  assertEquals(figures.histogram.reduce((sum, bin) => sum + bin.count, 0), 20_000);
});

Deno.test("Distribution: beyond the limit the memory stays and percentiles are within 0.1 %", () => {
  const set = new Distribution(100);
  for (let i = 1; i <= 100_000; i++) set.add(i / 1000);
  const figures = set.figures([50, 99, 99.9])!;
  assertEquals(figures.exact, false);
  assertEquals([figures.count, figures.minUs, figures.maxUs], [100_000, 1, 100_000]);
  assertEquals(figures.averageUs, 50_000.5);
  for (const { percentile, us } of figures.percentiles) {
    assertAlmostEquals(us, percentile * 1000, percentile);
  }
});

Deno.test("stabilizingUs: the average, or the percentile asked for", () => {
  const set = new Distribution();
  for (const ms of [1, 2, 6]) set.add(ms);
  const figures = set.figures([50, 90])!;
  assertEquals(stabilizingUs(figures), 3000);
  assertEquals(stabilizingUs(figures, 90), 6000);
});

Deno.test("bucketOf: every bucket's middle lies in it, buckets follow one another", () => {
  let last = -1;
  for (let power = 0; power < 46; power++) {
    for (const ns of [2 ** power - 1, 2 ** power, Math.floor(2 ** power * 1.37)]) {
      if (ns < 0) continue;
      const bucket = bucketOf(ns);
      assert(bucket >= last, `bucket of ${ns}`);
      last = bucket;
      assertEquals(bucketOf(Math.floor(bucketValue(bucket))), bucket);
      assert(Math.abs(bucketValue(bucket) - ns) <= ns * 0.0005, `middle for ${ns}`);
    }
  }
  assertEquals(bucketOf(2 ** 60), bucketOf(2 ** 46 - 1));
});

Deno.test("TimeHistogram: merged ones equal one that saw everything", () => {
  const random = createRandom(7);
  const [a, b, both] = [new TimeHistogram(), new TimeHistogram(), new TimeHistogram()];
  for (let i = 0; i < 5000; i++) {
    const ns = Math.floor(random.unit() * 1e9);
    (i % 2 ? a : b).add(ns);
    both.add(ns);
  }
  a.merge(b);
  assertEquals(a.count, both.count);
  for (const p of [1, 50, 99, 100]) assertEquals(a.percentile(p), both.percentile(p));
  assertEquals(a.bins(), both.bins());
});

Deno.test("histogramLines: aligned, the longest bar has the width", () => {
  const lines = histogramLines([{ upToUs: 70, count: 4 }, { upToUs: 100, count: 8 }], 10);
  assertEquals(lines, [" <= 70 usec 4 #####", "<= 100 usec 8 ##########"]);
  assertEquals(histogramLines([]), []);
});
