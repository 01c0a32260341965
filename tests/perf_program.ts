/**
 * What the tests of perf_client share: a run inside the test's own process whose streams are kept
 * together as well as apart, and a report without its numbers.
 *
 * @module
 */
import { systemClock } from "../src/base/clock.ts";
import { program } from "../src/commands/program.ts";
import { dispatch } from "../src/cli/dispatch.ts";
import type { LevelResult, PerfResult } from "../src/perf/types.ts";
import { type RunningServer, startServer } from "../src/server/server.ts";
import type { ProgramResult } from "./program.ts";

/** The recorded reports of r19.07: perf_client_NAME.txt. */
export const RECORDED_REPORTS = [
  "classify_b4_t2_grpc",
  "ensemble_t2_http",
  "identity_large_http",
  "sequence_t4_grpc",
  "simple_d_http",
  "simple_d_p95_verbose_grpc",
  "simple_p95_verbose",
  "simple_t2_grpc",
  "simple_t2_http",
  "simple_t4_grpc_streaming",
  "slow_t8_b1_http",
  "unstable",
];

/**
 * Windows that end after so many requests, however fast the machine is at the moment, and that agree
 * whatever they give.
 */
export const BY_COUNT: readonly string[] = [
  ...["--measurement-mode", "count_windows", "--measurement-request-count", "20"],
  ...["-s", "900"],
];

/** A run; `merged` is both streams in the order in which they were written. */
export interface PerfRun extends ProgramResult {
  readonly merged: string;
}

/** How perf_client is run. */
export interface PerfRunOptions {
  /** Stands for Ctrl-C. */
  readonly signal?: AbortSignal;
  /** Called with each text that is written. */
  readonly onText?: (text: string) => void;
  readonly errIsTerminal?: boolean;
}

/** Runs `trtis perf_client ARGS`, from one thread and with v1. */
export async function runPerf(
  args: readonly string[],
  options: PerfRunOptions = {},
): Promise<PerfRun> {
  let [stdout, stderr, merged] = ["", "", ""];
  const written = (text: string) => {
    merged += text;
    options.onText?.(text);
  };
  const terminal = {
    out(text: string) {
      stdout += text;
      written(text);
    },
    err(text: string) {
      stderr += text;
      written(text);
    },
    outIsTerminal: false,
    errIsTerminal: options.errIsTerminal ?? false,
    color: false,
    errColor: false,
    canRedraw: options.errIsTerminal ?? false,
    columns: () => 80,
  };
  const signal = options.signal ?? new AbortController().signal;
  const context = { terminal, clock: systemClock, signal, os: Deno.build.os, version: "0.0.0" };
  const argv = ["perf_client", "--max-threads", "1", "--api", "v1", ...args];
  const code = await dispatch(argv, context, program);
  return { code, stdout, stderr, merged };
}

/** A run with `--json`, and what it wrote there. */
export async function runPerfJson(
  args: readonly string[],
  options: PerfRunOptions = {},
): Promise<PerfRun & { readonly report: PerfResult; readonly level: LevelResult }> {
  const path = await Deno.makeTempFile({ suffix: ".json" });
  try {
    const run = await runPerf([...args, "--json", path], options);
    const text = await Deno.readTextFile(path);
    if (text === "") throw new Error(`no report was written:\n${run.merged}`);
    const report: PerfResult = JSON.parse(text);
    return { ...run, report, level: report.levels[0]! };
  } finally {
    await Deno.remove(path);
  }
}

/** The lines with every number masked, repeated pass lines once, and our own extra lines left out. */
export function masked(report: string): string[] {
  const lines = report.replace(/^\$.*\n/, "").replace(/\[exit \d+\]\n$/, "")
    .replace(/^ {2}(Unstable|Failed|Incomplete): .*\n\n/gm, "")
    .replace(/^warning: .*\n/gm, "")
    .replace(/^ {2}95 % intervals.*\n(?: {4}.*\n)*/gm, "")
    .replace(/^ {2}Passes (?:fell|spread).*\n/gm, "")
    .replace(/^ {2}In flight, as .*\n\n/gm, "")
    .replace(/^ {2}Composing models: \n(( {2}.*)?\n)+?\n?(?=\S|$)/gm, "")
    .split("\n")
    .map((line) => line.replace(/\b\d+(\.\d+)?/g, "N"));
  return lines.filter((line, i) => !(line.startsWith("  Pass [") && line === lines[i - 1]));
}

/** Runs a test with a server and a folder of its own; `base` are the flags for its model `simple`. */
export async function withServer(
  use: (base: string[], folder: string, server: RunningServer) => Promise<void>,
): Promise<void> {
  const server = await startServer({ httpPort: 0, grpcPort: 0 });
  const folder = await Deno.makeTempDir();
  try {
    await use(["-m", "simple", "-u", server.httpAddress!, "-z"], folder, server);
  } finally {
    await server.close();
    await Deno.remove(folder, { recursive: true });
  }
}
