import { assertEquals } from "@std/assert";
import { exampleTimes } from "../testing/example_result.ts";
import { passSpread } from "./spread.ts";

const passes = (rates: readonly number[], latencies: readonly number[] = []) =>
  rates.map((inferPerSecond, i) => ({
    pass: i + 1,
    inferPerSecond,
    latency: exampleTimes(latencies[i] ?? 1e6 / inferPerSecond),
  }));

Deno.test("spread: passes that fell into two groups are named", () => {
  // As a Triton with a Python back end had them.
  const rates = [9300, 23_800, 10_400, 20_200, 9800, 22_000];
  const spread = passSpread(passes(rates), 10, false)!;
  assertEquals(spread.kind, "groups");
  assertEquals(spread.inferPerSecond, [9300, 23_800]);
  assertEquals(spread.groups.map(({ passes, inferPerSecond }) => [passes, inferPerSecond]), [
    [[1, 3, 5], [9300, 10_400]],
    [[2, 4, 6], [20_200, 23_800]],
  ]);
});

Deno.test("spread: passes that agree, that spread, and one that lies apart", () => {
  assertEquals(passSpread(passes([100, 104, 98]), 10, false)!.kind, "steady");
  assertEquals(passSpread(passes([100, 120, 140, 160]), 10, false)!.kind, "spread");
  assertEquals(passSpread(passes([100, 101, 102, 160]), 10, false)!.kind, "spread");
  assertEquals(passSpread(passes([100, 200]), 10, false)!.kind, "spread");
  assertEquals(passSpread(passes([100]), 10, false), undefined);
});

Deno.test("spread: with a schedule latencies are compared, as the rate is given", () => {
  const same = [500, 500, 500, 500];
  const spread = passSpread(passes(same, [1000, 9000, 1100, 9500]), 10, true)!;
  assertEquals(spread.kind, "groups");
  assertEquals(spread.groups.map(({ passes }) => passes).sort(), [[1, 3], [2, 4]]);
  assertEquals(passSpread(passes(same, [1000, 1010, 990, 1000]), 10, true)!.kind, "steady");
});
