/**
 * What a measurement came to, as an exit code and the sentences that explain it.
 *
 * @module
 */
import { EXIT } from "../../cli/command.ts";
import { loadName } from "../../perf/report/text.ts";
import { thresholdLine } from "../../perf/report/threshold_text.ts";
import { stabilizingUs } from "../../perf/statistics.ts";
import type {
  LevelResult,
  PerfResult,
  ScenarioResult,
  ThresholdVerdict,
} from "../../perf/types.ts";

/** What was asked of the measurement, beside its settings. */
export interface Expectations {
  /** Percent of the requests that may fail. */
  readonly maxErrorRate?: number;
  /** Whether a level need not be stable. */
  readonly unstableOk: boolean;
}

/** An exit code and lines for standard error. */
export interface Verdict {
  readonly code: number;
  readonly lines: readonly string[];
}

/** Judges a result: failures first, then a broken limit, then what wasn't stable. */
export function verdictOf(result: PerfResult, expected: Expectations): Verdict {
  if (result.aborted) return { code: EXIT.interrupted, lines: [] };
  if (result.findMax !== undefined) {
    return { code: result.findMax.value === undefined ? EXIT.failed : EXIT.ok, lines: [] };
  }
  if (result.scenario !== undefined) return scenarioVerdict(result, result.scenario);
  const thresholds = result.thresholds ?? [];
  const broken = thresholds.filter(({ passed }) => !passed);
  // A threshold on errors says how many may fail.
  const limited = thresholds.some(({ metric }) => metric === "errors");
  const allowed = expected.maxErrorRate ?? (limited ? 100 : 0);
  const lines = result.levels.flatMap((level) => failureLine(level, allowed));
  const limit = limitLine(result);
  if (limit !== undefined) lines.push(limit);
  if (broken.length > 0) {
    return { code: EXIT.threshold, lines: [...lines, ...broken.map(brokenLine)] };
  }
  const failed = lines.length > 0 ||
    result.levels.some(({ outcome, reported }) =>
      outcome === "errors" || reported.latency === undefined
    );
  if (failed) return { code: EXIT.failed, lines };
  const open = result.levels.some(({ outcome }) =>
    outcome === "unstable" || outcome === "overload" ||
    outcome === "unjudged" && result.settings.requestCount === 0 && !result.settings.durationMs
  );
  return { code: open && !expected.unstableOk ? EXIT.unstable : EXIT.ok, lines };
}

/** A rule that was not kept is a broken limit, as a threshold is. */
function scenarioVerdict(
  { thresholds = [] }: PerfResult,
  { scenario, valid, rules }: ScenarioResult,
): Verdict {
  const lines = thresholds.filter(({ passed }) => !passed).map(brokenLine);
  if (!valid) {
    const broken = rules.filter(({ kept }) => !kept).map(({ rule }) => rule);
    lines.push(`the ${scenario} run is INVALID, not so: ${broken.join("; ")}`);
  }
  return { code: lines.length === 0 ? EXIT.ok : EXIT.threshold, lines };
}

function brokenLine(verdict: ThresholdVerdict): string {
  return `threshold ${thresholdLine(verdict)}`;
}

function failureLine(level: LevelResult, allowed: number): string[] {
  const { counts, errors } = level;
  const settled = counts.succeeded + counts.failed;
  const percent = counts.failed / Math.max(1, settled) * 100;
  if (counts.failed === 0 || percent <= allowed) return [];
  const first = errors[0];
  const why = first === undefined ? "" : `, most with ${first.code} - ${first.message}`;
  return [
    `${loadName(level)}: ${counts.failed} of ${settled} requests failed ` +
    `(${Number(percent.toPrecision(3))} %)${why}; --max-error-rate sets the share that may`,
  ];
}

/** The latency limit of a single level, or of a search that already fails at its first. */
function limitLine({ settings, levels }: PerfResult): string | undefined {
  const { latencyLimitMs, search } = settings.levels;
  const [first] = levels;
  if (latencyLimitMs === undefined || first?.reported.latency === undefined) return undefined;
  const us = stabilizingUs(first.reported.latency, settings.percentile);
  if (us < latencyLimitMs * 1000) return undefined;
  const name = settings.percentile === undefined ? "average latency" : `p${settings.percentile}`;
  const found = `the ${name} of ${(us / 1000).toFixed(3)} ms at ${loadName(first)} ` +
    `is above the limit of ${latencyLimitMs} ms`;
  return search ? `${found}, and that is the first level; start lower, or raise -l` : found;
}
