/**
 * The page of runs, with the charts' library inside.
 *
 * @module
 */
import { chartLibrary } from "../../perf/page/library.ts";
import { reportPage } from "../../perf/page/page.ts";
import type { PageRun } from "../../perf/page/types.ts";

/** The page's HTML. @throws {InferenceError} FILE when the library can't be read */
export async function pageOf(runs: readonly PageRun[]): Promise<string> {
  return await reportPage(runs, await chartLibrary());
}
