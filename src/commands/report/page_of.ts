/**
 * The page of runs, with the charts' library inside.
 *
 * @module
 */
import { chartLibrary } from "../../perf/page/library.ts";
import { reportPage } from "../../perf/page/page.ts";
import type { PageRun } from "../../perf/page/types.ts";
import type { RunReport } from "../../perf/run_file/read.ts";

/** Further ones would hide each other. */
const MOST_RUNS = 8;

/** A report as it goes on a page: one of several runs lies under them, up to a few. */
export function runsOnPage(name: string, report: RunReport): PageRun[] {
  const { runs = [] } = report;
  const single = runs.slice(0, MOST_RUNS).map(({ run, levels }) => ({
    name: `${name}, run ${run}`,
    report: { ...report, levels, runs: undefined, thresholds: undefined },
  }));
  return [{ name, report }, ...single];
}

/** The page's HTML. @throws {InferenceError} FILE when the library can't be read */
export async function pageOf(runs: readonly PageRun[]): Promise<string> {
  return await reportPage(runs, await chartLibrary());
}
