/**
 * A scenario of MLPerf's LoadGen, and what came of it.
 *
 * @module
 */

/** As LoadGen names them. */
export type ScenarioName = "SingleStream" | "MultiStream" | "Server" | "Offline";

/** What is run. A sample is a batch entry. */
export interface ScenarioSettings {
  readonly scenario: ScenarioName;
  /** The run goes on until both are reached. */
  readonly minDurationMs: number;
  /** Queries; of Offline samples, which are one query. */
  readonly minQueryCount: number;
  /** Samples of a query; of Offline all. */
  readonly samplesPerQuery: number;
  /** By which a run is judged, 0 to 100. */
  readonly targetPercentile: number;
  /** Server: the limit of that percentile. */
  readonly targetLatencyMs?: number;
  /** Server: queries a second. Offline: samples a second that are expected. */
  readonly targetQps?: number;
  /** Of the arrivals, and of the choice of samples. */
  readonly scheduleSeed: number;
  readonly sampleSeed: number;
}

/** What MLPerf's rules ask of every benchmark (mlperf.conf), where a benchmark doesn't ask for more. */
export const RULES: Readonly<
  Record<ScenarioName, Pick<ScenarioSettings, "minQueryCount" | "targetPercentile">>
> = {
  SingleStream: { minQueryCount: 100, targetPercentile: 90 },
  MultiStream: { minQueryCount: 662, targetPercentile: 99 },
  Server: { minQueryCount: 100, targetPercentile: 99 },
  Offline: { minQueryCount: 24_576, targetPercentile: 99 },
};

/** Of all scenarios: ten minutes. */
export const MIN_DURATION_MS = 600_000;
/** Of MultiStream. */
export const SAMPLES_PER_QUERY = 8;

/** One rule, and whether the run kept it. */
export interface ScenarioRule {
  /** As LoadGen words it. */
  readonly rule: string;
  readonly kept: boolean;
  /** What to change; empty when it was kept. */
  readonly advice: string;
}

/** What came of a scenario. */
export interface ScenarioResult {
  readonly scenario: ScenarioName;
  /** Whether all rules were kept. */
  readonly valid: boolean;
  readonly rules: readonly ScenarioRule[];
  readonly queryCount: number;
  readonly sampleCount: number;
  /** LoadGen has no failed samples; a run with one is never valid. */
  readonly failedCount: number;
  /** The figure by which the scenario is compared, with LoadGen's words for it. */
  readonly metric: { readonly name: string; readonly value: number };
  /** What early stopping says; undefined for Offline. */
  readonly earlyStopping?: string;
  /** All figures by the names of LoadGen's detailed log; times are nanoseconds. */
  readonly figures: Readonly<Record<string, number>>;
}
