/**
 * Reads reports of perf_client back, `--json` files: the one place that decides whether a text is one,
 * of which version, and whole. `trtis merge`, `trtis report` and `trtis compare` share it.
 *
 * ```ts
 * const run = parseRun("Cannot compare base.json", await Deno.readTextFile("base.json"));
 * ```
 *
 * Fields that later versions of the program add are left alone.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import type { MergeInfo } from "../merge/types.ts";
import { REPORT_VERSION } from "../report/json.ts";
import type { PerfResult } from "../types.ts";
import { isObject } from "./shape.ts";
import { reportShape } from "./shapes.ts";

/** A report as its file has it. 64-bit integers among its settings are texts. */
export interface RunReport extends PerfResult {
  /** The tasks it was merged from; undefined for a run of one. */
  readonly merge?: MergeInfo;
}

/**
 * Reads the text of a report.
 *
 * @param doing what errors begin with, `Cannot merge part-1.json`
 * @throws {InferenceError} FILE when it isn't a whole report of this version
 */
export function parseRun(doing: string, text: string): RunReport {
  const wrong = (why: string, hint?: string) =>
    new InferenceError("FILE", `${doing}: ${why}`, { hint });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw wrong("it is not a whole JSON file", "measure again, if the run was killed");
  }
  const isReport = isObject(json) && isObject(json.settings) && isObject(json.environment) &&
    Array.isArray(json.levels);
  if (isObject(json) && "versusVersion" in json) {
    throw wrong(
      "it has two sides, which were measured in turn, and their comparison",
      "take one of them out of it, such as with jq .base",
    );
  }
  if (!isReport) {
    throw wrong("it is no report of perf_client", "give the JSON file of a measurement");
  }
  const { schemaVersion } = json as { schemaVersion?: unknown };
  if (schemaVersion !== REPORT_VERSION) {
    const version = (JSON.stringify(schemaVersion) ?? "missing").slice(0, 20);
    throw wrong(
      `its version is ${version}, not ${REPORT_VERSION}`,
      "read it with the version of this program that wrote it",
    );
  }
  const damage = reportShape(json, "");
  if (damage !== undefined) throw wrong(`it is damaged: ${damage}`);
  return json as unknown as RunReport;
}
