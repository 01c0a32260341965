/**
 * The run as JUnit XML, for the pages of a CI system: thresholds are tests, and so is every level.
 *
 * @module
 */
import type { LevelResult, PerfResult, ThresholdVerdict } from "../types.ts";
import { loadName, meantLevel } from "./text.ts";
import { outcomeText } from "./threshold_text.ts";

interface Case {
  readonly suite: string;
  readonly name: string;
  readonly seconds: number;
  readonly failure?: { readonly type: string; readonly message: string };
}

/** Whether a level's outcome is one that a test would pass with. */
const FINE: readonly LevelResult["outcome"][] = ["stable", "unjudged"];

/**
 * The file's text.
 *
 * @param thresholds with their verdicts
 */
export function junitReport(
  result: PerfResult,
  thresholds: readonly ThresholdVerdict[] = [],
): string {
  const { model: { name }, environment: { startedAt, address } } = result;
  const cases = [
    ...result.levels.map((level): Case => levelCase(level)),
    ...thresholds.map(thresholdCase),
  ];
  const failures = cases.filter(({ failure }) => failure !== undefined).length;
  const seconds = cases.reduce((sum, { seconds }) => sum + seconds, 0);
  const counts = `tests="${cases.length}" failures="${failures}" errors="0" skipped="0"` +
    ` time="${seconds.toFixed(3)}"`;
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="trtis perf_client" ${counts}>`,
    `  <testsuite name="${xml(name)}" hostname="${xml(address)}" timestamp="${
      xml(startedAt.slice(0, 19))
    }" ${counts}>`,
    ...cases.map((each) => caseText(each, name)),
    "  </testsuite>",
    "</testsuites>",
  ];
  return `${lines.join("\n")}\n`;
}

function levelCase(level: LevelResult): Case {
  const seconds = level.passes.reduce((sum, { windowMs }) => sum + windowMs, 0) / 1000;
  const name = loadName(level);
  const { outcome, reason = outcome, errors } = level;
  const failed = !FINE.includes(outcome);
  const details = errors.map(({ count, code, message }) => `${count} x ${code} - ${message}`);
  return {
    ...{ suite: "levels", name, seconds },
    ...failed ? { failure: { type: outcome, message: [reason, ...details].join("\n") } } : {},
  };
}

function thresholdCase(judged: ThresholdVerdict): Case {
  const { threshold, passed, verdict } = judged;
  const level = meantLevel(judged);
  return {
    ...{
      suite: "thresholds",
      name: level === undefined ? threshold : `${threshold} at ${level}`,
      seconds: 0,
    },
    ...passed ? {} : { failure: { type: verdict, message: outcomeText(judged) } },
  };
}

function caseText({ suite, name, seconds, failure }: Case, model: string): string {
  const head = `    <testcase classname="${xml(model)}.${suite}" name="${xml(name)}" ` +
    `time="${seconds.toFixed(3)}"`;
  if (failure === undefined) return `${head}/>`;
  const [first = ""] = failure.message.split("\n");
  return `${head}>\n      <failure type="${xml(failure.type)}" message="${xml(first)}">` +
    `${xml(failure.message)}</failure>\n    </testcase>`;
}

/** Text in XML; what XML 1.0 can't hold becomes U+FFFD. */
function xml(text: string): string {
  return text.toWellFormed().replace(
    /[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu,
    "\ufffd",
  )
    .replace(/[&<>"'\t\n\r]/g, (found) => `&#${found.charCodeAt(0)};`);
}
