/**
 * Thresholds and what came of them, as text.
 *
 * @module
 */
import type { ThresholdVerdict } from "../types.ts";
import { meantLevel } from "./text.ts";

const LABELS = { passed: "passed", broken: "BROKEN", unjudged: "FAILED" } as const;

/** The lines after the last level; empty without thresholds. */
export function thresholdsText(verdicts: readonly ThresholdVerdict[] = []): string {
  if (verdicts.length === 0) return "";
  return `Thresholds:\n${verdicts.map((verdict) => `  ${thresholdLine(verdict)}\n`).join("")}`;
}

/** One threshold at one level: `passed  p99<50ms, concurrency 4: 12.3 ms, 75 % below the limit`. */
export function thresholdLine(verdict: ThresholdVerdict): string {
  const level = meantLevel(verdict);
  const where = level === undefined ? "" : `, ${level}`;
  return `${LABELS[verdict.verdict]}  ${verdict.threshold}${where}: ${outcomeText(verdict)}`;
}

/** What was found and how far it is from the limit, or why there is no judgement. */
export function outcomeText(verdict: ThresholdVerdict): string {
  const { value, margin = 0, marginPercent, operator, unit } = verdict;
  if (value === undefined) return `can't be judged: ${verdict.reason}`;
  const side = operator.startsWith("<") === margin >= 0 ? "below" : "above";
  const distance = marginPercent === undefined
    ? figureText(Math.abs(margin), unit)
    : `${Number(Math.abs(marginPercent).toPrecision(3))} %`;
  const where = margin === 0 ? "at the limit" : `${distance} ${side} the limit`;
  return `${figureText(value, unit)}, ${where}`;
}

/** A figure with a unit for people. */
export function figureText(value: number, unit: ThresholdVerdict["unit"]): string {
  const digits = (number: number) => String(Number(number.toPrecision(4)));
  if (unit === "/s") return `${digits(value)}/s`;
  if (unit === "share") return `${digits(value * 100)} %`;
  if (unit === "count") return String(value);
  return value < 1000
    ? `${digits(value)} us`
    : value < 1e6
    ? `${digits(value / 1000)} ms`
    : `${digits(value / 1e6)} s`;
}
