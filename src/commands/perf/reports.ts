/**
 * The files of figures that a measurement leaves behind.
 *
 * @module
 */
import type { Terminal } from "../../cli/context.ts";
import { usageError } from "../../cli/usage.ts";
import { checkOutputFile, writeOutput } from "../../base/write_file.ts";
import { composingReports, csvReport } from "../../perf/report/csv.ts";
import { jsonReport } from "../../perf/report/json.ts";
import type { PerfResult } from "../../perf/types.ts";
import type { PerfOptions } from "./flags.ts";
import { filesOfRun } from "./output_options.ts";

/** What stands for standard output where a file is asked for. */
const STANDARD_OUTPUT = "-";

/**
 * Checks that every file can be written, those of each run too.
 *
 * @returns whether a report takes the place of the text on standard output
 * @throws {InferenceError} USAGE for two reports on standard output, FILE for a file that can't be written
 */
export async function checkReports(options: PerfOptions): Promise<boolean> {
  const { csv, json, html, junit, markdown, repeat } = options;
  const ofRuns = Array.from({ length: repeat }, (_, i) => filesOfRun(options, i + 1))
    .flatMap(({ hdr, records, profileExport }) => [hdr, records, profileExport]);
  const files = [csv, json, html, junit, markdown, ...ofRuns].filter((path) => path !== undefined);
  const isOut = (path: string) => path === STANDARD_OUTPUT;
  if (files.filter(isOut).length > 1) {
    throw usageError("Standard output takes one report: give the others a file");
  }
  for (const path of files) if (!isOut(path)) await checkOutputFile(path, reportName(path));
  return files.some(isOut);
}

/** Writes a report where it was asked for. @throws {InferenceError} FILE */
export async function writeReport(
  path: string | undefined,
  terminal: Terminal,
  report: () => string | Promise<string>,
): Promise<void> {
  if (path === undefined) return;
  const text = await report();
  if (path === STANDARD_OUTPUT) terminal.out(text);
  else await writeOutput(path, text, reportName(path));
}

/** Writes all that was asked for. @throws {InferenceError} FILE */
export async function writeReports(
  { csv, json, html, junit, verboseCsv }: PerfOptions,
  result: PerfResult,
  terminal: Terminal,
): Promise<void> {
  await writeReport(csv, terminal, () => csvReport(result, verboseCsv));
  if (csv !== undefined && csv !== STANDARD_OUTPUT) {
    for (const [model, text] of composingReports(result)) {
      const path = besideFile(csv, model);
      await writeOutput(path, text, reportName(path));
    }
  }
  await writeReport(json, terminal, () => jsonReport(result));
  await writeReport(html, terminal, async () => {
    const { pageOf, runsOnPage } = await import("../report/page_of.ts");
    return await pageOf(runsOnPage("this run", result));
  });
  await writeReport(junit, terminal, async () => {
    const { junitReport } = await import("../../perf/report/junit.ts");
    return junitReport(result, result.thresholds);
  });
}

/** What messages call a report. */
const reportName = (path: string) => `the report ${path}`;

/** `levels.csv` -> `resnet50.levels.csv`, as perf_analyzer names them. */
function besideFile(path: string, model: string): string {
  const [, folder, name] = /^(.*[\\/])?([^\\/]*)$/s.exec(path)!;
  return `${folder ?? ""}${model.replace(/[^A-Za-z0-9._-]/g, "_")}.${name}`;
}
