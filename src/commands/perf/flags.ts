/**
 * The flags of perf_client: r19.07's letters, with perf_analyzer's names beside them.
 *
 * @module
 */
import type { FlagTable, OptionsOf } from "../../command/flag.ts";
import { serverFlags } from "../../command/server_flags.ts";
import { imageFlags } from "../classify/flags.ts";
import { inputFlags } from "./input_flags.ts";
import { refusedFlags } from "./refused.ts";

const load = "Load";
const window = "Measurement";
const output = "Report";

const loadFlags = {
  concurrency: {
    kind: "integer",
    section: load,
    long: "concurrency",
    short: "t",
    value: "N",
    min: 1,
    help: "requests that are outstanding at the same time; with -d the first level",
    defaultHelp: "1",
  },
  search: {
    kind: "boolean",
    section: load,
    long: "dynamic",
    short: "d",
    help: "measure one level after the other, from -t up in steps of 1, until -l or -c ends it",
  },
  latencyLimit: {
    kind: "number",
    section: load,
    long: "latency-threshold",
    short: "l",
    value: "MSEC",
    min: 0,
    help: "no further level once the latency has reached this; 0 is no limit",
    defaultHelp: "no limit",
  },
  maxConcurrency: {
    kind: "integer",
    section: load,
    long: "max-concurrency",
    short: "c",
    value: "N",
    min: 0,
    help: "the last level of -d; 0 is no limit",
    defaultHelp: "no limit",
  },
  concurrencyRange: {
    kind: "string",
    section: load,
    long: "concurrency-range",
    value: "START:END:STEP",
    help: "levels to measure, instead of -d, -t and -c; END 0 is no limit, with -l",
  },
  requestCount: {
    kind: "integer",
    section: load,
    long: "request-count",
    value: "N",
    default: 0,
    min: 0,
    help: "send exactly so many requests in one window at each level; 0 measures until stable",
  },
  warmupRequestCount: {
    kind: "integer",
    section: load,
    long: "warmup-request-count",
    value: "N",
    default: 0,
    min: 0,
    help: "requests before each level that no figure includes",
  },
  maxThreads: {
    kind: "integer",
    section: load,
    long: "max-threads",
    value: "N",
    default: 16,
    min: 1,
    help: "threads that may send requests; more than one only when one is not enough",
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
    default: 100,
    min: 0,
    max: 100,
    help: "give up when more than this share of a pass's requests failed",
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
    help: "without effect, as in r19.07: requests never wait for one another",
  },
} as const satisfies FlagTable;

const windowFlags = {
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
    help: "three passes within this of their average are stable",
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
    help: "judge stability by this percentile instead of the average, and report it; -1 is none",
    defaultHelp: "none",
  },
  measurementMode: {
    kind: "choice",
    section: window,
    long: "measurement-mode",
    choices: ["time_windows", "count_windows"],
    default: "time_windows",
    help: "whether a window ends by time or by its number of requests",
  },
  windowRequestCount: {
    kind: "integer",
    section: window,
    long: "measurement-request-count",
    value: "N",
    default: 50,
    min: 1,
    help: "requests of a window with count_windows",
  },
} as const satisfies FlagTable;

const reportFlags = {
  csv: {
    kind: "string",
    section: output,
    long: "latency-report-file",
    short: "f",
    aliases: ["csv"],
    value: "FILE",
    path: "file",
    help: "write a row for each level as CSV",
  },
  json: {
    kind: "string",
    section: output,
    long: "json",
    value: "FILE",
    path: "file",
    help: "write settings, environment and all figures as JSON",
  },
  histogram: {
    kind: "boolean",
    section: output,
    long: "histogram",
    help: "print the latencies of each level as a histogram",
  },
  verbose: {
    ...serverFlags.verbose,
    section: output,
    help: "print every pass, and the parts of the client's time apart",
  },
} as const satisfies FlagTable;

/** perf_analyzer's names for the flags of TLS, over HTTP and gRPC. */
const tlsFlags = {
  tls: { ...serverFlags.tls, aliases: ["ssl-grpc-use-ssl"] },
  ca: {
    ...serverFlags.ca,
    aliases: ["ssl-grpc-root-certifications-file", "ssl-https-ca-certificates-file"],
  },
  cert: {
    ...serverFlags.cert,
    aliases: ["ssl-grpc-certificate-chain-file", "ssl-https-client-certificate-file"],
  },
  key: {
    ...serverFlags.key,
    aliases: ["ssl-grpc-private-key-file", "ssl-https-private-key-file"],
  },
} as const satisfies FlagTable;

/** All flags of the command. */
export const perfFlags = {
  model: { ...imageFlags.model, help: "model to measure" },
  modelVersion: imageFlags.modelVersion,
  batchSize: { ...imageFlags.batchSize, help: "batch entries in a request" },
  ...loadFlags,
  ...inputFlags,
  ...windowFlags,
  ...reportFlags,
  ...serverFlags,
  ...tlsFlags,
  verbose: reportFlags.verbose,
  ...refusedFlags,
} as const satisfies FlagTable;

/** The options they give. */
export type PerfOptions = OptionsOf<typeof perfFlags>;
