import { assertEquals, assertStringIncludes } from "@std/assert";
import { judgeStability } from "./stability.ts";

const passes = (...pairs: [number, number | undefined][]) =>
  pairs.map(([inferPerSecond, latencyUs]) => ({ inferPerSecond, latencyUs }));

Deno.test("judgeStability: fewer than three passes can't be judged", () => {
  assertEquals(judgeStability(passes([100, 10], [100, 10]), 10).state, "unjudged");
});

Deno.test("judgeStability: the last three count", () => {
  assertEquals(
    judgeStability(passes([1, 900], [100, 10], [100, 10], [100, 10]), 10).state,
    "stable",
  );
  const late = judgeStability(passes([100, 10], [100, 10], [100, 10], [150, 10]), 10);
  assertEquals(late.state, "unstable");
  assertStringIncludes((late as { reason: string }).reason, "throughput of pass 4");
});

Deno.test("judgeStability: the bound itself is stable, beyond it is not", () => {
  assertEquals(judgeStability(passes([90, 10], [100, 10], [110, 10]), 10).state, "stable");
  assertEquals(judgeStability(passes([89.9, 10], [100, 10], [110.1, 10]), 10).state, "unstable");
});

Deno.test("judgeStability: latency counts like throughput, an empty window is unstable", () => {
  const slow = judgeStability(passes([100, 10], [100, 10], [100, 14]), 10);
  assertStringIncludes((slow as { reason: string }).reason, "latency of pass 3 is 24 % off");
  const empty = judgeStability(passes([0, undefined], [100, 10], [100, 14]), 10);
  assertStringIncludes((empty as { reason: string }).reason, "pass 1");
});

Deno.test("judgeStability: the recorded runs ended where the rule says", () => {
  // golden/r19.07/perf_client_simple_d_p95_verbose_grpc.txt, concurrency 2
  const recorded = passes(
    [6303, 477],
    [6061, 513],
    [7830, 438],
    [6899, 448],
    [6204, 501],
    [6058, 495],
  );
  const states = recorded.map((_, i) => judgeStability(recorded.slice(0, i + 1), 10).state);
  assertEquals(states, [
    "unjudged",
    "unjudged",
    "unstable",
    "unstable",
    "unstable",
    "stable",
  ]);
});
