/**
 * A search for the highest load, as text.
 *
 * @module
 */
import type { FindMaxResult, FindMaxStep, PerfSettings, ThresholdVerdict } from "../types.ts";
import { figureText, outcomeText } from "./threshold_text.ts";

const LABELS = {
  lowest: "first",
  up: "up",
  down: "down",
  bisect: "between",
  refine: "near",
  confirm: "confirm",
} as const;

/** One try, in a line: `between 1,240/s: passed; p99 43.1 ms`. */
export function searchStepText(step: FindMaxStep, metric: FindMaxResult["metric"]): string {
  const load = metric === "rate" ? `${number(step.value)}/s` : `${step.value} in flight`;
  const result = step.overload ? "above capacity" : step.passed ? "passed" : "failed";
  const figures = step.thresholds.map(foundText).join(", ");
  const time = `${(step.windowMs / 1000).toFixed(1)} s, ${number(step.requestCount)} requests`;
  return `  ${LABELS[step.phase]} ${load}: ${result}; ${figures} (${time})\n`;
}

/** The index of the run that confirmed the answer; -1 when none did. */
export function confirmingStep({ value, confirmed, path }: FindMaxResult): number {
  return path.findLastIndex((step) =>
    confirmed && step.phase === "confirm" && step.passed && step.value === value
  );
}

/** The sentence at the end. */
export function findMaxText(
  { metric, value, confirmed, path }: FindMaxResult,
  { findMax: search, thresholds = [] }: PerfSettings,
): string {
  const limits = limitsText(path.at(-1)?.thresholds ?? []) || thresholds.join(" and ");
  if (value === undefined) {
    const lowest = Math.min(...path.map((step) => step.value));
    const last = path.findLast((step) => step.value === lowest);
    if (last === undefined) return "";
    const tried = metric === "rate" ? `${number(lowest)} requests/s` : `${lowest} in flight`;
    return `No ${metric} within ${limits}: even ${tried} is too much; ` +
      `${last.thresholds.map(foundText).join(", ")}\n`;
  }
  const unit = metric === "rate"
    ? "requests/s"
    : value === 1
    ? "request in flight"
    : "requests in flight";
  const end = value === search?.to ? ", the highest that was to be tried" : "";
  const head = `Highest ${metric} within ${limits}: ${number(value)} ${unit}${end}`;
  const last = path[confirmingStep({ metric, value, confirmed, path })];
  if (last === undefined) return `${head}; not confirmed\n`;
  const seconds = Math.round(last.windowMs / 1000);
  return `${head}; confirmed for ${seconds} s: ${
    shown(last.thresholds).map(foundText).join(", ")
  }\n`;
}

/** Times and rates; failures only when there were any. */
function shown(verdicts: readonly ThresholdVerdict[]): readonly ThresholdVerdict[] {
  const some = verdicts.filter(({ metric, value }) => metric !== "errors" || (value ?? 0) > 0);
  return some.length === 0 ? verdicts : some;
}

function limitsText(verdicts: readonly ThresholdVerdict[]): string {
  return verdicts.map(({ metric, operator, limit, unit }) =>
    `${metric} ${operator} ${figureText(limit, unit)}`
  ).join(" and ");
}

function foundText(verdict: ThresholdVerdict): string {
  const { metric, value, unit } = verdict;
  if (value === undefined) return `${metric} ${outcomeText(verdict)}`;
  return `${metric} ${
    unit === "us" && value >= 1000 ? threeDigits(value) : figureText(value, unit)
  }`;
}

function threeDigits(us: number): string {
  return us < 1e6
    ? `${Number((us / 1000).toPrecision(3))} ms`
    : `${Number((us / 1e6).toPrecision(3))} s`;
}

function number(value: number): string {
  return value.toLocaleString("en", { maximumFractionDigits: value < 100 ? 2 : 1 });
}
