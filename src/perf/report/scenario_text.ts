/**
 * A scenario as text, in the words of LoadGen's summary.
 *
 * @module
 */
import type { ScenarioResult, ScenarioSettings } from "../scenario/settings.ts";
import { MIN_DURATION_MS, RULES } from "../scenario/settings.ts";

const RULE = "================================================";

/** The lines; empty without a scenario. */
export function scenarioText(
  result: ScenarioResult | undefined,
  settings: ScenarioSettings | undefined,
): string {
  if (result === undefined || settings === undefined) return "";
  const { scenario, metric, rules, valid, earlyStopping, figures } = result;
  const advice = rules.filter((rule) => !rule.kept && rule.advice !== "");
  const lines = [
    RULE,
    "Results by MLPerf LoadGen's rules; not an MLPerf submission",
    RULE,
    `Scenario : ${scenario}`,
    "Mode     : PerformanceOnly",
    `${metric.name} : ${number(metric.value)}`,
    `Result is : ${valid ? "VALID" : "INVALID"}`,
    ...rules.map(({ rule, kept }) => `  ${rule} : ${kept ? "Yes" : "NO"}`),
    ...advice.length === 0 ? [] : ["Recommendations:", ...advice.map((one) => ` * ${one.advice}`)],
    ...earlyStopping === undefined ? [] : ["Early Stopping Result:", ` * ${earlyStopping}`],
    ...shorter(settings),
    "",
    "Additional Stats",
    ...Object.entries(figures).map(([name, value]) => `  ${name} : ${number(value)}`),
    "",
    "Test Parameters Used",
    `  min_query_count : ${settings.minQueryCount}`,
    `  min_duration (ms): ${settings.minDurationMs}`,
    `  samples_per_query : ${settings.samplesPerQuery}`,
    ...settings.targetQps === undefined ? [] : [`  target_qps : ${number(settings.targetQps)}`],
    ...settings.targetLatencyMs === undefined
      ? []
      : [`  target_latency (ns): ${Math.round(settings.targetLatencyMs * 1e6)}`],
    `  schedule_rng_seed : ${settings.scheduleSeed}`,
    `  sample_index_rng_seed : ${settings.sampleSeed}`,
  ];
  return lines.map((line) => `${line}\n`).join("");
}

/** A run that was to be shorter than a submission's may be. */
function shorter({ scenario, minDurationMs, minQueryCount }: ScenarioSettings): string[] {
  const least = RULES[scenario].minQueryCount;
  if (minDurationMs >= MIN_DURATION_MS && minQueryCount >= least) return [];
  return [
    `Note: MLPerf's rules ask for at least ${MIN_DURATION_MS / 1000} s and ${least} ` +
    `${scenario === "Offline" ? "samples" : "queries"}; less was asked for here`,
  ];
}

function number(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(2);
}
