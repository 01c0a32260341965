/**
 * The flags of perf_client: r19.07's letters, with perf_analyzer's names beside them.
 *
 * @module
 */
import type { FlagTable, OptionsOf } from "../../cli/flag.ts";
import { shardFlags } from "../shared/shard_flags.ts";
import { serverFlags } from "../shared/server_flags.ts";
import { imageFlags } from "../classify/flags.ts";
import { inputFlags } from "./input_flags.ts";
import { metricsFlags } from "./metrics_flags.ts";
import { outputFlags } from "./output_flags.ts";
import { pictureFlags } from "./picture_flags.ts";
import { refusedFlags } from "./refused.ts";
import { tlsFlags } from "./tls_flags.ts";
import { wireFlags } from "./wire_flags.ts";
import { traceFlags } from "./trace.ts";
import { repeatFlags } from "./repeat_flags.ts";
import { scheduleFlags } from "./schedule_flags.ts";
import { scenarioFlags } from "./scenario_flags.ts";
import { searchFlags } from "./search_flags.ts";

const load = "Load";
const window = "Measurement";
const output = "Report";

const loadFlags = {
  concurrency: {
    kind: "string",
    section: load,
    long: "concurrency",
    short: "t",
    value: "N[,N...]",
    help: "requests in flight at the same time, or a list of levels; with -d the first level",
    defaultHelp: "1",
  },
  search: {
    kind: "boolean",
    section: load,
    long: "dynamic",
    short: "d",
    help: "measure one level after another, from -t upwards in steps of 1, until -l or -c stops it",
  },
  latencyLimit: {
    kind: "number",
    section: load,
    long: "latency-threshold",
    short: "l",
    value: "MSEC",
    min: 0,
    help: "stop at this latency: no further levels; 0 means no limit",
    defaultHelp: "no limit",
  },
  maxConcurrency: {
    kind: "integer",
    section: load,
    long: "max-concurrency",
    short: "c",
    value: "N",
    min: 0,
    help: "last level of -d; 0 means no limit",
    defaultHelp: "no limit",
  },
  concurrencyRange: {
    kind: "string",
    section: load,
    long: "concurrency-range",
    value: "START:END:STEP",
    help:
      "levels to measure, instead of -d, -t and -c; STEP may be a factor such as x2, and END 0 " +
      "means no limit and needs -l",
  },
  requestCount: {
    kind: "integer",
    section: load,
    long: "request-count",
    value: "N",
    default: 0,
    min: 0,
    help: "send exactly this many requests per level, in one window; 0 measures until stable",
  },
  warmupRequestCount: {
    kind: "integer",
    section: load,
    long: "warmup-request-count",
    value: "N",
    default: 0,
    min: 0,
    help: "requests to send before each level, not counted in any figure",
  },
  maxThreads: {
    kind: "integer",
    section: load,
    long: "max-threads",
    value: "N",
    default: 16,
    min: 1,
    help: "threads that may send requests; more than one are used only if one is not enough",
  },
  streaming: {
    kind: "boolean",
    section: load,
    long: "streaming",
    help: "send the requests over gRPC streams (with -i grpc)",
  },
  maxErrorRate: {
    kind: "number",
    section: load,
    long: "max-error-rate",
    value: "PERCENT",
    min: 0,
    max: 100,
    help: "share of requests that may fail; a pass with more ends its level",
    defaultHelp: "0, but a level goes on",
  },
  countFailuresAs: {
    kind: "choice",
    section: load,
    long: "count-failures-as",
    choices: ["apart", "slow"],
    default: "apart",
    help:
      "whether failed requests have times of their own alone, or are the slowest in all figures",
  },
  unstableOk: {
    kind: "boolean",
    section: load,
    long: "unstable-ok",
    help: "exit with 0 even if a level was not stable, or -r allowed too few passes to tell",
  },
  blsModels: {
    kind: "list",
    section: load,
    long: "bls-composing-models",
    value: "NAME[:VERSION],...",
    help: "models that the model calls itself (BLS): the report has their statistics, too",
  },
  profile: {
    kind: "boolean",
    section: load,
    long: "profile",
    short: "n",
    help: "run the server's profiler around each pass (v1)",
  },
  async: {
    kind: "boolean",
    section: load,
    long: "async",
    short: "a",
    aliases: ["sync"],
    hidden: true,
    help: "no effect, as in r19.07: requests never wait for each other",
  },
  serialSequences: {
    kind: "boolean",
    section: load,
    long: "serial-sequences",
    hidden: true,
    help: "no effect: a sequence never has more than one request in flight",
  },
} as const satisfies FlagTable;

/** How a level is measured. */
export const windowFlags = {
  windowMs: {
    kind: "number",
    section: window,
    long: "measurement-interval",
    short: "p",
    aliases: ["measurement-window"],
    value: "MSEC",
    default: 5000,
    min: 1,
    help: "length of a window; a pass takes 1.2 times as long",
  },
  stability: {
    kind: "number",
    section: window,
    long: "stability-percentage",
    short: "s",
    value: "PERCENT",
    default: 10,
    min: 0,
    help: "three passes within this range of their average count as stable",
  },
  maxPasses: {
    kind: "integer",
    section: window,
    long: "max-trials",
    short: "r",
    value: "N",
    default: 10,
    min: 1,
    help: "passes before a level is reported as unstable",
  },
  percentile: {
    kind: "number",
    section: window,
    long: "percentile",
    value: "P",
    min: -1,
    max: 100,
    help:
      "use this percentile instead of the average to judge stability, and report it; -1 for none",
    defaultHelp: "none",
  },
  measurementMode: {
    kind: "choice",
    section: window,
    long: "measurement-mode",
    choices: ["time_windows", "count_windows"],
    default: "time_windows",
    help: "whether a window ends after a time or after a number of requests",
  },
  windowRequestCount: {
    kind: "integer",
    section: window,
    long: "measurement-request-count",
    value: "N",
    default: 50,
    min: 1,
    help: "requests in a window, with count_windows",
  },
} as const satisfies FlagTable;

/** What becomes of the figures. */
export const reportFlags = {
  csv: {
    kind: "string",
    section: output,
    long: "latency-report-file",
    short: "f",
    aliases: ["csv"],
    value: "FILE",
    path: "file",
    help: "write CSV, one row per level; - is standard output",
  },
  json: {
    kind: "string",
    section: output,
    long: "json",
    value: "FILE",
    path: "file",
    help: "write settings, environment and all figures as JSON; - is standard output",
  },
  thresholds: {
    kind: "list",
    section: output,
    long: "threshold",
    value: "METRIC<LIMIT",
    help: "fail with exit code 4 unless a figure keeps a limit, such as p99<50ms, errors<1%, " +
      "throughput>800/s@8 or service.avg<5ms@rate=500; may be given several times",
  },
  calibrate: {
    kind: "boolean",
    section: output,
    long: "calibrate",
    help: "also report what this machine can measure at most, with the program's own server",
  },
  histogram: {
    kind: "boolean",
    section: output,
    long: "histogram",
    help: "print a histogram of each level's latencies",
  },
  progress: {
    kind: "choice",
    section: output,
    long: "progress",
    choices: ["line", "live", "none"],
    help: "what a terminal shows meanwhile: one line, several with the last minute, or nothing",
    defaultHelp: "live from 80 x 20 and with colours, else line",
  },
  verbose: {
    ...serverFlags.verbose,
    section: output,
    help: "print every pass, and the parts of the client's time separately",
  },
} as const satisfies FlagTable;

/** All flags of the command. */
export const perfFlags = {
  model: { ...imageFlags.model, unless: "mix", help: "model to measure" },
  mix: {
    kind: "string",
    section: load,
    long: "mix",
    value: "FILE",
    path: "file",
    help: "JSON file with several models that are asked side by side, instead of -m",
  },
  modelVersion: imageFlags.modelVersion,
  batchSize: { ...imageFlags.batchSize, help: "batch entries per request" },
  ...loadFlags,
  ...scheduleFlags,
  ...searchFlags,
  ...scenarioFlags,
  ...inputFlags,
  ...pictureFlags,
  ...windowFlags,
  ...metricsFlags,
  ...traceFlags,
  ...reportFlags,
  ...repeatFlags,
  ...shardFlags,
  ...outputFlags,
  ...serverFlags,
  ...wireFlags,
  ...tlsFlags,
  verbose: reportFlags.verbose,
  ...refusedFlags,
} as const satisfies FlagTable;

/** The options they give. */
export type PerfOptions = OptionsOf<typeof perfFlags>;
