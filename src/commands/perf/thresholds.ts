/**
 * `--threshold`: checked before any load is sent.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import { loadName } from "../../perf/report/text.ts";
import { isMeant, readThresholds, type Threshold } from "../../perf/threshold/mod.ts";
import type { PerfSettings } from "../../perf/types.ts";

/**
 * The thresholds for the settings; an empty object when there are none.
 *
 * @throws {InferenceError} USAGE for what can't be read, contradicts, or is about a level that is
 * never measured
 */
export function readLimits(
  texts: readonly string[],
  levels: PerfSettings["levels"],
  schedule: PerfSettings["schedule"],
): Pick<PerfSettings, "thresholds"> {
  if (texts.length === 0) return {};
  for (const threshold of readThresholds(texts)) checkLevel(threshold, levels, schedule);
  return { thresholds: texts };
}

function checkLevel(
  threshold: Threshold,
  levels: PerfSettings["levels"],
  schedule: PerfSettings["schedule"],
): void {
  const { level } = threshold;
  if (level === undefined) return;
  const concurrency = "concurrency" in level ? level.concurrency : 0;
  if (
    schedule === undefined
      ? isMeasured(concurrency, levels)
      : schedule.levels.some((point) => isMeant(threshold, { concurrency: 0, ...point }))
  ) {
    return;
  }
  const name = loadName({ concurrency, ..."requestRate" in level ? level : {} });
  throw new InferenceError(
    "USAGE",
    `Cannot use --threshold "${threshold.text}": ${name} is not among the levels to measure`,
    {
      hint: schedule === undefined
        ? "give @ one of the concurrencies that are measured"
        : "give @rate= one of the rates that are measured",
    },
  );
}

/** Whether a concurrency can come up. */
function isMeasured(
  concurrency: number,
  { start, end, step, list }: PerfSettings["levels"],
): boolean {
  if (list !== undefined) return list.includes(concurrency);
  if (concurrency < start || end > 0 && concurrency > end) return false;
  return (concurrency - start) % step === 0;
}
