/**
 * Load on a schedule beside perf_analyzer and vegeta, by the record of a server double.
 *
 *     deno task bench:open-loop [--only stall,pace,memory,backlog] [--seconds 40] [--rates 2000,10000]
 *
 * - stall: the double answers in 1 ms, but freezes for the last second of every ten. At 200/s the 95th
 *   percentile is 501 ms, the 99th 901 ms and the longest 1,001 ms by arithmetic; ours within 3 %.
 * - pace: when requests reach the double, beside when they were due. At 2,000/s the rate is within
 *   0.1 %, lateness p50 <= 0.1 ms and p99 <= 1.5 ms; at 10,000/s there is no collapse.
 * - memory: 200/s for ten minutes. backlog: the double stands still for 50 s at 2,000/s.
 *
 * perf_analyzer is the one of bench:peers; vegeta is compared if it is installed.
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { percentileOf } from "../src/perf/percentile.ts";
import { prepareEnvironment } from "../tests/interop/server/environment.ts";
import { startDouble } from "./lib/double_process.ts";
import {
  oursAtRate,
  perfAnalyzerAtRate,
  type RateContender,
  type RateOutcome,
  type RateSetting,
  vegetaAtRate,
} from "./lib/open_contenders.ts";
import { preparePeers } from "./lib/peer_environment.ts";
import { printTable } from "./lib/table.ts";
import { type MemoryLook, watchedRun } from "./lib/watched_run.ts";

const STALL_RATE = 200;
const TRUTH = { p95: 501, p99: 901, max: 1001 };
const STALL_BAR = 0.03;
const PACE_BAR = { rate: 0.001, p50: 0.1, p99: 1.5 };
const PACE_SECONDS = 10;
const BACKLOG = { rate: 2000, stopAt: 10, stopFor: 50, seconds: 120 };
const MEMORY = { rate: 200, seconds: 600, everyMs: 10_000, maxMib: 1000 };

const args = parseArgs(Deno.args, { string: ["only", "seconds", "rates"] });
const wanted = String(args.only ?? "stall,pace").split(",");
const root = new URL("../", import.meta.url);
const folder = await Deno.makeTempDir({ prefix: "trtis-open-" });
const double = await startDouble();
const fixed = (value: number | undefined, digits = 1) =>
  value === undefined || Number.isNaN(value) ? "-" : value.toFixed(digits);

async function contenders(): Promise<
  { tools: readonly [string, string]; peers: readonly RateContender[] }
> {
  const environment = await prepareEnvironment(new URL(".venv/interop/", root), console.error);
  const paths = await preparePeers(new URL(".venv/peers/", root), environment);
  const tools = [environment.python, folder] as const;
  const vegeta = await vegetaAtRate(tools);
  return {
    tools,
    peers: [
      perfAnalyzerAtRate(tools, paths, true),
      perfAnalyzerAtRate(tools, paths, false),
      ...vegeta === undefined ? [] : [vegeta],
    ],
  };
}

async function stall(): Promise<void> {
  const { tools, peers } = await contenders();
  const seconds = Number(args.seconds ?? 40);
  const closed = ["-t", "1", "--duration", `${seconds}s`];
  const rows = [["CLIENT", "P50", "P95", "P99", "MAX", "SERVICE P99", "DELAY P99", "BAR"]];
  const truth = Object.values(TRUTH).map(String);
  rows.push(["by arithmetic", "", ...truth, "", "", ""]);
  const all = [
    oursAtRate(tools, "trtis perf_client"),
    oursAtRate(tools, "trtis, closed loop of 1", [], closed),
    ...peers,
  ];
  for (const contender of all) {
    await double.reset("stall");
    const got = await tried(contender, { address: double.address, rate: STALL_RATE, seconds });
    const near = (["p95", "p99", "max"] as const).every((key) =>
      Math.abs((got[key] ?? NaN) - TRUTH[key]) <= STALL_BAR * TRUTH[key]
    );
    rows.push([
      contender.name,
      ...[got.p50, got.p95, got.p99, got.max, got.serviceP99, got.delayP99].map((x) => fixed(x)),
      contender === all[0] ? near ? "holds" : "misses" : "",
    ]);
  }
  await printTable(`200/s, the server frozen for 1 s in every 10 s; ${seconds} s; ms`, rows);
}

/** A peer that gives up on a busy machine has a row without figures. */
async function tried(contender: RateContender, setting: RateSetting): Promise<RateOutcome> {
  try {
    return await contender.run(setting);
  } catch (error) {
    console.error(`${contender.name}: ${error instanceof Error ? error.message : error}`);
    return { cpuSeconds: NaN, memoryMib: NaN };
  }
}

/** How late requests came, by the earliest of them. */
function lateness(arrivals: readonly number[], rate: number): number[] {
  const due = arrivals.map((at, i) => at - i * 1000 / rate);
  // The first ones come while the connections are opened and the code is being compiled.
  const settled = due.slice(Math.floor(due.length / 10));
  const earliest = settled.reduce((least, at) => Math.min(least, at), Infinity);
  return settled.map((at) => at - earliest).sort((a, b) => a - b);
}

async function pace(): Promise<void> {
  const { tools, peers } = await contenders();
  const all = [
    oursAtRate(tools, "trtis, precise", ["--pacing", "precise"]),
    oursAtRate(tools, "trtis, economical", ["--pacing", "economical"]),
    ...peers.filter(({ name }) => !name.includes("default")),
  ];
  const rows = [
    "RATE,CLIENT,RATE SEEN,LATE P50,LATE P99,CPU S,ITS OWN P50,ITS OWN P99,BAR".split(","),
  ];
  for (const rate of String(args.rates ?? "2000,10000").split(",").map(Number)) {
    for (const contender of all) {
      await double.reset("1 ms");
      const setting = { address: double.address, rate, seconds: PACE_SECONDS };
      const got = await tried(contender, setting);
      const arrivals = (await double.arrivals()).slice(-rate * PACE_SECONDS);
      const seen = (arrivals.length - 1) / (arrivals.at(-1)! - arrivals[0]!) * 1000;
      const late = lateness(arrivals, rate);
      const [p50, p99] = [percentileOf(late, 50), percentileOf(late, 99)];
      const holds = Math.abs(seen - rate) <= PACE_BAR.rate * rate && p50 <= PACE_BAR.p50 &&
        p99 <= PACE_BAR.p99;
      rows.push([
        ...[String(rate), contender.name, fixed(seen), fixed(p50, 3), fixed(p99, 2)],
        ...[fixed(got.cpuSeconds, 1), fixed(got.p50, 2), fixed(got.p99, 2)],
        contender === all[0] && rate === 2000 ? holds ? "holds" : "misses" : "",
      ]);
    }
  }
  await printTable(`On a schedule for ${PACE_SECONDS} s, by the server's record; ms`, rows);
}

/** The growth of the second half, in MiB a minute, by least squares. */
function slope(looks: readonly MemoryLook[]): number {
  const half = looks.slice(Math.floor(looks.length / 2));
  const mean = (at: 0 | 1) => half.reduce((sum, look) => sum + look[at], 0) / half.length;
  const [x, y] = [mean(0), mean(1)];
  const up = half.reduce((sum, look) => sum + (look[0] - x) * (look[1] - y), 0);
  return 60 * up / half.reduce((sum, look) => sum + (look[0] - x) ** 2, 0);
}

async function memory(): Promise<void> {
  await double.reset("1 ms");
  const { rate, seconds, everyMs, maxMib } = MEMORY;
  const load = ["--request-rate", String(rate), "--duration", `${seconds}s`];
  const run = await watchedRun(["-m", "simple", "-u", double.address, ...load], {
    ...{ everyMs, maxMib },
  });
  const rows = [["SECONDS", "MIB"], ...run.memory.map(([s, mib]) => [fixed(s, 0), fixed(mib)])];
  await printTable(`${rate}/s for ${seconds} s: memory`, rows);
  const { counts, reported } = run.level;
  console.log(
    `sent ${counts.sent}, failed ${counts.failed}, ${reported.inferPerSecond.toFixed(2)}/s; ` +
      `second half ${slope(run.memory).toFixed(2)} MiB/min`,
  );
}

async function backlog(): Promise<void> {
  await double.reset("1 ms");
  const { rate, stopAt, stopFor, seconds } = BACKLOG;
  const signal = (name: "SIGSTOP" | "SIGCONT") => Deno.kill(double.pid, name);
  let state = 0;
  const load = ["--request-rate", String(rate), "--request-count", String(rate * seconds)];
  const run = await watchedRun(["-m", "simple", "-u", double.address, ...load, "--unstable-ok"], {
    ...{ everyMs: 1000, maxMib: 1000 },
    after: (at) => {
      if (state === 0 && at >= stopAt) [state] = [1, signal("SIGSTOP")];
      if (state === 1 && at >= stopAt + stopFor) [state] = [2, signal("SIGCONT")];
    },
  });
  const rows = [["SECONDS", "MIB"]];
  rows.push(
    ...run.memory.filter((_, i) => i % 5 === 0).map(([s, mib]) => [fixed(s, 0), fixed(mib)]),
  );
  await printTable(`${rate}/s, the server stopped for ${stopFor} s at ${stopAt} s: memory`, rows);
  console.log(run.text, JSON.stringify(run.level.counts), `exit code ${run.code}`);
}

try {
  if (wanted.includes("stall")) await stall();
  if (wanted.includes("pace")) await pace();
  if (wanted.includes("memory")) await memory();
  if (wanted.includes("backlog")) await backlog();
} finally {
  await double.stop();
  await Deno.remove(folder, { recursive: true });
}
