/**
 * Merges reports of perf_client.
 *
 * @module
 */
import { writeOutput } from "../../base/write_file.ts";
import { EXIT } from "../../cli/command.ts";
import type { CommandContext } from "../../cli/context.ts";
import { ReportMerger } from "../../perf/merge/merger.ts";
import { readReport } from "../../perf/merge/read.ts";
import type { MergedResult } from "../../perf/merge/types.ts";
import { jsonReport } from "../../perf/report/json.ts";
import { levelHeading, levelText, settingsText } from "../../perf/report/text.ts";
import { thresholdsText } from "../../perf/report/threshold_text.ts";
import { readRunText } from "../shared/run_text.ts";
import type { MergeJob } from "./job.ts";
import { allowMissing } from "./missing.ts";

/** Merges them; see the command. */
export async function mergeReports(job: MergeJob, context: CommandContext): Promise<number> {
  const { paths, output, partial } = job;
  const { terminal, signal } = context;
  const merger = new ReportMerger();
  for (const path of paths) {
    merger.add(path, readReport(path, await readRunText(path, signal)));
  }
  const missing = merger.missing();
  const result = merger.result();
  const gap = allowMissing(missing, { count: result.merge.count, partial });
  await writeOutput(output, jsonReport(result));
  const warnings = [...gap === undefined ? [] : [gap], ...result.merge.warnings];
  for (const text of warnings) terminal.err(`warning: ${text}\n`);
  terminal.out(resultText(result));
  const broken = result.thresholds?.some(({ passed }) => !passed) ?? false;
  return broken ? EXIT.threshold : EXIT.ok;
}

function resultText(result: MergedResult): string {
  const { count, parts } = result.merge;
  const lines = [`Merged ${parts.length} of ${count} shards\n`, settingsText(result.settings)];
  result.levels.forEach((level, i) => {
    lines.push(levelHeading(level.concurrency, level.requestRate), levelText(level, result));
    const rates = parts.map((part) => part.levels[i]!.reported.inferPerSecond);
    const [least, most] = [Math.min(...rates), Math.max(...rates)];
    lines.push(
      `  Shards: ${least.toFixed(1)} to ${most.toFixed(1)} infer/sec, slowest ` +
        `${parts[rates.indexOf(least)]!.index}\n`,
    );
  });
  return lines.join("") + thresholdsText(result.thresholds);
}
