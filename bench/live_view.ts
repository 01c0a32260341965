/**
 * What the live view costs: processor time of looking at every request of 20,000 a second, and of
 * drawing five times a second, as shares of a core.
 *
 *     deno run -A bench/live_view.ts
 *
 * @module
 */
import process from "node:process";
import { LiveArea } from "../src/cli/live_area.ts";
import type { Terminal } from "../src/cli/context.ts";
import { LiveSeries } from "../src/perf/report/live_series.ts";
import { liveView } from "../src/perf/report/live_view.ts";
import { Sample } from "../src/perf/samples.ts";
import { examplePass, exampleResult } from "../src/perf/testing/example_result.ts";

const SECONDS = 120;
const RATE = 20_000;
const TICKS = 5;

const perTick = RATE / TICKS;
const rows = new Float64Array(perTick * Sample.WIDTH);
let written = 0;
const sink = await Deno.open(Deno.build.os === "windows" ? "NUL" : "/dev/null", { write: true });
const encoder = new TextEncoder();
const err = (text: string | Uint8Array) =>
  void (written += sink.writeSync(typeof text === "string" ? encoder.encode(text) : text));
const area = new LiveArea({ err, columns: () => 120, errColor: true } as unknown as Terminal);
const context = exampleResult();
const lastPass = examplePass();

for (let i = 0; i < perTick; i++) {
  const end = i * 1000 / RATE;
  const at = i * Sample.WIDTH;
  rows[at + Sample.SCHEDULED] = end - 0.3 - 5 * Math.random() ** 4;
  rows[at + Sample.END] = end;
}

/** Looks at the requests of all seconds, and draws them or not; milliseconds of processor time. */
function run(draws: boolean): number {
  const series = new LiveSeries();
  const before = process.cpuUsage();
  for (let tick = 0; tick < SECONDS * TICKS; tick++) {
    const now = tick * 1000 / TICKS;
    series.add({ kind: "samples", rows, count: perTick }, now);
    if (draws) draw(series, now, tick);
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function draw(series: LiveSeries, now: number, tick: number): void {
  area.draw(liveView({
    context,
    progress: {
      ...{ phase: "measuring", concurrency: 8, pass: 2, maxPasses: 10, inferPerSecond: RATE },
      ...{ p50Us: 400, p99Us: 4000, passLeftMs: 1000, levelLeftMs: 9000 },
      counts: { sent: tick, succeeded: tick, failed: 0, inFlight: 8 },
    },
    points: series.points(now),
    errors: [],
    lastPass,
    level: 1,
    levelCount: 16,
  }, 119));
}

run(true);
const rounds = Array.from({ length: 5 }, () => [run(false), run(true)] as const);
sink.close();

const share = (ms: number) => `${(ms / SECONDS / 10).toFixed(3)} % of a core`;
const middle = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1]!;
console.log(`${SECONDS} s of ${RATE} requests/s, ${TICKS} pictures a second, ${written} bytes`);
console.log(`looking at requests: ${share(middle(rounds.map(([looks]) => looks)))}`);
console.log(`drawing, too:        ${share(middle(rounds.map(([, both]) => both)))}`);
