import { assertEquals } from "@std/assert";
import { percentileOf, percentileRank, withPercentiles } from "./percentile.ts";

Deno.test("percentileRank: r19.07's rule, trunc(p / 100 * (n - 1) + 0.5)", () => {
  const cases: [p: number, count: number, rank: number][] = [
    [50, 1, 0],
    [99, 1, 0],
    [50, 2, 1],
    [50, 3, 1],
    [50, 4, 2],
    [90, 10, 8],
    [95, 10, 9],
    [99, 100, 98],
    [99, 101, 99],
    [99.9, 1000, 998],
    [99.9, 10001, 9990],
    [0, 10, 0],
    [100, 10, 9],
  ];
  for (const [p, count, rank] of cases) {
    assertEquals(percentileRank(p, count), rank, `p${p} of ${count}`);
  }
});

Deno.test("percentileOf takes the value at the rank, without interpolation", () => {
  const values = Float64Array.from({ length: 100 }, (_, i) => i + 1);
  assertEquals([50, 90, 95, 99].map((p) => percentileOf(values, p)), [51, 90, 95, 99]);
});

Deno.test("withPercentiles keeps the order and lists each once", () => {
  assertEquals(withPercentiles([]), [50, 90, 95, 99, 99.9]);
  assertEquals(withPercentiles([95, undefined]), [50, 90, 95, 99, 99.9]);
  assertEquals(withPercentiles([97, 10, 97]), [10, 50, 90, 95, 97, 99, 99.9]);
});
