/**
 * From the flags to a scenario of MLPerf's LoadGen.
 *
 * @module
 */
import { usageError } from "../../cli/usage.ts";
import {
  MIN_DURATION_MS,
  RULES,
  SAMPLES_PER_QUERY,
  type ScenarioName,
  type ScenarioSettings,
} from "../../perf/scenario/settings.ts";
import { DEFAULT_SETTINGS, type PerfSettings } from "../../perf/types.ts";
import { readTime } from "../shared/time.ts";
import type { PerfOptions } from "./flags.ts";
import { firstGiven, LOADS } from "./given_flags.ts";
import { keeping, parseRates } from "./schedule_settings.ts";

const NAMES: Readonly<Record<string, ScenarioName>> = {
  "single-stream": "SingleStream",
  "multi-stream": "MultiStream",
  "server": "Server",
  "offline": "Offline",
};

/** The part of the settings that a scenario is. */
export type ReadScenario = Pick<PerfSettings, "levels" | "schedule" | "scenario">;

/**
 * Reads `--scenario`; undefined without it.
 *
 * @throws {InferenceError} USAGE for loads that it can't have, or a server without its target
 */
export function readScenario(options: PerfOptions, cores: number): ReadScenario | undefined {
  const { scenario: text, seed, scheduleSeed = seed, sampleSeed = seed + 1 } = options;
  if (text === undefined) {
    if (options.scheduleSeed === undefined && options.sampleSeed === undefined) return undefined;
    throw usageError("--schedule-seed and --sample-seed belong to --scenario");
  }
  refuseOthers(options, text);
  const scenario = NAMES[text]!;
  const { minQueryCount, targetPercentile } = RULES[scenario];
  const open = scenario === "Server" || scenario === "Offline";
  const settings: ScenarioSettings = {
    ...{ scenario, targetPercentile, scheduleSeed, sampleSeed },
    minDurationMs: options.duration === undefined
      ? MIN_DURATION_MS
      : readTime(options.duration, "--duration", "90s or 10m"),
    minQueryCount: options.requestCount || minQueryCount,
    samplesPerQuery: samplesPerQuery(scenario, options.batchSize),
    targetQps: open ? readQps(options.requestRate, text) : undefined,
    targetLatencyMs: scenario === "Server" ? readLatency(options.latencyLimit) : undefined,
  };
  return {
    levels: DEFAULT_SETTINGS.levels,
    schedule: open ? { levels: [], ...keeping(options, cores) } : undefined,
    scenario: settings,
  };
}

function samplesPerQuery(scenario: ScenarioName, batchSize: number): number {
  if (scenario === "Offline") return batchSize;
  if (scenario === "MultiStream") {
    if (SAMPLES_PER_QUERY % batchSize === 0) return SAMPLES_PER_QUERY;
    throw usageError(
      `Cannot use -b ${batchSize} with --scenario multi-stream: a query has ${SAMPLES_PER_QUERY} ` +
        "samples, and -b must divide them",
    );
  }
  if (batchSize === 1) return 1;
  throw usageError("Cannot use -b with this --scenario: a query has one sample");
}

function readQps(text: string | undefined, scenario: string): number {
  if (text === undefined) {
    throw usageError(
      `--scenario ${scenario} needs --request-rate`,
      scenario === "server"
        ? "give the target queries a second"
        : "give the samples a second that you expect: the query is made long enough for them",
    );
  }
  const [qps, ...more] = parseRates(text);
  if (more.length === 0) return qps!;
  throw usageError(`Cannot use "${text}" for --request-rate with --scenario: give one rate`);
}

function readLatency(ms = 0): number {
  if (ms > 0) return ms;
  throw usageError("--scenario server needs a latency limit: set -l");
}

/** A scenario sets the load. */
function refuseOthers(options: PerfOptions, scenario: string): void {
  const open = scenario === "server" || scenario === "offline";
  const given = firstGiven(options, [
    ...LOADS.filter((flag) => !open || flag !== "--request-rate"),
    ...scenario === "server" ? [] : ["-l"] as const,
    ...["--request-distribution", "--burst", "--periodic-concurrency-range"] as const,
    ...["--find-max", "--binary-search", "--measurement-mode count_windows"] as const,
    ...["--mix", "--shard", "--streaming"] as const,
  ]);
  if (given === undefined) return;
  throw usageError(
    `Cannot use ${given} with --scenario ${scenario}: the scenario sets the load`,
  );
}
