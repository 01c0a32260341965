import { assertEquals } from "@std/assert";
import { exampleLevel, examplePass, exampleResult } from "../../perf/testing/example_result.ts";
import { judgeThresholds, readThresholds } from "../../perf/threshold/mod.ts";
import type { LevelResult, PerfResult } from "../../perf/types.ts";
import { type Expectations, verdictOf } from "./verdict.ts";

const code = (
  levels: LevelResult[],
  expected: Partial<Expectations> = {},
  more?: Partial<PerfResult>,
) => verdictOf(exampleResult(levels, more), { unstableOk: false, ...expected }).code;

const failing = (failed: number) =>
  exampleLevel({
    counts: { sent: 100, succeeded: 100 - failed, failed, inFlight: 0 },
    errors: [{
      code: "INTERNAL",
      message: "no luck",
      count: failed,
      answered: true,
      retryable: false,
    }],
  });

Deno.test("failures count unless they are allowed", () => {
  assertEquals(code([failing(0)]), 0);
  assertEquals(code([failing(1)]), 1);
  assertEquals(code([failing(5)], { maxErrorRate: 5 }), 0);
  assertEquals(code([exampleLevel(), failing(6)], { maxErrorRate: 5 }), 1);
  assertEquals(verdictOf(exampleResult([failing(26)]), { unstableOk: false }).lines, [
    "concurrency 2: 26 of 100 requests failed (26 %), most with INTERNAL - no luck; " +
    "--max-error-rate sets the share that may",
  ]);
});

Deno.test("what is not stable, or can't be judged, is told from what was asked for", () => {
  const unjudged = exampleLevel({ outcome: "unjudged", reason: "stability takes 3 passes" });
  assertEquals(code([exampleLevel({ outcome: "unstable" })]), 3);
  assertEquals(code([unjudged]), 3);
  assertEquals(code([unjudged], { unstableOk: true }), 0);
  const settings = { ...exampleResult().settings, requestCount: 100 };
  assertEquals(code([unjudged], {}, { settings }), 0);
  assertEquals(code([exampleLevel({ outcome: "errors" })], { unstableOk: true }), 1);
  assertEquals(code([exampleLevel({}, examplePass({ latency: undefined }))]), 1);
  assertEquals(code([unjudged], {}, { aborted: true }), 130);
});

Deno.test("a latency limit is judged, for one level and for a search that fails at its first", () => {
  const limited = (latencyLimitMs: number, search: boolean) => {
    const { settings } = exampleResult();
    return exampleResult([exampleLevel()], {
      settings: { ...settings, levels: { ...settings.levels, latencyLimitMs, search } },
    });
  };
  const judge = (result: PerfResult) => verdictOf(result, { unstableOk: false });
  assertEquals(judge(limited(2, false)), { code: 0, lines: [] });
  const text = "the average latency of 1.000 ms at concurrency 2 is above the limit of 0.5 ms";
  assertEquals(judge(limited(0.5, false)), { code: 1, lines: [text] });
  assertEquals(judge(limited(0.5, true)).lines, [
    `${text}, and that is the first level; start lower, or raise -l`,
  ]);
});

Deno.test("a broken threshold is 4; one on errors says how many may fail", () => {
  const judged = (text: string, level: LevelResult) => {
    const thresholds = judgeThresholds(readThresholds([text]), [level]);
    return verdictOf(exampleResult([level], { thresholds }), { unstableOk: false });
  };
  assertEquals(judged("avg<2ms", exampleLevel()), { code: 0, lines: [] });
  assertEquals(judged("avg<2ms", failing(1)).code, 1);
  assertEquals(judged("errors<2%", failing(1)), { code: 0, lines: [] });
  assertEquals(judged("errors<1%", failing(1)), {
    code: 4,
    lines: ["threshold BROKEN  errors<1%, concurrency 2: 1 %, at the limit"],
  });
  assertEquals(judged("p99<1s", exampleLevel()).code, 4);
  assertEquals(judged("avg<2ms", exampleLevel({ outcome: "unstable" })).code, 3);
  assertEquals(judged("avg<1ms", exampleLevel({ outcome: "unstable" })).code, 4);
});
