import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import { InferenceError } from "../../base/errors.ts";
import { exampleLevel, examplePass, exampleTimes } from "../testing/example_result.ts";
import type { LevelResult } from "../types.ts";
import { isMeant, judgeThreshold, judgeThresholds, parseThreshold, readThresholds } from "./mod.ts";

const refused = (text: string, why: RegExp) => {
  const error = assertThrows(() => readThresholds(text.split(" & ")), InferenceError);
  assertEquals(error.code, "USAGE");
  assertMatch(`${error.message}; ${error.hint ?? ""}`, why);
};

const judged = (text: string, level: LevelResult = exampleLevel()) => {
  const [verdict] = judgeThresholds(readThresholds([text]), [level]);
  return verdict!;
};

/** A level with enough requests for every percentile. */
const large = (changes: Partial<LevelResult> = {}) => {
  const latency = { ...exampleTimes(1000), count: 10_000 };
  const serviceLatency = { ...exampleTimes(500), count: 10_000 };
  const delay = { ...exampleTimes(10), count: 10_000 };
  return exampleLevel(changes, examplePass({ latency, serviceLatency, delay }));
};

Deno.test("every metric reads, in its units and with a level", () => {
  const limit = (text: string) => parseThreshold(text).limit;
  assertEquals(limit("p99<50ms"), 50_000);
  assertEquals(limit(" p99.9 <= 1.5 s "), 1.5e6);
  assertEquals(limit("service.min>20us"), 20);
  assertEquals(limit("response.max<1s"), 1e6);
  assertEquals(limit("delay.p50<1ms"), 1000);
  assertEquals(limit("delay<1ms"), 1000);
  assertEquals(limit("server.queue<1ms"), 1000);
  assertEquals(limit("server.compute<1ms"), 1000);
  assertEquals(limit("errors<1%"), 0.01);
  assertEquals(limit("errors<=0"), 0);
  assertEquals(limit("throughput>=800/s"), 800);
  assertEquals(limit("throughput>800"), 800);
  assertEquals(limit("cpu<80%"), 0.8);
  assertEquals(parseThreshold("avg<1ms@8").level, { concurrency: 8 });
  assertEquals(parseThreshold("avg@8<1ms").level, { concurrency: 8 });
  assertEquals(parseThreshold("avg<1ms @rate=12.5").level, { requestRate: 12.5 });
  assertEquals(parseThreshold("avg<1ms").level, undefined);
});

Deno.test("what is wrong with a threshold is said", () => {
  refused("p99", /expected METRIC<LIMIT/);
  refused("p99=50ms", /expected METRIC<LIMIT/);
  refused("latency<50ms", /no metric "latency"; there are avg, min/);
  for (const name of ["p0", "p100", "p", "p-1", "server.p99", "service.errors", "constructor"]) {
    refused(`${name}<1ms`, /no metric/);
  }
  refused("p99<50", /no unit; p99 takes us, ms, s$|no unit; p99 takes us, ms, s;/);
  refused("p99<50%", /unit "%" is wrong; p99 takes us, ms, s/);
  refused("errors<1ms", /unit "ms" is wrong; errors takes % or no unit/);
  refused("cpu<1", /cpu takes %/);
  refused("throughput>1ms", /throughput takes \/s or no unit/);
  refused("p99<ms", /not a number with a unit/);
  refused("p99<1e3ms", /"1e3ms" is not a number with a unit/);
  refused("p99<-5ms", /out of range/);
  refused("p99<5ms@x", /"@x" is no level/);
  refused("p99<5ms@1.5", /no level/);
  refused("p99@1<5ms@2", /two levels/);
  refused("p99<5mstoString", /unit/);
});

Deno.test("thresholds that nothing can keep are refused, and two limits of one kind", () => {
  refused("p99<10ms & p99>20ms", /contradict one another: no figure keeps both/);
  refused("p99<10ms & p99>=10ms@8", /no figure keeps both/);
  refused("p50>10ms & p99<5ms", /no figure keeps both/);
  refused("min>10ms & max<5ms", /no figure keeps both/);
  refused("p99<10ms & p99<20ms", /both limit p99/);
  const fine = (...texts: string[]) => assertEquals(readThresholds(texts).length, texts.length);
  fine("p99<10ms", "p99<10ms");
  fine("p99<10ms", "p99<20ms@8");
  fine("p99<10ms@4", "p99>20ms@8");
  fine("p99<10ms", "p50>5ms");
  fine("p50<5ms", "p99>10ms");
  fine("p99<=10ms", "p99>=10ms");
  fine("errors<1%", "errors<=5");
});

Deno.test("figures are judged, with a margin", () => {
  const p99 = judged("p99<2.5ms", large());
  assertEquals(p99, {
    threshold: "p99<2.5ms",
    metric: "p99",
    operator: "<",
    limit: 2500,
    unit: "us",
    concurrency: 2,
    passed: true,
    verdict: "passed",
    value: 1990,
    margin: 510,
    marginPercent: 20.4,
  });
  assertEquals(judged("p99<1ms", large()).margin, -990);
  assertEquals(judged("p99<1ms", large()).verdict, "broken");
  assertEquals(judged("avg<=1ms", large()).passed, true);
  assertEquals(judged("avg<1ms", large()).passed, false);
  assertEquals(judged("service.avg<501us", large()).passed, true);
  assertEquals(judged("delay.max<41us", large()).passed, true);
  assertEquals(judged("throughput>100/s").margin, 0.25);
  assertEquals(judged("cpu<25%").passed, false);
  assertEquals(judged("server.queue<31us").value, 30.9);
  assertEquals(judged("server.compute<60us").value, 52.5);
  const failing = exampleLevel({ counts: { sent: 100, succeeded: 98, failed: 2, inFlight: 0 } });
  assertEquals(judged("errors<=2%", failing).passed, true);
  assertEquals(judged("errors<2", failing).passed, false);
  assertEquals(judged("errors<=0", failing).marginPercent, undefined);
});

Deno.test("what can't be judged fails and says why", () => {
  const reason = (text: string, level?: LevelResult) => {
    const { passed, verdict, reason } = judged(text, level);
    assertEquals([passed, verdict], [false, "unjudged"]);
    return reason;
  };
  assertEquals(reason("p99<1s"), "p99 needs 662 requests, the window has 100");
  const dark = exampleLevel({}, examplePass({ server: undefined, latency: undefined }));
  assertEquals(reason("server.queue<1s", dark), "the server gave no figures of its own");
  assertEquals(reason("p50<1s", dark), "no request ended in the window");
  assertEquals(reason("p98<1s", large()), "p98 is not among the reported percentiles");
  assertEquals(reason("avg<1s@8"), "this level was not measured");
  const none = exampleLevel({ counts: { sent: 1, succeeded: 0, failed: 0, inFlight: 1 } });
  assertEquals(reason("errors<1%", none), "no request was answered");
});

Deno.test("thresholds are judged at the levels they are about", () => {
  const levels = [large({ concurrency: 1 }), large({ concurrency: 8 })];
  const rates = [large({ requestRate: 500 }), large({ requestRate: 1000 })];
  const all = judgeThresholds(readThresholds(["avg<1s", "p50<1ms@8"]), levels);
  assertEquals(all.map(({ concurrency, passed }) => [concurrency, passed]), [
    [1, true],
    [8, true],
    [8, false],
  ]);
  const rate = judgeThresholds(readThresholds(["avg<1s@rate=1000", "avg<2s@2"]), rates);
  assertEquals(rate.map(({ requestRate, verdict }) => [requestRate, verdict]), [
    [1000, "passed"],
    [undefined, "unjudged"],
  ]);
  const at8 = parseThreshold("p50<1ms@8");
  assertEquals(levels.map((level) => isMeant(at8, level)), [false, true]);
  assertEquals(judgeThreshold(at8, levels[1]!).passed, false);
});
