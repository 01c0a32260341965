import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { createRandom } from "../random.ts";
import { clearSide, evidenceOf, keeps } from "./clear.ts";
import { crossing, type TriedLoad } from "./fit.ts";
import { inPairs, type Part } from "./parts.ts";
import { believed, countByTail, TAIL } from "./tail.ts";

const parts = (sums: readonly number[], count = 100): Part[] => sums.map((sum) => ({ count, sum }));
const share = { kind: "share", limit: 0.01 } as const;

/** As many slow requests as a line through 1,000 with this slope has. */
const onLine = (slope: number, values: readonly number[], expected = 1000): TriedLoad[] =>
  values.map((value) => {
    const observed = expected * Math.exp(slope * (value / 1000 - 1));
    return { value, expected, observed, variance: observed };
  });

Deno.test("crossing is where the line through the loads meets the limit", () => {
  for (const slope of [5, 17, 30, 90]) {
    const found = crossing(onLine(slope, [1000 - 400 / slope, 1000 + 300 / slope]))!;
    assertAlmostEquals(found.value, 1000, 4);
    assert(Math.abs(found.slope / slope - 1) < 0.15, `${found.slope} instead of ${slope}`);
    assert(found.error > 0 && found.error < 0.01, `${found.error}`);
  }
});

Deno.test("crossing has no bias where few requests are slow", () => {
  const random = createRandom(7);
  const poisson = (mean: number) => {
    let count = 0;
    for (let left = mean; (left += Math.log(1 - random.unit())) > 0;) count++;
    return count;
  };
  const found = Array.from({ length: 300 }, () => {
    const tried = onLine(10, [960, 990, 1000, 1010, 1040], 5).map((load) => {
      const observed = poisson(load.observed);
      return { ...load, observed, variance: observed };
    });
    return crossing(tried)!.value;
  });
  const mean = found.reduce((a, b) => a + b, 0) / found.length;
  assert(Math.abs(mean - 1000) < 5, `${mean}`);
});

Deno.test("crossing needs two loads, and a slow request", () => {
  assertEquals(crossing([]), undefined);
  assertEquals(crossing(onLine(10, [990, 990])), undefined);
  const none = onLine(10, [500, 600]).map((load) => ({ ...load, observed: 0, variance: 0 }));
  assertEquals(crossing(none), undefined);
});

/** Parts of 1,000 latencies each, by the limit. */
function latencies(next: () => number, count: number): Part[] {
  return Array.from({ length: count }, () => {
    const tail = { above: 0, beyond: 0, excess: 0 };
    let sum = 0;
    for (let i = 0; i < 1000; i++) {
      const time = next();
      if (time > 1) sum++;
      if (time <= TAIL.from) continue;
      tail.above++;
      tail.excess += Math.min(time, TAIL.to) - TAIL.from;
      if (time > TAIL.to) tail.beyond++;
    }
    return { count: 1000, sum, tail };
  });
}

Deno.test("an exponential tail tells the share more exactly than counting", () => {
  const random = createRandom(3);
  const exponential = () => -Math.log(1 - random.unit()) / Math.log(100);
  const evidence = evidenceOf(latencies(exponential, 64), share)!;
  assert(evidence.tail!.variance < evidence.variance * 0.6, JSON.stringify(evidence));
  const off = evidence.tail!.observed / evidence.expected - 1;
  assert(Math.abs(off) < 0.1, `${off}`);
  const [load] = believed([{ value: 1, ...evidence }]);
  assertEquals(load!.observed, evidence.tail!.observed);
});

Deno.test("a tail that isn't exponential is not believed", () => {
  const random = createRandom(4);
  // Quick ones below half of the limit, and one in a hundred far above it.
  const pauses = () => random.unit() < 0.01 ? 2 : 0.2 + 0.3 * random.unit();
  const evidence = evidenceOf(latencies(pauses, 64), share)!;
  assert(evidence.tail!.observed < evidence.observed * 0.5, JSON.stringify(evidence));
  const [load] = believed([{ value: 1, ...evidence }]);
  assertEquals(load!.observed, evidence.observed);
});

Deno.test("countByTail: what the parts add cancels out", () => {
  const random = createRandom(5);
  const { influence } = countByTail(latencies(() => random.unit() * 2, 16))!;
  assertAlmostEquals(influence.reduce((a, b) => a + b, 0), 0, 1e-6);
  assertEquals(countByTail(parts([1, 2])), undefined);
});

Deno.test("clearSide waits for enough requests and for enough parts", () => {
  assertEquals(clearSide(parts(new Array(7).fill(50)), share), "open");
  assertEquals(clearSide(parts(new Array(8).fill(50)), share), "above");
  assertEquals(clearSide(parts(new Array(9).fill(0)), share), "open");
  assertEquals(clearSide(parts(new Array(12).fill(0)), share), "below");
  assertEquals(clearSide(parts(new Array(40).fill(2)), share), "above");
  assertEquals(clearSide(parts(new Array(40).fill(1)), share), "open");
});

Deno.test("clearSide sees that slow requests come together", () => {
  // 2 % of the requests are slow, all of them in one part in twenty.
  const lumps = Array.from({ length: 40 }, (_, i) => i % 20 === 0 ? 40 : 0);
  assertEquals(clearSide(parts(lumps), share), "open");
  const { expected, observed, variance } = evidenceOf(parts(lumps), share)!;
  assertEquals(expected, 40);
  assertAlmostEquals(observed, 80 * 0.99 / 0.98, 1e-9);
  assert(variance > 10 * 80, `${variance}`);
});

Deno.test("clearSide of a mean goes by its parts alone", () => {
  const mean = { kind: "mean", limit: 20 } as const;
  const even = Array.from({ length: 40 }, (_, i) => 1900 + i % 2);
  assertEquals(clearSide(parts(even), mean), "below");
  assertEquals(clearSide(parts(even), { ...mean, limit: 18 }), "above");
  assertEquals(clearSide(parts(even), { ...mean, limit: 19.005 }), "open");
});

Deno.test("keeps leaves a request to the rounding of a percentile's rank", () => {
  assertEquals(keeps(parts([1], 200), share), true);
  assertEquals(keeps(parts([2], 200), share), false);
  assertEquals(keeps(parts([399], 20), { kind: "mean", limit: 20 }), true);
  assertEquals(keeps(parts([400], 20), { kind: "mean", limit: 20 }), false);
});

Deno.test("parts in pairs are as many requests", () => {
  assertEquals(inPairs(parts([1, 2, 3])).map(({ count, sum }) => [count, sum]), [
    [200, 3],
    [100, 3],
  ]);
});
