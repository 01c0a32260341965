/**
 * What isn't the same on both sides of a comparison, and what makes one impossible.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import type { RunReport } from "../run_file/read.ts";
import type { Difference } from "./types.ts";

/** A report and the name of its file. */
export interface NamedRun {
  readonly name: string;
  readonly report: RunReport;
}

const ENVIRONMENT = [
  ...["toolVersion", "runtime", "os", "arch", "cores", "address", "api", "wire"],
  ...["serverId", "serverVersion"],
] as const;
/** Settings that say how to judge, not what was measured. */
const JUDGING = new Set(["thresholds", "shard", "metrics"]);

/** Compares the settings and environments of the first run of each side. */
export function differencesOf(base: RunReport, next: RunReport): Difference[] {
  const found: Difference[] = [];
  const add = (what: string, a: unknown, b: unknown) => {
    const [left, right] = [textOf(a), textOf(b)];
    if (left !== right) found.push({ what, base: left, new: right });
  };
  const [left, right] = [base.environment, next.environment] as unknown as Record<
    string,
    unknown
  >[];
  for (const name of ENVIRONMENT) add(name, left![name], right![name]);
  add("model platform", base.model.platform, next.model.platform);
  const [a, b] = [flat(base.settings), flat(next.settings)];
  for (const name of new Set([...a.keys(), ...b.keys()])) add(name, a.get(name), b.get(name));
  return found;
}

function textOf(value: unknown): string {
  if (value === undefined) return "none";
  return typeof value === "string" || typeof value === "bigint"
    ? String(value)
    : JSON.stringify(value);
}

/** Settings by their path; lists are one value. */
function flat(settings: object, prefix = ""): Map<string, unknown> {
  const all = new Map<string, unknown>();
  for (const [key, value] of Object.entries(settings)) {
    if (prefix === "" && JUDGING.has(key)) continue;
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      flat(value, `${prefix}${key}.`).forEach((inner, name) => all.set(name, inner));
    } else all.set(`${prefix}${key}`, value);
  }
  return all;
}

/** @throws {InferenceError} FILE when the runs are of different kinds */
export function checkComparable(runs: readonly NamedRun[]): void {
  const first = runs[0]!;
  const refuse = (name: string, why: string, hint?: string) =>
    new InferenceError("FILE", `Cannot compare ${name}: ${why}`, { hint });
  for (const { name, report } of runs) {
    if (report.settings.shard !== undefined && report.merge === undefined) {
      throw refuse(
        name,
        "it is one task's part of a load",
        "put the parts together with trtis merge",
      );
    }
    if (report.findMax !== undefined) {
      throw refuse(
        name,
        "it is a search for the highest load, whose levels are its tries",
        "measure both sides at the same levels",
      );
    }
    if (report.levels.every(({ reported }) => reported.latency === undefined)) {
      throw refuse(name, "it has no request that ended well");
    }
    const open = report.settings.schedule !== undefined;
    if (open !== (first.report.settings.schedule !== undefined)) {
      throw refuse(
        name,
        `it has ${open ? "a schedule" : "a fixed number of requests in flight"}, ${first.name} not`,
        "measure both in the same way",
      );
    }
  }
}
