/**
 * From the record of a run to LoadGen's figures and rules, as loadgen/results.cc has them.
 *
 * @module
 */
import { estimateRank, minPassing } from "./early_stopping.ts";
import type { Done } from "./record.ts";
import type { ScenarioResult, ScenarioRule, ScenarioSettings } from "./settings.ts";

const PERCENTILES = [50, 90, 95, 97, 99, 99.9];
/** SingleStream also estimates MultiStream's percentile. */
const MULTI_STREAM_PERCENTILE = 99;

/** A run: its requests in the order in which they were done, and the first moment. */
export interface ScenarioRun {
  readonly start: number;
  readonly done: readonly Done[];
  /** Samples of a request: its batch entries. */
  readonly batchSize: number;
}

const nanoseconds = (milliseconds: number) => Math.round(milliseconds * 1e6);
const sorted = (values: readonly number[]) => Float64Array.from(values).sort();
/** LoadGen's: the index is cut off. */
const at = (ascending: Float64Array, p: number) =>
  ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * p / 100))] ?? 0;

/** Judges a run. */
export function judgeScenario(settings: ScenarioSettings, run: ScenarioRun): ScenarioResult {
  const { scenario, targetPercentile } = settings;
  const { done, batchSize } = run;
  const samples = sorted(done.map((one) => nanoseconds(one.done - one.due)));
  const sets = querySets(settings, run);
  const queries = sorted(
    sets.map((set) =>
      nanoseconds(
        Math.max(...set.map((one) => one.done)) - Math.min(...set.map((one) => one.due)),
      )
    ),
  );
  const judged = scenario === "MultiStream" ? queries : samples;
  const sampleCount = done.length * batchSize;
  const queryCount = scenario === "Offline" ? 1 : sets.length;
  const early = earlyStopping(settings, judged);
  const seconds = secondsOf(run, samples);
  const failedCount = done.filter(({ failed }) => failed).length;
  const rules = rulesOf(settings, { ...seconds, judged, queryCount, sampleCount, early });
  if (failedCount > 0) {
    rules.push({
      rule: "All samples answered",
      kept: false,
      advice: `${failedCount} requests failed: LoadGen expects an answer to every sample`,
    });
  }
  const figures = {
    ...percentileFigures(samples, "_percentile_latency_ns"),
    ...scenario === "MultiStream"
      ? percentileFigures(queries, "_percentile_per_query_latency_ns")
      : {},
    ...rateFigures(settings, { ...seconds, samples, sampleCount }),
    ...early?.figures,
    result_min_latency_ns: samples[0] ?? 0,
    result_max_latency_ns: samples.at(-1) ?? 0,
    result_mean_latency_ns: samples.reduce((sum, ns) => sum + ns, 0) / Math.max(1, samples.length),
    result_query_count: queryCount,
    ...scenario === "Server" ? { result_overlatency_query_count: early!.slow } : {},
  };
  return {
    scenario,
    valid: rules.every(({ kept }) => kept),
    rules,
    ...{ queryCount, sampleCount, failedCount },
    metric: metricOf(settings, figures, at(judged, targetPercentile)),
    earlyStopping: early?.text,
    figures,
  };
}

/** Requests that are one query. MultiStream's next query waits for the one before. */
function querySets(
  { scenario, samplesPerQuery }: ScenarioSettings,
  { done, batchSize }: ScenarioRun,
): (readonly Done[])[] {
  if (scenario === "Offline") return [];
  const size = scenario === "MultiStream" ? Math.max(1, samplesPerQuery / batchSize) : 1;
  return Array.from(
    { length: Math.ceil(done.length / size) },
    (_, i) => done.slice(i * size, (i + 1) * size),
  );
}

interface Seconds {
  readonly scheduled: number;
  readonly issued: number;
  readonly finished: number;
  /** From the start of Offline's query to its last sample. */
  readonly longest: number;
}

function secondsOf({ start, done }: ScenarioRun, samples: Float64Array): Seconds {
  const last = (key: "due" | "sent" | "done") =>
    Math.max(0, done.reduce((most, one) => Math.max(most, one[key]), start) - start) / 1000;
  return {
    ...{ scheduled: last("due"), issued: last("sent"), finished: last("done") },
    longest: (samples.at(-1) ?? 0) / 1e9,
  };
}

interface EarlyStopping {
  readonly kept: boolean;
  readonly text: string;
  readonly slow: number;
  readonly figures: Readonly<Record<string, number>>;
}

function earlyStopping(
  settings: ScenarioSettings,
  times: Float64Array,
): EarlyStopping | undefined {
  const { scenario, targetPercentile, targetLatencyMs = 0 } = settings;
  const count = times.length;
  if (scenario === "Offline") return undefined;
  if (scenario === "Server") {
    const limit = nanoseconds(targetLatencyMs);
    const slow = times.reduce((sum, ns) => sum + (ns > limit ? 1 : 0), 0);
    const needed = minPassing(slow, targetPercentile / 100) + slow;
    return {
      kept: count >= needed,
      slow,
      figures: {},
      text: count >= needed
        ? "Run successful."
        : `Run unsuccessful. Processed ${count} queries. Would need to run at least ` +
          `${needed - count} more queries, with the run being successful if every additional ` +
          "query were under latency.",
    };
  }
  const estimate = (percentile: number) => {
    const rank = estimateRank(count, percentile / 100);
    return rank === undefined ? undefined : { rank, ns: times[count - rank]! };
  };
  const found = estimate(targetPercentile);
  const least = minPassing(1, targetPercentile / 100) + 1;
  if (found === undefined) {
    return {
      ...{ kept: false, slow: 0, figures: {} },
      text:
        `Only processed ${count} queries. Need to process at least ${least} queries for early ` +
        "stopping.",
    };
  }
  const other = scenario === "SingleStream" ? estimate(MULTI_STREAM_PERCENTILE) : found;
  return {
    kept: true,
    slow: 0,
    text:
      `Processed at least ${least} queries (${count}). Would discard ${found.rank - 1} highest ` +
      `latency queries. Early stopping ${
        targetPercentile.toFixed(1)
      }th percentile estimate: ${found.ns}`,
    figures: {
      ...scenario === "SingleStream" ? { early_stopping_latency_ss: found.ns } : {},
      ...other === undefined ? {} : { early_stopping_latency_ms: other.ns },
    },
  };
}

interface Measured extends Seconds {
  readonly judged: Float64Array;
  readonly queryCount: number;
  readonly sampleCount: number;
  readonly early: EarlyStopping | undefined;
}

function rulesOf(settings: ScenarioSettings, measured: Measured): ScenarioRule[] {
  const { scenario, minDurationMs, minQueryCount, targetPercentile, targetLatencyMs } = settings;
  const { judged, queryCount, sampleCount, early } = measured;
  const rule = (name: string, kept: boolean, advice: string) => (
    { rule: name, kept, advice: kept ? "" : advice }
  );
  const ran = scenario === "Offline"
    ? measured.longest
    : scenario === "Server"
    ? measured.scheduled
    : measured.issued;
  const rules = scenario !== "Server" ? [] : [
    rule(
      "Performance constraints satisfied",
      at(judged, targetPercentile) <= nanoseconds(targetLatencyMs!),
      "Reduce target QPS to improve latency.",
    ),
  ];
  rules.push(
    rule(
      "Min duration satisfied",
      ran >= minDurationMs / 1000,
      scenario === "Offline"
        ? "Increase expected QPS so the loadgen pre-generates a larger (coalesced) query."
        : "The run ended early.",
    ),
    rule(
      "Min queries satisfied",
      (scenario === "Offline" ? sampleCount : queryCount) >= minQueryCount,
      "The test exited early, before enough queries were issued.",
    ),
  );
  if (early !== undefined) rules.push(rule("Early stopping satisfied", early.kept, early.text));
  return rules;
}

function percentileFigures(ascending: Float64Array, end: string): Record<string, number> {
  return Object.fromEntries(
    PERCENTILES.map((p) => [`result_${p.toFixed(2)}${end}`, at(ascending, p)]),
  );
}

function rateFigures(
  { scenario }: ScenarioSettings,
  { scheduled, issued, finished, longest, samples, sampleCount }: Seconds & {
    readonly samples: Float64Array;
    readonly sampleCount: number;
  },
): Record<string, number> {
  const by = (count: number, seconds: number) => seconds > 0 ? count / seconds : 0;
  switch (scenario) {
    case "SingleStream":
      return {
        result_qps_with_loadgen_overhead: by(sampleCount - 1, issued),
        result_qps_without_loadgen_overhead: by(
          samples.length,
          samples.reduce((sum, ns) => sum + ns, 0) / 1e9,
        ),
      };
    case "Server":
      return {
        result_scheduled_samples_per_sec: by(sampleCount - 1, scheduled),
        result_completed_samples_per_sec: by(sampleCount - 1, finished),
      };
    case "Offline":
      return { result_samples_per_second: by(sampleCount, longest) };
    case "MultiStream":
      return {};
  }
}

function metricOf(
  { scenario, targetPercentile }: ScenarioSettings,
  figures: Readonly<Record<string, number>>,
  percentileNs: number,
): ScenarioResult["metric"] {
  if (scenario === "Server") {
    const value = figures.result_completed_samples_per_sec!;
    return { name: "Completed samples per second", value };
  }
  if (scenario === "Offline") {
    return { name: "Samples per second", value: figures.result_samples_per_second! };
  }
  const name = `${targetPercentile.toFixed(1)}th percentile latency (ns)`;
  return { name, value: percentileNs };
}
