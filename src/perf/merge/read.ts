/**
 * Reads a report file as something to merge: of one task, or merged before.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import { mapTimes, timesOf } from "../pass_times.ts";
import { REPORT_VERSION } from "../report/json.ts";
import type { LevelResult, PassResult, PerfEnvironment, TimeFigures } from "../types.ts";
import type { MergePart, PartLevel } from "./types.ts";

type Plain = Readonly<Record<string, unknown>>;

/** A report, checked as far as merging needs it. */
export interface ReadReport {
  readonly settings: Plain;
  readonly model: Plain;
  readonly api: string;
  readonly wire: string;
  /** Shards of the whole job. */
  readonly count: number;
  readonly parts: readonly MergePart[];
  readonly levels: readonly LevelResult[];
}

/**
 * Reads the text of a report.
 *
 * @throws {InferenceError} FILE when it isn't a whole one of a shard
 */
export function readReport(name: string, text: string): ReadReport {
  const wrong = (why: string, hint?: string) =>
    new InferenceError("FILE", `Cannot merge ${name}: ${why}`, { hint });
  let json: Plain;
  try {
    json = JSON.parse(text);
  } catch {
    throw wrong("it is not a whole JSON file", "run its shard again, if it was killed");
  }
  const settings = plain(json?.settings);
  const environment = plain(json?.environment);
  const model = plain(json?.model);
  const isReport = settings !== undefined && environment !== undefined && model !== undefined &&
    Array.isArray(json.levels) && json.levels.every(isLevel);
  if (!isReport) throw wrong("it is no report of perf_client");
  if (json.schemaVersion !== REPORT_VERSION) {
    throw wrong(`its version is ${JSON.stringify(json.schemaVersion)}, not ${REPORT_VERSION}`);
  }
  const levels = json.levels as LevelResult[];
  const own = { settings, model, api: String(environment.api), wire: String(environment.wire) };
  const merged = plain(json.merge);
  if (merged !== undefined) {
    const { count, parts } = merged;
    const isWhole = isCount(count) && Array.isArray(parts) &&
      parts.every((one) => isPart(one, count) && one.levels.length === levels.length);
    if (!isWhole) throw wrong("its list of shards is damaged");
    return { ...own, levels, count, parts };
  }
  const { index, count } = plain(settings.shard) ?? {};
  if (!isCount(count) || !isIndex(index, count)) {
    throw wrong("it is not the report of a shard", "run each task with its share of the load");
  }
  const part: MergePart = {
    index,
    environment: environment as unknown as PerfEnvironment,
    aborted: json.aborted === true,
    levels: levels.map(summary),
  };
  return { ...own, levels, count, parts: [part] };
}

/** Which settings are different; undefined when the reports are of one job. */
export function differences(a: ReadReport, b: ReadReport): string | undefined {
  if (a.count !== b.count) return `of ${a.count} and ${b.count} shards`;
  const one: Plain = { ...wholeSettings(a.settings), model: a.model, api: a.api, wire: a.wire };
  const other: Plain = { ...wholeSettings(b.settings), model: b.model, api: b.api, wire: b.wire };
  const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  const short = (value: unknown) => (JSON.stringify(value) ?? "none").slice(0, 60);
  const found = keys.filter((key) => sorted(one[key]) !== sorted(other[key]))
    .map((key) => `${key} (${short(one[key])} and ${short(other[key])})`);
  return found.length === 0 ? undefined : `with other ${found.join(", ")}`;
}

/** Settings without the share: those of all tasks together. */
export function wholeSettings({ shard: _, ...settings }: Plain): Plain {
  return settings;
}

/** JSON whose keys stand in one order. */
function sorted(value: unknown): string {
  return JSON.stringify(
    value,
    (_, inner) =>
      plain(inner) === undefined
        ? inner
        : Object.fromEntries(Object.entries(inner).sort(([a], [b]) => a < b ? -1 : 1)),
  ) ?? "";
}

/** What is kept of a level: figures without their histograms. */
function summary({ passes: _, timeline: __, reported, ...level }: LevelResult): PartLevel {
  const short = (times: TimeFigures) => (
    { ...times, histogram: [], buckets: undefined, spectrum: undefined }
  );
  return { ...level, reported: mapTimes(reported, short) };
}

function plain(value: unknown): Plain | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? value as Plain
    : undefined;
}

const isNumber = (value: unknown) => typeof value === "number" && Number.isFinite(value);
const isCount = (value: unknown): value is number =>
  Number.isInteger(value) && value as number >= 1 && value as number <= 1e6;
const isIndex = (value: unknown, count: number): value is number =>
  Number.isInteger(value) && value as number >= 0 && value as number < count;

function isPart(value: unknown, count: number): value is MergePart {
  const part = plain(value);
  return part !== undefined && isIndex(part.index, count) &&
    plain(part.environment) !== undefined && Array.isArray(part.levels) &&
    part.levels.every(isLevel);
}

function isLevel(value: unknown): boolean {
  const level = plain(value);
  const counts = plain(level?.counts);
  return level !== undefined && counts !== undefined && Object.values(counts).every(isNumber) &&
    isNumber(level.concurrency) && isNumber(level.threads) && Array.isArray(level.errors) &&
    Array.isArray(level.warnings) && isPass(level.reported);
}

const PASS_NUMBERS = ["windowMs", "requestCount", "failedCount", "errorRate", "inferPerSecond"];

function isPass(value: unknown): boolean {
  const pass = plain(value);
  const client = plain(pass?.client);
  if (pass === undefined || client === undefined) return false;
  if (!PASS_NUMBERS.every((key) => isNumber(pass[key])) || !Array.isArray(pass.errors)) {
    return false;
  }
  return (["latency", "serviceLatency", "delay"] as const).every((name) => {
    const times = timesOf(value as PassResult, name);
    return times === undefined || isNumber(times.count) && isNumber(times.averageUs) &&
        isNumber(times.deviationUs) && isNumber(times.minUs) && isNumber(times.maxUs) &&
        Array.isArray(times.percentiles);
  });
}
