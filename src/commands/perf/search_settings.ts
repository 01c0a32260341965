/**
 * From the flags to a search for the highest load.
 *
 * @module
 */
import { usageError } from "../../cli/usage.ts";
import type { FindMaxSettings, SearchMetric } from "../../perf/find_max/settings.ts";
import { DEFAULT_SETTINGS, type PerfSettings } from "../../perf/types.ts";
import { readTime } from "../shared/time.ts";
import type { PerfOptions } from "./flags.ts";
import { firstGiven, LOADS } from "./given_flags.ts";
import { keeping, parseDistribution, type ReadSchedule } from "./schedule_settings.ts";

const DEFAULT_PRECISION = 0.02;
const MAX_RATE = 1e6;
const MAX_CONCURRENCY = 1024;

/** A search, and the limits that it goes by. */
export interface ReadSearch {
  readonly findMax: FindMaxSettings;
  readonly thresholds: readonly string[];
}

/**
 * Reads `--find-max` and `--binary-search`; undefined without them.
 *
 * @throws {InferenceError} USAGE when flags contradict one another, or a search has no limit
 */
export function readSearch(options: PerfOptions): ReadSearch | undefined {
  if (options.binarySearch) return readBinary(options);
  const { findMax: metric, from, to, precision, confirm, searchTime } = options;
  if (metric === undefined) {
    const given = from !== undefined || to !== undefined || precision !== "2%" ||
      confirm !== "30s" || searchTime !== "175s";
    if (!given) return undefined;
    throw usageError("--from, --to, --precision, --confirm and --search-time belong to --find-max");
  }
  refuseLoads(options, "--find-max");
  if (options.thresholds.length === 0) {
    throw usageError(
      "--find-max needs a limit",
      "give --threshold, such as --threshold 'p99<50ms'",
    );
  }
  refuseLevels(options.thresholds);
  const findMax = { ...shared(options, metric), from, to, precision: readPrecision(precision) };
  checkRange(findMax);
  return { findMax, thresholds: options.thresholds };
}

/** The schedule of a searched rate: each pass brings its own. */
export function searchedSchedule(
  { findMax: { metric } }: ReadSearch,
  options: PerfOptions,
  cores: number,
): ReadSchedule {
  return metric === "rate" ? { schedule: { levels: [], ...keeping(options, cores) } } : {};
}

/** As for other searches, the bounds of what is in flight. */
export function searchedLevels({ findMax }: ReadSearch): PerfSettings["levels"] {
  const { metric, from = 1, to = MAX_CONCURRENCY } = findMax;
  if (metric === "rate") return DEFAULT_SETTINGS.levels;
  return { start: from, end: to, step: 1, search: false };
}

/** perf_analyzer's search, by its own flags. */
function readBinary(options: PerfOptions): ReadSearch {
  if (options.findMax !== undefined) {
    throw usageError("--binary-search and --find-max are two searches");
  }
  const { concurrencyRange, requestRate, latencyLimit = 0, percentile = -1 } = options;
  const given = concurrencyRange ?? requestRate;
  if (given === undefined || concurrencyRange !== undefined && requestRate !== undefined) {
    throw usageError(
      "--binary-search needs --concurrency-range or --request-rate, and one of them",
    );
  }
  if (!(latencyLimit > 0)) throw usageError("--binary-search needs a latency limit: set -l");
  refuseLoads(
    { ...options, concurrencyRange: undefined, requestRate: undefined },
    "--binary-search",
  );
  const flag = concurrencyRange === undefined ? "--request-rate" : "--concurrency-range";
  const [from, to, step, ...more] = given.split(":").map((part) =>
    /^\d+(\.\d+)?$/.test(part) ? Number(part) : NaN
  );
  const whole = concurrencyRange !== undefined;
  if (more.length > 0 || !(from! > 0 && to! > from!) || step !== undefined && !(step > 0)) {
    throw usageError(
      `Cannot use "${given}" for ${flag} with --binary-search: expected START:END:STEP`,
    );
  }
  const findMax = {
    ...shared(options, whole ? "concurrency" : "rate"),
    ...{ from, to, precision: DEFAULT_PRECISION, step: step ?? 1 },
  };
  checkRange(findMax);
  const limit = `${percentile > 0 ? `p${percentile}` : "avg"}<${latencyLimit}ms`;
  return { findMax, thresholds: [limit, ...options.thresholds] };
}

function shared(options: PerfOptions, metric: SearchMetric) {
  if (metric === "concurrency" && options.requestDistribution !== "constant") {
    throw usageError("--request-distribution belongs to rates, not to a search of concurrency");
  }
  return {
    metric,
    confirmMs: readConfirm(options.confirm),
    searchMs: readTime(options.searchTime, "--search-time", "60s"),
    ...parseDistribution(options.requestDistribution),
    burst: options.burst,
    seed: options.seed,
  };
}

function checkRange({ metric, from, to }: Pick<FindMaxSettings, "metric" | "from" | "to">): void {
  for (const [flag, value] of [["--from", from], ["--to", to]] as const) {
    if (value === undefined) continue;
    if (metric === "concurrency" && !(Number.isInteger(value) && value >= 1 && value <= 1e6)) {
      throw usageError(
        `Cannot use ${value} for ${flag}: requests in flight are a whole number from 1`,
      );
    }
    if (!(value > 0 && value <= MAX_RATE)) {
      throw usageError(
        `Cannot use ${value} for ${flag}: a rate is above 0 and at most ${MAX_RATE}`,
      );
    }
  }
  if (from !== undefined && to !== undefined && to < from) throw usageError("--to is below --from");
}

function readPrecision(text: string): number {
  const percent = Number(/^(\d+(?:\.\d+)?)\s?%?$/.exec(text)?.[1]);
  if (percent >= 0.1 && percent <= 50) return percent / 100;
  throw usageError(`Cannot use "${text}" for --precision: expected a percentage from 0.1% to 50%`);
}

function readConfirm(text: string): number {
  if (/^0(ms|s|m|h)?$/.test(text)) return 0;
  return readTime(text, "--confirm", "30s, or 0");
}

/** A search judges every load that it tries. */
function refuseLevels(thresholds: readonly string[]): void {
  const text = thresholds.find((threshold) => threshold.includes("@"));
  if (text !== undefined) {
    throw usageError(`Cannot use --threshold "${text}": a search has no levels for @`);
  }
}

/** A search sets the load itself, and its passes end by themselves. */
function refuseLoads(options: PerfOptions, search: string): void {
  const given = firstGiven(options, [
    ...LOADS,
    ...["--request-count", "--warmup-request-count", "--duration"] as const,
    ...["--measurement-mode count_windows", "--mix", "--shard"] as const,
    ...options.findMax === undefined ? [] : ["-l"] as const,
  ]);
  if (given === undefined) return;
  throw usageError(
    `Cannot use ${given} with ${search}: a search sets the load and the length of its passes`,
    given === "-l" ? "give the limit as --threshold 'avg<20ms'" : undefined,
  );
}
