/**
 * A comparison as text, as Markdown for a pull request, and as JSON.
 *
 * @module
 */
import { meantLevel } from "../report/text.ts";
import type {
  ChangeVerdict,
  CompareVerdict,
  Comparison,
  LevelComparison,
  MetricComparison,
} from "./types.ts";

const WORDS: Readonly<Record<CompareVerdict, string>> = {
  better: "better",
  worse: "WORSE",
  same: "no difference",
  unknown: "can't be told",
};
const HEADER = ["metric", "base", "new", "change", "95 % interval", "verdict"];
/** Grows when a field changes its meaning or goes away; new fields don't change it. */
const COMPARISON_VERSION = 1;
const LIMITS = { passed: "passed", broken: "BROKEN", unjudged: "FAILED" } as const;

/** The report for a terminal. */
export function comparisonText(comparison: Comparison): string {
  const lines = [
    `Base: ${comparison.base.join(", ")}`,
    `New:  ${comparison.new.join(", ")}`,
    ...differenceLines(comparison).map((line) => `  ${line}`),
  ];
  for (const level of comparison.levels) {
    lines.push("", headingOf(level));
    const rows = [HEADER, ...level.metrics.map(cells)];
    const widths = HEADER.map((_, i) => Math.max(...rows.map((row) => row[i]!.length)));
    for (const row of rows) {
      const padded = row.map((cell, i) =>
        i === 0 || i === 5 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)
      );
      lines.push(`  ${padded.join("  ").trimEnd()}`);
    }
    lines.push(...reasonLines(level).map((line) => `  ${line}`));
  }
  if (comparison.thresholds !== undefined) {
    lines.push("", "Thresholds:", ...comparison.thresholds.map((one) => `  ${limitText(one)}`));
  }
  return lines.map((line) => `${line}\n`).join("");
}

/** The report for a pull request. */
export function comparisonMarkdown(comparison: Comparison): string {
  const escaped = (text: string) => text.replace(/[\\|<>&*_`[\]]/g, (sign) => `\\${sign}`);
  const row = (list: readonly string[]) => `| ${list.map(escaped).join(" | ")} |`;
  const lines = [
    `**Base**: ${comparison.base.map(escaped).join(", ")}  `,
    `**New**: ${comparison.new.map(escaped).join(", ")}`,
  ];
  const differences = differenceLines(comparison);
  if (differences.length > 0) lines.push("", ...differences.map((line) => `- ${escaped(line)}`));
  for (const level of comparison.levels) {
    lines.push("", `**${escaped(headingOf(level))}**`, "", row(HEADER));
    lines.push(
      "| --- | ---: | ---: | ---: | ---: | --- |",
      ...level.metrics.map((m) => row(cells(m))),
    );
    const reasons = reasonLines(level);
    if (reasons.length > 0) lines.push("", ...reasons.map((line) => `- ${escaped(line)}`));
  }
  if (comparison.thresholds !== undefined) {
    lines.push("", "**Thresholds**", "");
    lines.push(...comparison.thresholds.map((one) => `- ${escaped(limitText(one))}`));
  }
  return lines.map((line) => `${line}\n`).join("");
}

/** The comparison for other programs: docs/compare.schema.json describes it. */
export function comparisonJson(comparison: Comparison): string {
  return `${JSON.stringify({ schemaVersion: COMPARISON_VERSION, ...comparison }, null, 2)}\n`;
}

/** `threshold p99<+5%, concurrency 4: +7.1 %`. */
export function limitText(verdict: ChangeVerdict): string {
  const { threshold, changePercent, reason } = verdict;
  const level = meantLevel(verdict);
  const where = level === undefined ? "" : `, ${level}`;
  const change = changePercent === undefined ? undefined : signed(changePercent);
  const why = reason === undefined ? undefined : `can't be judged: ${reason}`;
  const parts = [change, why].filter((part) => part !== undefined).join(", ");
  return `${LIMITS[verdict.verdict]}  ${threshold}${where}: ${parts}`;
}

function differenceLines({ differences, unmatched }: Comparison): string[] {
  return [
    ...differences.map(({ what, base, new: next }) =>
      `different ${what}: ${short(base)}, now ${short(next)}`
    ),
    ...unmatched,
  ];
}

const short = (text: string) => text.length > 60 ? `${text.slice(0, 57)}...` : text;

function headingOf(level: LevelComparison): string {
  const { runs } = level;
  const name = meantLevel(level)!;
  const several = runs.base > 1 || runs.new > 1;
  const title = `${name[0]!.toUpperCase()}${name.slice(1)}`;
  return several ? `${title} (${runs.base} and ${runs.new} runs)` : title;
}

function cells(metric: MetricComparison): string[] {
  const { name, unit, base, new: next, changePercent, ci95, verdict } = metric;
  return [
    name,
    figure(base, unit),
    figure(next, unit),
    changePercent === undefined ? "" : signed(changePercent, name),
    ci95 === undefined ? "" : `${signed(ci95[0], name)} to ${signed(ci95[1], name)}`,
    WORDS[verdict],
  ];
}

function reasonLines({ metrics }: LevelComparison): string[] {
  return metrics.filter(({ reason }) => reason !== undefined)
    .map(({ name, reason }) => `${name} can't be told: ${reason}`);
}

function figure(value: number | undefined, unit: MetricComparison["unit"]): string {
  if (value === undefined) return "-";
  if (unit === "share") return `${(100 * value).toFixed(2)} %`;
  const digits = value.toLocaleString("en", { maximumFractionDigits: value < 100 ? 1 : 0 });
  return unit === "us" ? `${digits} us` : `${digits}/s`;
}

function signed(percent: number, name = ""): string {
  const digits = Math.abs(percent) < 100 ? percent.toFixed(1) : percent.toFixed(0);
  const shown = percent >= 0 ? `+${digits}` : digits;
  return name === "errors" ? `${shown} points` : `${shown} %`;
}
