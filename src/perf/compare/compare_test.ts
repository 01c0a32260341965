import { assert, assertAlmostEquals, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { InferenceError } from "../../base/errors.ts";
import type { RunReport } from "../run_file/read.ts";
import {
  exampleLevel,
  examplePass,
  exampleResult,
  exampleTimes,
} from "../testing/example_result.ts";
import type { LevelResult, OverallFigures } from "../types.ts";
import { compareRuns } from "./compare.ts";
import { changeOf, ofRuns, ofSample, ofShare, pointsOf } from "./estimate.ts";
import { comparisonJson, comparisonMarkdown, comparisonText } from "./text.ts";
import { judgeChanges, readChangeLimits } from "./thresholds.ts";
import type { Comparison } from "./types.ts";

/** A level with these figures, each known to within `percent`. */
function level(
  perSecond: number,
  us: number,
  percent: number,
  changes: Partial<LevelResult> = {},
): LevelResult {
  const around = (value: number) =>
    [value * (1 - percent / 100), value * (1 + percent / 100)] as const;
  const overall: OverallFigures = {
    passCount: 3,
    requestCount: 10_000,
    inferPerSecond: perSecond,
    inferPerSecondCi95: around(perSecond),
    averageUs: us,
    averageCi95: around(us),
    percentiles: [50, 90, 99].map((percentile) => ({ percentile, us, ci95: around(us) })),
  };
  const pass = examplePass({ inferPerSecond: perSecond, latency: exampleTimes(us) });
  return exampleLevel({ overall, ...changes }, pass);
}

const run = (name: string, ...levels: LevelResult[]) => ({
  name,
  report: exampleResult(levels) as RunReport,
});
const verdicts = ({ levels }: Comparison) =>
  Object.fromEntries(levels[0]!.metrics.map(({ name, verdict }) => [name, verdict]));
const refused = (work: () => unknown, says: RegExp) => {
  const error = assertThrows(work, InferenceError);
  assertMatch(`${error.message}; ${error.hint ?? ""}`, says);
};

Deno.test("compare: faster, slower, the same, and what can't be told", () => {
  const compared = (perSecond: number, us: number, percent = 1) =>
    verdicts(compareRuns([run("a", level(1000, 100, percent))], [
      run("b", level(perSecond, us, percent)),
    ]));
  const slower = compared(800, 125);
  assertEquals([slower.throughput, slower.avg, slower.p99, slower.errors], [
    ...["worse", "worse", "worse"],
    "same",
  ]);
  const faster = compared(1200, 80);
  assertEquals([faster.throughput, faster.avg, faster.p50], ["better", "better", "better"]);
  const same = compared(1004, 100.4);
  assertEquals([same.throughput, same.avg, same.p90], ["same", "same", "same"]);
  const vague = compared(950, 105, 40);
  assertEquals([vague.throughput, vague.p99], ["unknown", "unknown"]);
});

Deno.test("compare: a percentile of too few requests can't be told", () => {
  const few = level(1000, 100, 1);
  const thin = { ...few, overall: { ...few.overall!, requestCount: 500 } };
  const { levels } = compareRuns([run("a", few)], [run("b", thin)]);
  const p99 = levels[0]!.metrics.find(({ name }) => name === "p99")!;
  assertEquals(p99.verdict, "unknown");
  assertEquals(p99.reason, "p99 takes 662 requests, a run has 500");
});

Deno.test("compare: several runs are a sample of their own", () => {
  const runs = (...rates: number[]) => rates.map((rate) => run("r", level(rate, 100, 0.1)));
  const steady = runs(1000, 1004, 998, 1001);
  assertEquals(verdicts(compareRuns(steady, runs(950, 948, 953, 951))).throughput, "worse");
  // What changes from run to run is more than each run's own interval says.
  assertEquals(
    verdicts(compareRuns(runs(1000, 900, 1100), runs(950, 1060, 860))).throughput,
    "unknown",
  );
  const repeated = {
    name: "r",
    report: {
      ...steady[0]!.report,
      runs: steady.map(({ report }, i) => ({ run: i + 1, levels: report.levels })),
    },
  };
  const { levels } = compareRuns([repeated], runs(1000, 1002, 999));
  assertEquals(levels[0]!.runs, { base: 4, new: 3 });
});

Deno.test("compare: intervals of samples, of changes and of shares", () => {
  const { value, ci95 } = ofSample([9, 10, 11]);
  assertEquals(value, 10);
  assertAlmostEquals(ci95![1], 10 + 4.3027 / Math.sqrt(3), 1e-3);
  assertEquals(ofRuns([{ value: 1, ci95: [0.5, 1.5] }, { value: 2, ci95: [1.8, 2.2] }]), {
    value: 1.5,
    ci95: [0.5, 2.2],
  });
  const change = changeOf({ value: 100, ci95: [99, 101] }, { value: 110, ci95: [109, 111] })!;
  assertAlmostEquals(change.value, 10, 1e-9);
  assertAlmostEquals(change.ci95![0], 8.52, 0.05);
  assertAlmostEquals(change.ci95![1], 11.5, 0.05);
  assertEquals(changeOf({ value: 0 }, { value: 5 }), undefined);
  assertEquals(changeOf({ value: 0 }, { value: 0 })!.value, 0);
  // Wilson, 1927: 10 of 100.
  const share = ofShare(10, 100);
  assertAlmostEquals(share.ci95![0], 0.0552, 1e-3);
  assertAlmostEquals(share.ci95![1], 0.1744, 1e-3);
  assert(pointsOf(ofShare(0, 10_000), ofShare(500, 10_000)).ci95![0] > 4);
});

Deno.test("compare: what differs is named, and what can't be compared is refused", () => {
  const a = run("a.json", level(1000, 100, 1));
  const other = run("b.json", level(1000, 100, 1));
  const changed = {
    ...other,
    report: {
      ...other.report,
      settings: { ...other.report.settings, batchSize: 8 },
      environment: { ...other.report.environment, cores: 64 },
    },
  };
  assertEquals(compareRuns([a], [changed]).differences, [
    { what: "cores", base: "2", new: "64" },
    { what: "batchSize", base: "1", new: "8" },
  ]);
  refused(
    () => compareRuns([a], [run("b.json", level(1, 1, 1, { concurrency: 9 }))]),
    /Cannot compare a\.json and b\.json: they have no level in common, concurrency 2 and concurrency 9/,
  );
  const like = (changes: Partial<RunReport["settings"]>) => ({
    ...other,
    report: { ...other.report, settings: { ...other.report.settings, ...changes } },
  });
  const schedule = { levels: [], maxInFlight: 1, pacing: "precise" } as const;
  refused(() => compareRuns([a], [like({ schedule })]), /b\.json: it has a schedule/);
  const shard = {
    index: 0,
    count: 2,
    source: "--shard",
  } as unknown as RunReport["settings"]["shard"];
  refused(() => compareRuns([a], [like({ shard })]), /one task's part/);
  const findMax = { metric: "rate", confirmed: false, path: [] } as const;
  refused(
    () => compareRuns([a], [{ ...other, report: { ...other.report, findMax } }]),
    /a search for the highest load/,
  );
  const empty = run("b.json", exampleLevel({}, examplePass({ latency: undefined })));
  refused(() => compareRuns([a], [empty]), /no request that ended well/);
  const two = compareRuns([a], [
    run("b.json", level(1000, 100, 1), level(1, 1, 1, { concurrency: 9 })),
  ]);
  assertEquals(two.unmatched, ["concurrency 9: new alone"]);
});

Deno.test("compare: limits on changes", () => {
  const { levels } = compareRuns([run("a", level(1000, 100, 0.5))], [
    run("b", level(900, 104, 0.5)),
  ]);
  const judged = (...texts: string[]) =>
    judgeChanges(readChangeLimits(texts), levels).map(({ verdict }) => verdict);
  assertEquals(judged("throughput>-3%", "throughput > -15%", "p99<+5%", "p99<+3%@2"), [
    ...["broken", "passed", "passed"],
    "broken",
  ]);
  assertEquals(judged("avg<5%@7"), ["unjudged"]);
  const vague = compareRuns([run("a", level(1000, 100, 20))], [run("b", level(900, 104, 20))]);
  const [one] = judgeChanges(readChangeLimits(["throughput>-3%"]), vague.levels);
  assertEquals([one!.verdict, one!.passed], ["unjudged", false]);
  for (
    const [text, says] of [
      ["latency<5%", /no metric "latency"; there are throughput, avg/],
      ["p99<5ms", /the unit "ms" is wrong; a change is in %/],
      ["p99<5", /no unit/],
      ["p99=5%", /expected METRIC<CHANGE%/],
      ["p99<x%", /expected/],
    ] as const
  ) refused(() => readChangeLimits([text]), says);
  refused(() => readChangeLimits(["p99<-5%", "p99>+5%"]), /contradict one another/);
  assertEquals(readChangeLimits(["p99<5%", "p99>-5%"]).length, 2);
});

Deno.test("compare: text, Markdown and JSON say the same", () => {
  const compared = compareRuns([run("a|.json", level(1000, 100, 0.5))], [
    run("b.json", level(800, 125, 0.5)),
  ]);
  const thresholds = judgeChanges(readChangeLimits(["throughput>-3%"]), compared.levels);
  const comparison = { ...compared, thresholds };
  const text = comparisonText(comparison);
  assertMatch(text, /throughput +1,000\/s +800\/s +-20\.0 % +-20\.6 % to -19\.4 % +WORSE/);
  assertMatch(text, /BROKEN {2}throughput>-3%, concurrency 2: -20\.0 %/);
  const markdown = comparisonMarkdown(comparison);
  assertMatch(markdown, /\*\*Base\*\*: a\\\|\.json/);
  assertMatch(markdown, /\| throughput \| 1,000\/s \| 800\/s \| -20\.0 % \|/);
  const json = JSON.parse(comparisonJson(comparison));
  const [throughput] = json.levels[0].metrics;
  assertEquals(Object.keys(throughput), [
    ...["name", "unit", "base", "new", "changePercent", "ci95", "verdict"],
  ]);
  assertEquals([throughput.name, throughput.verdict], ["throughput", "worse"]);
});
