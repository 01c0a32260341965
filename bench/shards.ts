/**
 * Many tasks on one machine: whether 8 shards at 2,000 requests a second are the one schedule, how
 * together they begin, and what merging costs.
 *
 *     deno task bench:shards [--seconds 8] [--files 1000] [--only schedule|merge]
 *
 * One server in a process of its own records when requests come. Beside the shards stands one process with
 * the same schedule.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { fileURLToPath } from "node:url";
import { TimeHistogram } from "../src/perf/histogram.ts";
import { bucketText } from "../src/perf/merge/buckets.ts";
import { createRandom } from "../src/perf/random.ts";
import { arrivalCursor } from "../src/perf/schedule/arrivals.ts";
import type { PerfResult } from "../src/perf/types.ts";
import { startAsked } from "./lib/asked_process.ts";
import { dispersion, distanceProbability, exponentialDistance } from "./lib/goodness.ts";
import { runMeasured } from "./lib/measured_process.ts";
import { printTable } from "./lib/table.ts";

const SHARDS = 8;
const RATE = 2000;
/** Times in each histogram of a report: it has 0.6 MB. */
const TIMES = 28_000;

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "8" },
    files: { type: "string", default: "1000" },
    only: { type: "string" },
  },
});
const MAIN = fileURLToPath(new URL("../main.ts", import.meta.url));
const trtis = (...args: string[]) => [Deno.execPath(), "run", "-A", "--no-check", MAIN, ...args];
const folder = await Deno.makeTempDir();
const file = (name: string | number, kind = "json") => `${folder}/${name}.${kind}`;
const readReport = async (path: string): Promise<PerfResult> =>
  JSON.parse(await Deno.readTextFile(path));

async function perf(url: string, name: string | number, ...more: string[]): Promise<PerfResult> {
  const [program, ...args] = trtis(
    ...["perf_client", "-m", "recorder", "-u", url, "--request-rate", String(RATE)],
    ...["--duration", `${values.seconds}s`, "--json", file(name), ...more],
  );
  const { code, stderr } = await new Deno.Command(program!, { args }).output();
  // 3: one window can't be stable.
  if (code !== 0 && code !== 3) throw new Error(new TextDecoder().decode(stderr));
  return await readReport(file(name));
}

function at(sorted: readonly number[], p: number): string {
  return sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))]!.toFixed(3);
}

/** What the server saw, against the schedule that was asked for. */
function row(name: string, all: readonly number[], { settings }: PerfResult): string[] {
  // After the window the tasks stop one after the other.
  const times = all.filter((time) => time - all[0]! < (Number(values.seconds) - 0.1) * 1000);
  const { arrivals } = settings.schedule!.levels[0]!;
  const gaps = times.slice(1).map((time, i) => time - times[i]!);
  const sorted = [...gaps].sort((a, b) => a - b);
  const mean = gaps.reduce((a, b) => a + b, 0) / gaps.length;
  const cursor = arrivalCursor(arrivals);
  const off = times.map((time) => time - cursor.next()).sort((a, b) => a - b);
  const isPoisson = arrivals.kind === "rate" && arrivals.distribution === "poisson";
  const distance = exponentialDistance(gaps, 1000 / RATE);
  return [
    name,
    String(times.length),
    (1000 / mean).toFixed(1),
    `${at(sorted, 0.1)} / ${at(sorted, 0.5)} / ${at(sorted, 0.9)}`,
    [0.1, 0.9, 0.99].map((p) => at(off.map((ms) => ms - off[0]!), p)).join(" / "),
    isPoisson
      ? `${distance.toFixed(4)}, ${distanceProbability(distance, gaps.length).toFixed(2)}`
      : "-",
    dispersion(times, 10).toFixed(3),
  ];
}

async function schedules(): Promise<void> {
  const server = startAsked("arrival_server.ts");
  const take = async (): Promise<number[]> => {
    return JSON.parse(await server.ask("take")).sort((a: number, b: number) => a - b);
  };
  const url: string = JSON.parse(await server.line());
  const rows = [[
    ...["schedule", "requests", "per second", "gap p10 / p50 / p90, ms"],
    ...["late p10 / p90 / p99, ms", "KS distance, probability", "dispersion in 10 ms"],
  ]];
  const begun: string[] = [];
  for (const distribution of ["constant", "poisson"]) {
    const asked = ["--request-distribution", distribution];
    const one = await perf(url, "one", ...asked);
    rows.push(row(`${distribution}, one process`, await take(), one));
    for (const place of [":PORT", "a file"]) {
      using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
      const barrier = place === ":PORT" ? `:${listener.addr.port}` : file("barrier", distribution);
      listener.close();
      const shards = await Promise.all(
        Array.from(
          { length: SHARDS },
          (_, i) =>
            perf(url, `part-${i}`, ...asked, "--shard", `${i}/${SHARDS}`, "--barrier", barrier),
        ),
      );
      rows.push(row(`${distribution}, ${SHARDS} shards, barrier ${place}`, await take(), one));
      const late = shards.map(({ environment }) => environment.start!.lateMs);
      const windows = shards.map(({ levels }) => Date.parse(levels[0]!.reported.startedAt!));
      begun.push(
        `${distribution}, ${place}: begun ${
          late.map((ms) => ms.toFixed(1)).join(", ")
        } ms after the ` +
          `moment; clocks ${
            shards[0]!.environment.start!.clockSkewMs?.toFixed(2)
          } ms apart; windows ` +
          `${Math.max(...windows) - Math.min(...windows)} ms apart`,
      );
    }
  }
  await server.stop();
  await printTable(`${SHARDS} shards as one schedule of ${RATE}/s`, rows);
  console.log(`\n${begun.join("\n")}`);
}

/** A real report with other shard numbers and with so many times. */
async function writeParts(count: number): Promise<void> {
  const whole = await readReport(file("one"));
  const random = createRandom(1);
  for (let index = 0; index < count; index++) {
    const histogram = new TimeHistogram();
    while (histogram.count < TIMES) histogram.add(Math.round(2 ** (12 + 27 * random.unit())));
    const { reported, ...level } = whole.levels[0]!;
    const times = { ...reported.latency!, count: TIMES, buckets: bucketText(histogram) };
    const figures = { ...reported, latency: times, serviceLatency: times, delay: times };
    await Deno.writeTextFile(
      file(`m-${index}`),
      JSON.stringify({
        ...whole,
        settings: { ...whole.settings, shard: { index, count } },
        levels: [{ ...level, reported: figures }],
      }),
    );
  }
}

async function merging(): Promise<void> {
  const server = await import("../src/server/server.ts");
  await using own = await server.startServer({ httpPort: 0, grpcPort: false });
  const [program, ...args] = trtis(
    ...["perf_client", "-m", "simple", "-u", own.httpAddress!, "--request-rate", "500"],
    ...["--request-count", "500", "--json", file("one")],
  );
  await new Deno.Command(program!, { args }).output();
  const rows = [["files", "of", "seconds", "CPU seconds", "peak memory"]];
  const most = Number(values.files);
  for (const count of [most / 4, most / 2, most]) {
    await writeParts(count);
    const { size } = await Deno.stat(file("m-0"));
    const parts = Array.from({ length: count }, (_, i) => file(`m-${i}`));
    const merge = async (paths: string[], output: string) => {
      const start = performance.now();
      const run = await runMeasured(
        "python3",
        trtis("merge", ...paths, "--partial", "-o", file(output)),
      );
      if (run.code !== 0) throw new Error(run.stderr);
      const seconds = (performance.now() - start) / 1000;
      return [seconds.toFixed(1), run.cpuSeconds.toFixed(1), `${run.memoryMib.toFixed(0)} MiB`];
    };
    rows.push([`${count}`, `${(size / 1e6).toFixed(2)} MB`, ...await merge(parts, "flat")]);
    if (count < most) continue;
    await merge(parts.filter((_, i) => i % 2 === 0), "even");
    await merge(parts.filter((_, i) => i % 2 === 1), "odd");
    rows.push(["2 (merged)", "", ...await merge([file("odd"), file("even")], "tree")]);
    const [flat, tree] = [
      await Deno.readTextFile(file("flat")),
      await Deno.readTextFile(file("tree")),
    ];
    rows.push([
      flat === tree ? "the tree is the flat merge" : "THE TREE IS ANOTHER",
      "",
      "",
      "",
      "",
    ]);
  }
  await printTable("merging reports", rows);
}

try {
  if (values.only !== "merge") await schedules();
  if (values.only !== "schedule") await merging();
} finally {
  await Deno.remove(folder, { recursive: true });
}
