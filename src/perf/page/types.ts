/**
 * What a page is made of.
 *
 * @module
 */
import type { RunReport } from "../run_file/read.ts";

/** One run on a page. */
export interface PageRun {
  /** What tells it from the others: its file. */
  readonly name: string;
  readonly report: RunReport;
}

/** The charts' library, as it goes into the page. */
export interface ChartLibrary {
  readonly script: string;
  readonly style: string;
}
