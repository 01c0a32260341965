/**
 * What a run came to, in a few lines.
 *
 * @module
 */
import { escapeHtml } from "../../base/html.ts";
import { findMaxText } from "../report/find_max_text.ts";
import { loadName, meantLevel } from "../report/text.ts";
import { outcomeText } from "../report/threshold_text.ts";
import type { LevelResult, ThresholdVerdict } from "../types.ts";
import { count, ms, rate } from "./format.ts";
import { kneeOf } from "./knee.ts";
import type { PageRun } from "./types.ts";

type Kind = "good" | "bad" | "odd" | "plain";

const SIGNS: Readonly<Record<Kind, string>> = { good: "✓", bad: "✗", odd: "!", plain: "·" };
const WORDS = { passed: "passed", broken: "broken", unjudged: "failed" } as const;

/** The lines of a run as a list. */
export function verdictsHtml({ report }: PageRun): string {
  const { thresholds = [], levels, findMax, settings, aborted, merge } = report;
  const items: string[] = [
    ...thresholdItems(thresholds),
    ...findMax === undefined ? [] : [
      item(findMax.confirmed ? "good" : "odd", findMaxText(findMax, settings).trim()),
    ],
    ...headline(levels),
    ...aborted ? [item("odd", "The run was ended early.")] : [],
    ...merge !== undefined && merge.missing.length > 0
      ? [item("bad", `Shards that are missing: ${merge.missing.join(", ")} of ${merge.count}`)]
      : [],
    ...(merge?.warnings ?? []).map((text) => item("odd", text)),
    ...levels.flatMap(levelItems),
  ];
  return `<ul class="verdicts">${items.join("")}</ul>`;
}

function item(kind: Kind, text: string): string {
  return `<li class="${kind}"><span aria-hidden="true">${SIGNS[kind]}</span><div>${
    escapeHtml(text)
  }</div>`;
}

/** What was not kept comes first; what was kept at several loads is one line. */
function thresholdItems(verdicts: readonly ThresholdVerdict[]): string[] {
  const kept = verdicts.filter(({ passed }) => passed);
  return [
    ...verdicts.filter(({ passed }) => !passed).map(thresholdItem),
    ...[...new Set(kept.map(({ threshold }) => threshold))].map((text) => {
      const same = kept.filter(({ threshold }) => threshold === text);
      if (same.length === 1) return thresholdItem(same[0]!);
      const closest = same.reduce((a, b) => distanceOf(b) < distanceOf(a) ? b : a);
      const everywhere = verdicts.every(({ threshold, passed }) => threshold !== text || passed);
      return item(
        "good",
        `${text} passed at ${everywhere ? "all " : ""}${same.length} loads; ` +
          `the closest is ${meantLevel(closest)}: ${outcomeText(closest)}`,
      );
    }),
  ];
}

const distanceOf = ({ margin = Infinity }: ThresholdVerdict) => Math.abs(margin);

function thresholdItem(verdict: ThresholdVerdict): string {
  const level = meantLevel(verdict);
  const where = level === undefined ? "" : ` at ${level}`;
  const text = `${verdict.threshold}${where} ${WORDS[verdict.verdict]}: ${outcomeText(verdict)}`;
  return item(verdict.passed ? "good" : "bad", text);
}

/** The most that was reached, and the knee. */
function headline(levels: readonly LevelResult[]): string[] {
  const some = levels.filter(({ reported }) => reported.latency !== undefined);
  if (some.length === 0) return [item("bad", "No request ended inside a window.")];
  const most = some.reduce((a, b) => b.reported.inferPerSecond > a.reported.inferPerSecond ? b : a);
  const knee = kneeOf(levels);
  return [
    item("plain", `${some.length > 1 ? "Most throughput: " : ""}${figures(most)}`),
    ...knee === undefined
      ? []
      : [item("plain", `The knee, the most throughput for its latency: ${figures(knee)}`)],
  ];
}

function figures(level: LevelResult): string {
  const { latency, inferPerSecond } = level.reported;
  const percentiles = (latency?.percentiles ?? [])
    .filter(({ percentile }) => percentile === 50 || percentile === 99)
    .map(({ percentile, us }) => `p${percentile} ${ms(us)} ms`);
  return [`${rate(inferPerSecond)} infer/s at ${loadName(level)}`, ...percentiles].join(", ");
}

function levelItems(level: LevelResult): string[] {
  const { outcome, reason, counts, warnings } = level;
  const name = loadName(level);
  const isBad = outcome === "errors" || outcome === "overload";
  return [
    ...outcome === "stable" || outcome === "unjudged"
      ? []
      : [item(isBad ? "bad" : "odd", `${name}: ${reason ?? outcome}`)],
    ...counts.failed > 0 ? [item("bad", `${name}: ${count(counts.failed)} requests failed`)] : [],
    ...warnings.map((text) => item("odd", `${name}: ${text}`)),
  ];
}
