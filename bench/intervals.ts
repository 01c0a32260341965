/**
 * Whether the intervals of short runs hold the truth: so many runs of the real program, a second each,
 * against a double whose answers take exponential times, which it measures itself. The truth is what
 * it saw in all the runs together.
 *
 *     deno task bench:intervals [RUNS]
 *
 * The bar: 90 to 99 of 100, for p50, p90, p99, the average and the throughput.
 *
 * @module
 */
import { measured, startDouble } from "./lib/runs.ts";
import { printTable } from "./lib/table.ts";

const RUNS = Number(Deno.args[0] ?? 100);
const CONCURRENCY = 16;

const double = await startDouble();
const url = double.addresses.exponential!;
const load = ["-t", String(CONCURRENCY), "--duration", "1s", "--warmup-request-count", "64"];
const reports = [];
const perSecond = [];
for (let i = 0; i < RUNS; i++) {
  const { reported } = (await measured(url, load)).levels[0]!;
  reports.push(reported);
  perSecond.push(reported.inferPerSecond);
}
const response = await fetch(`http://${url}/truth`);
const times: number[] = await response.json();
await double.close();
times.sort((a, b) => a - b);
const at = (p: number) => times[Math.floor(p / 100 * (times.length - 1))]! * 1000;
const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;

const rows = [["FIGURE", "TRUTH", "NOMINAL", "HELD", "OF", "MEAN HALF WIDTH"]];
function row(
  name: string,
  [truth, nominal]: readonly [number, number],
  intervals: readonly (readonly [number, number] | undefined)[],
): void {
  const held = intervals.filter((one) => one && one[0] <= truth && truth <= one[1]).length;
  const half = mean(intervals.map((one) => one ? (one[1] - one[0]) / 2 / truth * 100 : NaN));
  rows.push([
    ...[name, truth.toFixed(1), nominal.toFixed(1), String(held), String(RUNS)],
    `${half.toFixed(1)} %`,
  ]);
}
for (const p of [50, 90, 99]) {
  const intervals = reports.map(({ latency }) =>
    latency!.percentiles.find(({ percentile }) => percentile === p)!.ci95
  );
  row(`p${p} us`, [at(p), -Math.log(1 - p / 100) * 20_000], intervals);
}
row("avg us", [mean(times) * 1000, 20_000], reports.map(({ latency }) => latency!.averageCi95));
row(
  "requests/s",
  [mean(perSecond), CONCURRENCY / 0.02],
  reports.map(({ inferPerSecondCi95 }) => inferPerSecondCi95),
);
await printTable(`Intervals of ${RUNS} runs of 1 s, ${times.length} requests`, rows);
