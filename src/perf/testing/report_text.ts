/**
 * A finished measurement as the reporter of perf_client prints it, for comparing with recordings.
 *
 * @module
 */
import {
  curveText,
  levelHeading,
  levelText,
  passText,
  settingsText,
  type TextOptions,
  unstableText,
} from "../report/text.ts";
import type { PerfResult } from "../types.ts";

/** The whole report. */
export function reportText(result: PerfResult, options: TextOptions = {}): string {
  const levels = result.levels.map((level) =>
    levelHeading(level.concurrency, level.requestRate) +
    (options.verbose ? level.passes.map((pass) => passText(pass, result)).join("") : "") +
    unstableText(level, result.settings) +
    levelText(level, result, options)
  );
  return settingsText(result.settings) + levels.join("") + curveText(result);
}
