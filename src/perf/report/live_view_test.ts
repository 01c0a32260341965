import { assert, assertEquals, assertMatch } from "@std/assert";
import { exampleLevel, examplePass, exampleResult } from "../testing/example_result.ts";
import type { ErrorGroup, PerfProgress, ScenarioSettings, ScheduleSettings } from "../types.ts";
import { type LiveState, liveView, sparkline } from "./live_view.ts";
import { levelCountOf, timeLeft } from "./time_left.ts";

const progress: PerfProgress = {
  phase: "measuring",
  concurrency: 4,
  pass: 2,
  maxPasses: 10,
  inferPerSecond: 9312.4,
  p50Us: 421,
  p99Us: 2112,
  counts: { sent: 104, succeeded: 100, failed: 0, inFlight: 4 },
  passLeftMs: 3200,
  levelLeftMs: 51_200,
};

const { settings, environment, model } = exampleResult([exampleLevel()]);
const context = { settings, environment, model };

function state(changes: Partial<LiveState> = {}): LiveState {
  return {
    context,
    progress,
    points: [
      { requestCount: 100, failedCount: 0, p50Us: 400, p99Us: 2000 },
      { requestCount: 0, failedCount: 0 },
      { requestCount: 800, failedCount: 0, p50Us: 421, p99Us: 4000 },
    ],
    errors: [],
    level: 3,
    levelCount: 16,
    left: { ms: 130_000, atMost: false },
    ...changes,
  };
}

const texts = (changes?: Partial<LiveState>, columns = 79) =>
  liveView(state(changes), columns).map(({ text }) => text);

Deno.test("the view has figures with their last minute, the pass, the level, and what is left", () => {
  assertEquals(texts({ lastPass: examplePass() }), [
    "simple at 127.0.0.1:8001, gRPC",
    "concurrency 4, level 3 of 16, pass 2 of at most 10",
    "pass 3.2 s left, level at most 51 s, all about 2 min",
    "infer/s             800  ▁▁█",
    "p50, ms           0.421  █ █",
    "p99, ms           4.000  ▄ █",
    "in flight             4",
    "this pass  9,312 infer/s, p50 0.421 ms, p99 2.112 ms",
    "server     queue 0.031 ms, compute 0.052 ms (pass 1)",
    "failed                0",
  ]);
});

Deno.test("failures stand below by message, the most frequent ones", () => {
  const error = (count: number, message: string): ErrorGroup => ({
    ...{ code: "UNAVAILABLE", message, count, answered: true, retryable: true },
  });
  const errors = [1, 2, 3, 4, 5, 6].map((n) => error(n, `message\n${n} ${"x".repeat(100)}`));
  const counts = { ...progress.counts, failed: 21 };
  const lines = liveView(state({ errors, progress: { ...progress, counts } }), 79);
  const bad = lines.filter(({ look }) => look === "bad").map(({ text }) => text);
  assertEquals(bad.length, 6);
  assertMatch(bad[0]!, /^failed +21 {2}/);
  assertMatch(bad[1]!, /^ {2}6 x UNAVAILABLE - message 6 x+…$/);
  assertEquals(bad[5], "  3 with other messages");
  assert(lines.every(({ text }) => [...text].length <= 79));
});

Deno.test("it holds its width and height before anything is known", () => {
  const empty = texts({
    points: [],
    level: 1,
    levelCount: 1,
    left: undefined,
    progress: {
      ...progress,
      ...{ phase: "warm-up", pass: 0, passLeftMs: undefined, levelLeftMs: undefined },
    },
  });
  assertEquals(empty.length, 10);
  assertEquals(empty[1], "concurrency 4, warm-up");
  const minute = Array.from({ length: 60 }, (_, i) => ({ requestCount: i, failedCount: 0 }));
  assert(texts({ points: minute }, 50).every((text) => [...text].length <= 50));
});

Deno.test("a sparkline begins at 0 and ends with the latest value", () => {
  assertEquals(sparkline([0, 1, 4, 8], 10), "▁▁▄█");
  assertEquals(sparkline([0, 1, 4, 8], 2), "▄█");
  assertEquals(sparkline([undefined, 0, 0], 9), " ▁▁");
  assertEquals(sparkline([], 9), "");
});

Deno.test("what is left of a sweep: all passes at first, then as the levels before", () => {
  const levels = { start: 1, end: 16, step: 5, search: true };
  assertEquals(levelCountOf({ ...settings, levels }), 4);
  assertEquals(levelCountOf({ ...settings, levels: { ...levels, end: 0 } }), undefined);
  assertEquals(levelCountOf(settings), 1);
  const list = [1, 2, 4, 8];
  assertEquals(levelCountOf({ ...settings, levels: { ...levels, start: 1, end: 8, list } }), 4);
  const scenario: ScenarioSettings = {
    ...{ scenario: "Server", minDurationMs: 1, minQueryCount: 1, samplesPerQuery: 1 },
    ...{ targetPercentile: 99, scheduleSeed: 1, sampleSeed: 2 },
  };
  const open: ScheduleSettings = { levels: [], maxInFlight: 9, pacing: "economical" };
  assertEquals(levelCountOf({ ...settings, scenario, schedule: open }), 1);
  const sweep = { ...settings, levels };
  // A pass takes 6 s, and there are 3 levels of 10 more.
  assertEquals(timeLeft(sweep, progress, []), { ms: 51_200 + 3 * 10 * 6000, atMost: true });
  assertEquals(timeLeft(sweep, progress, [20_000, 10_000]), {
    ms: 51_200 + 15_000,
    atMost: false,
  });
  assertEquals(timeLeft(sweep, { ...progress, passLeftMs: undefined }, []), undefined);
});
