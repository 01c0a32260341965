import { assert, assertEquals, assertMatch } from "@std/assert";
import { policyHash } from "../../base/html.ts";
import type { RunReport } from "../run_file/read.ts";
import {
  exampleLevel,
  exampleMetrics,
  exampleParts,
  examplePass,
  exampleResult,
  exampleServer,
  exampleTimes,
} from "../testing/example_result.ts";
import { exampleRuns, NASTY, tablesOf } from "../testing/example_page.ts";
import type { LevelResult } from "../types.ts";
import { interval, ms, rate } from "./format.ts";
import { kneeOf } from "./knee.ts";
import { reportPage } from "./page.ts";
import { SCRIPT } from "./script.ts";

const LIBRARY = { script: "var uPlot;\r\n", style: ".u{}" };
const page = (...reports: RunReport[]) =>
  reportPage(reports.map((report, i) => ({ name: `run ${i}`, report })), LIBRARY);

Deno.test("figures: milliseconds to the microsecond, thousands apart, nothing for nothing", () => {
  assertEquals(ms(1_234_567.5), "1,234.568");
  assertEquals(ms(0), "0.000");
  assertEquals(ms(-1_234_567), "-1,234.567");
  assertEquals(ms(undefined), undefined);
  assertEquals([rate(999.94), rate(999.96), rate(1e6)], ["999.9", "1,000.0", "1,000,000.0"]);
  assertEquals(interval([1000, 2000], ms), "1.000\u00a0to 2.000");
  assertEquals(interval(undefined, ms), undefined);
});

Deno.test("the knee is the level with the most throughput for its latency", () => {
  const level = (inferPerSecond: number, averageUs?: number) =>
    exampleLevel(
      {},
      examplePass({
        inferPerSecond,
        latency: averageUs === undefined ? undefined : exampleTimes(averageUs),
      }),
    );
  // A server of three instances: throughput ends at 3, latency grows from there on.
  const ideal = [1, 2, 3, 4, 5].map((n) => level(Math.min(n, 3) * 100, 1000 * Math.max(1, n / 3)));
  assertEquals(kneeOf(ideal), ideal[2]);
  assertEquals(kneeOf([level(1), ...ideal]), ideal[2]);
  assertEquals(kneeOf(ideal.slice(0, 2)), undefined);
  assertEquals(kneeOf([level(1), level(2), level(3)]), undefined);
});

Deno.test("the policy names each script and style by its hash, and nothing else", async () => {
  const html = await page(exampleResult());
  const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)!;
  const inlines = (tag: string) =>
    [...html.matchAll(new RegExp(`<${tag}>([^]*?)</${tag}>`, "g"))].map(([, text]) => text!);
  const hashes = async (tag: string) =>
    (await Promise.all(inlines(tag).map(policyHash))).join(" ").replaceAll("'", "&#39;");
  assertEquals(inlines("script").length, 2);
  assertEquals(
    policy,
    "default-src &#39;none&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;; " +
      `style-src ${await hashes("style")}; script-src ${await hashes("script")}`,
  );
  // Nothing that such a policy would refuse.
  assert(
    !/\sstyle=|\son[a-z]+=|javascript:|https?:\/\//i.test(
      html.replace(/<script>[^]*?<\/script>/g, ""),
    ),
  );
  assert(!html.includes("\r"));
});

Deno.test("the page's script is JavaScript, and can't end its element early", () => {
  new Function("uPlot", SCRIPT);
  assert(!(/<\/script|<!--/i.test(SCRIPT)));
});

Deno.test("whatever a server or a file says stays text", async () => {
  const runs = exampleRuns();
  const html = await reportPage(runs, LIBRARY);
  // Every piece of text from outside carries the same marks of markup.
  assert(html.includes("&#60;img src=x onerror=alert(1)&#62;"));
  const body = html.slice(html.indexOf("<body>"), html.lastIndexOf("</main>"));
  assert(!body.includes("<img"));
  assert(!body.includes("</script"));
  assert(!body.includes("\0"));
  // A tag has none of the text's own quotes: attributes end where they should.
  for (const [tag] of body.matchAll(/<[a-z][^>]*>/g)) {
    assert(!tag.includes("onerror"), tag);
  }
  assert(NASTY.length > 0);
});

Deno.test("tables have the report's figures, to the last shown digit", async () => {
  const [run] = exampleRuns();
  const tables = tablesOf(await reportPage([run!], LIBRARY));
  const { levels } = run!.report;
  const rows = tables.get("levels")!;
  assertEquals(rows.length, levels.length);
  levels.forEach(({ reported, outcome }, i) => {
    const row = rows[i]!;
    assertEquals(row.rate, rate(reported.inferPerSecond));
    assertEquals(row.avg ?? "", ms(reported.latency?.averageUs) ?? "");
    for (const { percentile, us } of reported.latency?.percentiles ?? []) {
      assertEquals(row[`p${percentile}`], ms(us));
    }
    assertEquals(row.requests, reported.requestCount.toFixed(0));
    assertEquals(row.outcome!.split(",")[0], outcome);
  });
  const bins = levels[0]!.reported.latency!.histogram;
  assertEquals(
    tables.get("run0-level0-histogram")!.map(({ upTo, count }) => [upTo, count]),
    bins.map(({ upToUs, count }) => [ms(upToUs), String(count)]),
  );
  const timeline = levels[0]!.timeline!;
  assertEquals(
    tables.get("timeline")!.slice(0, timeline.length).map((row) => [row.rate, row.p99, row.failed]),
    timeline.map((point) => [
      rate(point.inferPerSecond),
      ms(point.p99Us) ?? "",
      String(point.failedCount),
    ]),
  );
});

Deno.test("intervals are shown where the report has them", async () => {
  const latency = {
    ...exampleTimes(1000),
    averageCi95: [900, 1100] as const,
    percentiles: [{ percentile: 99, us: 3000, ci95: [2500, 3500.5] as const }],
  };
  const pass = { ...examplePass({ latency }), inferPerSecondCi95: [90, 110] as const };
  const html = await page(exampleResult([exampleLevel({}, pass as LevelResult["reported"])]));
  const [row] = tablesOf(html).get("levels")!;
  assertEquals(
    [row!.rateCi, row!.avgCi, row!.p99Ci],
    ["90.0\u00a0to 110.0", "0.900\u00a0to 1.100", "2.500\u00a0to 3.501"],
  );
  const without = tablesOf(await page(exampleResult())).get("levels")!;
  assert(!("rateCi" in without[0]!));
});

Deno.test("time is told in parts that add up to the latency, also of composing models", async () => {
  const server = { ...exampleServer("both"), composing: [exampleServer("a"), exampleServer("b")] };
  const rows = tablesOf(await page(exampleResult([exampleLevel({}, examplePass({ server }))])))
    .get("time")!;
  assertEquals(rows.map(({ model }) => model), ["simple", "part a", "part b"]);
  const sum = (row: Record<string, string>) =>
    Object.entries(row).filter(([key]) => key.startsWith("part"))
      .reduce((total, [, text]) => total + Number(text), 0);
  assert(Math.abs(sum(rows[0]!) - 1) < 0.01, `${sum(rows[0]!)}`);
  assert(Math.abs(sum(rows[1]!) - 0.1009) < 0.01, `${sum(rows[1]!)}`);
});

Deno.test("mixes, several servers, metrics, answers and searches have their tables", async () => {
  const pass = examplePass({
    ...exampleParts(),
    metrics: [exampleMetrics()],
    responses: { responseCount: 4, first: exampleTimes(1), between: exampleTimes(2) },
  });
  const html = await page(exampleResult([exampleLevel({}, pass)], {
    findMax: { metric: "rate", value: 100, confirmed: false, path: [] },
  }));
  const tables = tablesOf(html);
  assertEquals(tables.get("run0-level0-addresses")!.map(({ name }) => name), ["a:1", "b:2"]);
  assertEquals(tables.get("run0-level0-models")!.map(({ name }) => name), ["m"]);
  assertEquals(tables.get("run0-level0-metrics")!.map(({ series }) => series), [
    'nv_gpu_utilization{gpu_uuid="GPU-1"}',
  ]);
  assertEquals(tables.get("run0-level0-latencies")!.length, 3);
  assertMatch(html, /Highest rate within/);
});

Deno.test("a report without a single figure, and one that lost shards, are pages too", async () => {
  const empty = examplePass({ latency: undefined, server: undefined, requestCount: 0 });
  const merge = {
    count: 2,
    missing: [1],
    warnings: ["odd"],
    parts: [{
      index: 0,
      environment: exampleResult().environment,
      aborted: false,
      levels: [exampleLevel({}, empty)],
    }],
  };
  const html = await page({ ...exampleResult([exampleLevel({}, empty)]), merge });
  assertMatch(html, /No request ended inside a window/);
  assertMatch(html, /Shards that are missing: 1 of 2/);
  assertEquals(tablesOf(html).get("run0-shards")!.length, 1);
  assertMatch(await page(exampleResult([])), /No request ended/);
});

Deno.test("a run of hours stays small, and no second is lost", async () => {
  const timeline = Array.from({ length: 20_000 }, (_, second) => ({
    second,
    pass: 1,
    durationMs: 1000,
    requestCount: 10,
    failedCount: second === 777 ? 1 : 0,
    inferPerSecond: 10,
    inFlight: 1,
    p99Us: second === 12_345 ? 9e6 : 1000,
  }));
  const html = await page(exampleResult([exampleLevel({ timeline })]));
  const rows = tablesOf(html).get("timeline")!;
  assert(rows.length <= 1500 && html.length < 400_000, `${rows.length} rows, ${html.length}`);
  const sum = (key: string) =>
    rows.reduce((total, row) => total + Number(row[key]!.replaceAll(",", "")), 0);
  assertEquals([sum("requests"), sum("failed")], [200_000, 1]);
  assertEquals(rows.filter(({ p99 }) => p99 === "9,000.000").length, 1);
  assertEquals(rows.every(({ rate }) => rate === "10.0"), true);
});

Deno.test("the rest of a last second is in the table, and marked: a rate of few milliseconds is noise", async () => {
  const point = { pass: 1, requestCount: 10, failedCount: 0, inferPerSecond: 10, inFlight: 1 };
  const timeline = [
    { ...point, second: 0, durationMs: 1000 },
    { ...point, second: 1, durationMs: 12, inferPerSecond: 833 },
  ];
  const html = await page(exampleResult([exampleLevel({ timeline })]));
  assertEquals(tablesOf(html).get("timeline")!.map(({ rate }) => rate), ["10.0", "833.0"]);
  const table = /<table id="timeline">[^]*?<\/table>/.exec(html)![0];
  assertEquals([...table.matchAll(/<tr data-m="(\w+)"/g)].map(([, mark]) => mark), [
    ...["reported", "short"],
  ]);
});
