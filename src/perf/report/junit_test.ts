import { assertEquals, assertStringIncludes } from "@std/assert";
import { exampleLevel, exampleResult } from "../testing/example_result.ts";
import type { ThresholdVerdict } from "../types.ts";
import { junitReport } from "./junit.ts";

const held: ThresholdVerdict = {
  ...{ threshold: "p99<50ms", metric: "p99", operator: "<", limit: 50000, unit: "us" },
  ...{ concurrency: 4, passed: true, verdict: "passed" },
  ...{ value: 12300, margin: 37700, marginPercent: 75.4 },
};

Deno.test("JUnit: a threshold that is kept, one that is broken, and one that can't be judged", () => {
  const broken: ThresholdVerdict = {
    ...{ threshold: "errors<1%", metric: "errors", operator: "<", limit: 0.01, unit: "share" },
    ...{ requestRate: 500, passed: false, verdict: "broken" },
    ...{ value: 0.03, margin: -0.02, marginPercent: -200 },
  };
  const { margin: _, marginPercent: __, value: ___, ...asked } = held;
  const unjudged: ThresholdVerdict = {
    ...asked,
    ...{ passed: false, verdict: "unjudged", reason: "only 5 requests" },
  };
  const text = junitReport(exampleResult(), [held, broken, unjudged]);
  assertStringIncludes(text, '<testsuites name="trtis perf_client" tests="4" failures="2"');
  const cases = text.split("<testcase ").slice(2).map((each) => each.trim());
  assertEquals(cases.length, 3);
  assertStringIncludes(cases[0]!, 'name="p99&#60;50ms at concurrency 4" time="0.000"/>');
  assertStringIncludes(cases[1]!, 'name="errors&#60;1% at request rate 500"');
  assertStringIncludes(cases[1]!, '<failure type="broken" message="3 %, 200 % above the limit">');
  assertStringIncludes(cases[2]!, '<failure type="unjudged" message="can&#39;t be judged: only 5');
});

Deno.test("JUnit: a level that didn't settle fails, with its errors", () => {
  const level = exampleLevel({
    outcome: "unstable",
    reason: "latency kept changing",
    errors: [{
      count: 2,
      code: "UNAVAILABLE",
      message: "busy <now>",
      answered: true,
      retryable: true,
    }],
  });
  const text = junitReport(exampleResult([level]));
  assertStringIncludes(
    text,
    '<failure type="unstable" message="latency kept changing">' +
      "latency kept changing&#10;2 x UNAVAILABLE - busy &#60;now&#62;</failure>",
  );
});
