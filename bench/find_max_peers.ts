/**
 * `--find-max rate` beside perf_analyzer's `--binary-search` at the same limit, on one real Triton: what
 * each promises, the time that it takes, and what then becomes of that rate.
 *
 *     deno task bench:find-max-peers [--only simple/http,mobilenet/grpc] [--confirm 20]
 *
 * Needs what `bench:peers` needs, and for `mobilenet` the ImageNet classifier of `../shared/models` with
 * the interop tier's PyTorch environment. Requests come at random moments (Poisson) in every run. Each
 * rate that was promised is asked for once more, for `--confirm` seconds with a seed of its own; the
 * response latency then is what users of that rate would have had.
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { parse } from "@std/csv";
import { fileURLToPath } from "node:url";
import { percentileUs } from "../src/perf/percentile.ts";
import type { PerfResult } from "../src/perf/types.ts";
import { prepareEnvironment, prepareVision } from "../tests/interop/server/environment.ts";
import { makeRealModels } from "../tests/interop/server/real_models.ts";
import { makeRepository } from "../tests/interop/server/repository.ts";
import { startTriton } from "../tests/interop/server/triton.ts";
import { sharedFile } from "../tests/shared.ts";
import { runMeasured } from "./lib/measured_process.ts";
import { preparePeers } from "./lib/peer_environment.ts";
import { printTable } from "./lib/table.ts";

/** A model with a limit that it can keep, and where perf_analyzer is told to look. */
interface Subject {
  readonly model: string;
  readonly limitMs: number;
  readonly range: string;
  readonly windowMs: number;
}

const SUBJECTS: readonly Subject[] = [
  { model: "simple", limitMs: 10, range: "100:6000:50", windowMs: 2000 },
  { model: "mobilenet", limitMs: 100, range: "40:400:4", windowMs: 5000 },
];
const SEARCH = "90s";

const args = parseArgs(Deno.args, { string: ["only", "confirm"] });
const only = args.only === undefined ? undefined : String(args.only).split(",");
const confirm = Number(args.confirm ?? 20);
const main = fileURLToPath(new URL("../main.ts", import.meta.url));
const root = new URL("../", import.meta.url);
const environment = await prepareEnvironment(new URL(".venv/interop/", root), console.error);
const peers = await preparePeers(new URL(".venv/peers/", root), environment);
const { python } = environment;
const folder = await Deno.makeTempDir({ prefix: "trtis-find-max-" });

/** A rate that was promised; undefined = none. */
interface Promised {
  readonly rate?: number;
  readonly p99Ms?: number;
  readonly seconds: number;
}

async function measured(flags: readonly string[]) {
  const file = `${folder}/ours.json`;
  const run = await runMeasured(
    python,
    [Deno.execPath(), "run", "-A", "--no-check", main, "perf_client", "--json", file, ...flags],
    {},
    300_000,
  );
  if (run.code > 3) throw new Error(`perf_client: ${run.stdout}\n${run.stderr}`);
  const report: PerfResult = JSON.parse(await Deno.readTextFile(file));
  return { report, run };
}

const poisson = ["--request-distribution", "poisson"];

async function ours(target: readonly string[], { limitMs }: Subject): Promise<Promised> {
  const threshold = `p99<=${limitMs}ms`;
  const { report, run } = await measured([
    ...[...target, ...poisson, "--find-max", "rate", "--threshold", threshold],
    ...["--search-time", SEARCH, "--confirm", `${confirm}s`],
  ]);
  console.error(run.stdout.trim().split("\n").at(-1));
  const { value, path } = report.findMax!;
  const at = path.findLastIndex((step) => step.passed && step.value === value);
  const latency = report.levels[at]?.reported.latency;
  const p99Us = latency && percentileUs(latency, 99);
  return { rate: value, p99Ms: p99Us && p99Us / 1000, seconds: run.seconds };
}

async function perfAnalyzer(
  target: readonly string[],
  { limitMs, range, windowMs }: Subject,
): Promise<Promised> {
  const file = `${folder}/perf_analyzer.csv`;
  const run = await runMeasured(
    python,
    [
      ...[peers.perfAnalyzer, ...target, "--async", "-p", String(windowMs), "-f", file],
      ...["--binary-search", "--request-rate-range", range, "-l", String(limitMs)],
      ...["--percentile", "99", ...poisson],
    ],
    { LD_LIBRARY_PATH: peers.libraries },
    400_000,
  );
  console.error(`${run.stdout}\n${run.stderr}`.trim().split("\n").slice(-8).join("\n"));
  const text = await Deno.readTextFile(file).catch(() => "");
  const [header = [], ...rows] = text === "" ? [] : parse(text.trim());
  const column = (row: string[], name: string) => Number(row[header.indexOf(name)]);
  const kept = rows.map((row) => ({
    rate: column(row, "Request Rate"),
    p99Ms: column(row, "p99 latency") / 1000,
  })).filter(({ p99Ms }) => p99Ms <= limitMs).sort((a, b) => b.rate - a.rate);
  return { ...kept[0], seconds: run.seconds };
}

const fixed = (value: number | undefined, digits = 1) => value?.toFixed(digits) ?? "-";
const rows = [
  "MODEL,WIRE,LIMIT,CLIENT,PROMISED/S,ITS P99 MS,SECONDS,P99 AT IT MS,SERVED/S,KEPT".split(","),
];

async function compete(subject: Subject, wire: "http" | "grpc", address: string): Promise<void> {
  const target = ["-m", subject.model, "-i", wire, "-u", address];
  const contenders = { "trtis --find-max": ours, "perf_analyzer --binary-search": perfAnalyzer };
  for (const [name, contender] of Object.entries(contenders)) {
    const { rate, p99Ms, seconds } = await contender(target, subject);
    const { limitMs, model } = subject;
    const row = [
      model,
      wire,
      `p99 ${limitMs} ms`,
      name,
      fixed(rate),
      fixed(p99Ms),
      fixed(seconds, 0),
    ];
    if (rate === undefined) {
      rows.push([...row, "-", "-", "-"]);
      continue;
    }
    const { report: { levels: [level] } } = await measured([
      ...[...target, ...poisson, "--request-rate", String(rate), "--duration", `${confirm}s`],
      ...["--random-seed", "99", "--unstable-ok"],
    ]);
    const { latency, inferPerSecond } = level!.reported;
    const there = percentileUs(latency!, 99)! / 1000;
    rows.push([...row, fixed(there), fixed(inferPerSecond), there <= limitMs ? "yes" : "no"]);
  }
}

try {
  await makeRepository(`${folder}/models`, ["simple"]);
  const classifier = sharedFile("models/mobilenet_v2");
  const wanted = (subject: Subject) =>
    only === undefined || only.some((name) => name.startsWith(subject.model));
  if (classifier !== undefined && wanted(SUBJECTS[1]!)) {
    const { sitePackages } = await prepareVision(new URL(".venv/vision/", root), console.error);
    await makeRealModels(`${folder}/models`, fileURLToPath(classifier), sitePackages);
  }
  const triton = await startTriton(environment, { repository: `${folder}/models` });
  try {
    for (const subject of SUBJECTS) {
      if (subject.model === "mobilenet" && classifier === undefined) continue;
      for (const wire of ["http", "grpc"] as const) {
        if (only !== undefined && !only.includes(`${subject.model}/${wire}`)) continue;
        await compete(subject, wire, triton[wire]);
      }
    }
  } finally {
    await triton.stop();
  }
} finally {
  await Deno.remove(folder, { recursive: true });
}
await printTable(`Searches beside each other on Triton; each rate again for ${confirm} s`, rows);
