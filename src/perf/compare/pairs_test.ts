import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import type { RunReport } from "../run_file/read.ts";
import {
  exampleLevel,
  examplePass,
  exampleResult,
  exampleTimes,
} from "../testing/example_result.ts";
import type { LevelResult, OverallFigures } from "../types.ts";
import { compareRuns } from "./compare.ts";
import { changeOfPairs } from "./pairs.ts";

/** A level whose passes have these rates, with an interval as wide as they are apart. */
function level(rates: readonly number[], pressure?: number, percent = 0.5): LevelResult {
  const passes = rates.map((inferPerSecond, i) =>
    examplePass({
      pass: i + 1,
      inferPerSecond,
      latency: exampleTimes(4e6 / inferPerSecond),
      client: { ...examplePass().client, pressure },
    })
  );
  const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
  const around = (value: number) =>
    [value * (1 - percent / 100), value * (1 + percent / 100)] as const;
  const overall: OverallFigures = {
    passCount: rates.length,
    requestCount: 10_000,
    inferPerSecond: mean,
    inferPerSecondCi95: around(mean),
    averageUs: 4e6 / mean,
    averageCi95: around(4e6 / mean),
    percentiles: [],
    basis: { by: percent > 5 ? "passes" : "batches", count: rates.length },
  };
  return { ...exampleLevel({ overall }, passes.at(-1)!), passes };
}

const run = (name: string, ...levels: LevelResult[]) => ({
  name,
  report: exampleResult(levels) as RunReport,
});
const runs = (name: string, ...levels: LevelResult[]) => ({
  name,
  report: exampleResult(levels.slice(0, 1), {
    runs: levels.map((level, i) => ({ run: i + 1, levels: [level] })),
  }) as RunReport,
});
const throughput = (base: ReturnType<typeof run>, next: ReturnType<typeof run>, inTurn: boolean) =>
  compareRuns([base], [next], inTurn).levels[0]!.metrics.find(({ name }) => name === "throughput")!;

Deno.test("pairs: a machine that gets slower is not in the ratio of neighbours", () => {
  const drift = [1000, 900, 780, 700, 610];
  const base = run("a", level(drift, undefined, 25));
  const next = run("b", level(drift.map((rate) => rate * 0.95), undefined, 25));
  assertEquals(throughput(base, next, false).verdict, "unknown");
  const { verdict, changePercent, ci95 } = throughput(base, next, true);
  assertEquals(verdict, "worse");
  assertAlmostEquals(changePercent!, -5, 1e-6);
  assert(ci95![0] > -5.1 && ci95![1] < -4.9);
});

Deno.test("pairs: three passes are enough where they drift, else their batches tell more", () => {
  const three = (by: number, percent: number) =>
    throughput(
      run("a", level([1000, 990, 1010], undefined, percent)),
      run("b", level([1000 * by, 985 * by, 1020 * by], undefined, percent)),
      true,
    );
  const batches = three(0.9, 0.5);
  assertEquals(
    batches.ci95,
    throughput(
      run("a", level([1000, 990, 1010])),
      run("b", level([900, 886.5, 918])),
      false,
    ).ci95,
  );
  const drifting = three(0.9, 30);
  assertEquals(drifting.verdict, "worse");
  assert(drifting.ci95![1] < -5);
});

Deno.test("pairs: runs with runs, where both have as many", () => {
  const base = runs("a", level([1000]), level([800]), level([600]));
  const next = runs("b", level([940]), level([760]), level([570]));
  const found = throughput(base, next, true);
  assertEquals(found.verdict, "worse");
  assertAlmostEquals(found.changePercent!, -5.33, 0.01);
  const fewer = runs("b", level([940]), level([760]));
  assertEquals(throughput(base, fewer, true).verdict, "unknown");
});

Deno.test("pairs: the interval is Student's, on logarithms", () => {
  const { value, ci95 } = changeOfPairs([[100, 110], [200, 242], [50, 50]]);
  const logs = [Math.log(1.1), Math.log(1.21), 0];
  const mean = (logs[0]! + logs[1]!) / 3;
  const reach = 4.302653 * Math.sqrt(logs.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 2 / 3);
  assertAlmostEquals(value, 100 * (Math.exp(mean) - 1), 1e-9);
  assertAlmostEquals(ci95![0], 100 * (Math.exp(mean - reach) - 1), 1e-3);
  assertAlmostEquals(ci95![1], 100 * (Math.exp(mean + reach) - 1), 1e-3);
});

Deno.test("busy: on a busy machine one run a side can't tell what is better", () => {
  const told = (a: number | undefined, b: number | undefined) =>
    throughput(run("a", level([250, 252, 251], a)), run("b", level([309, 308, 310], b)), false);
  assertEquals(told(undefined, undefined).verdict, "better");
  assertEquals(told(0.04, 0.2).verdict, "better");
  for (const [a, b] of [[1, 0.03], [0.3, 0.3], [0.02, 0.9]] as const) {
    const { verdict, reason, changePercent, ci95 } = told(a, b);
    assertEquals(verdict, "unknown");
    assertEquals([changePercent! > 20, ci95 !== undefined], [true, true]);
    assertEquals(reason!.startsWith("this machine was busy: programs waited"), true);
  }
  const same = (a: number, b: number) =>
    throughput(run("a", level([250], a)), run("b", level([250], b)), false).verdict;
  assertEquals([same(1, 1), same(0.2, 0.01), same(1, 0.1), same(0.1, 1)], [
    ...["same", "same", "unknown", "unknown"],
  ]);
  const inTurn = throughput(
    run("a", level([250, 252, 251, 250, 250], 1)),
    run("b", level([309, 308, 310, 309, 309], 1)),
    true,
  );
  assertEquals(inTurn.verdict, "better");
});

Deno.test("busy: several runs a side show it themselves, unless only one of them was busy", () => {
  const told = (a: number, b: number) =>
    throughput(
      runs("a", level([250], a), level([252], a), level([251], a)),
      runs("b", level([309], b), level([308], b), level([310], b)),
      false,
    ).verdict;
  assertEquals([told(0.9, 0.8), told(0.02, 0.9), told(0.9, 0.1)], ["better", "better", "unknown"]);
});
