/**
 * Reads a report file as something to merge: of one task, or merged before.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import { mapTimes } from "../pass_times.ts";
import { parseRun } from "../run_file/read.ts";
import { isObject } from "../run_file/shape.ts";
import type { LevelResult, TimeFigures } from "../types.ts";
import { settingsDifference } from "./difference.ts";
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
  const doing = `Cannot merge ${name}`;
  const report = parseRun(doing, text);
  const { levels, environment, merge } = report;
  const settings = report.settings as unknown as Plain;
  const model = report.model as unknown as Plain;
  const own = { settings, model, api: environment.api, wire: environment.wire };
  if (merge !== undefined) {
    const { count, parts } = merge;
    const isWhole = isCount(count) &&
      parts.every((one) => isIndex(one.index, count) && one.levels.length === levels.length);
    if (!isWhole) throw new InferenceError("FILE", `${doing}: its list of shards is damaged`);
    return { ...own, levels, count, parts };
  }
  const { index, count, restarts } = isObject(settings.shard) ? settings.shard : {};
  if (!isCount(count) || !isIndex(index, count)) {
    throw new InferenceError("FILE", `${doing}: it is not the report of a shard`, {
      hint: "run each task with its share of the load",
    });
  }
  const part: MergePart = {
    index,
    ...Number.isSafeInteger(restarts) && { restarts: restarts as number },
    environment,
    aborted: report.aborted,
    levels: levels.map(summary),
  };
  return { ...own, levels, count, parts: [part] };
}

/** Which settings are different; undefined when the reports are of one job. */
export function differences(a: ReadReport, b: ReadReport): string | undefined {
  if (a.count !== b.count) return `of ${a.count} and ${b.count} shards`;
  const all = ({ settings, model, api, wire }: ReadReport): Plain => (
    { ...wholeSettings(settings), model, api, wire }
  );
  return settingsDifference(all(a), all(b));
}

/** Settings without the share: those of all tasks together. */
export function wholeSettings({ shard: _, ...settings }: Plain): Plain {
  return settings;
}

/** What is kept of a level: figures without their histograms. */
function summary({ passes: _, timeline: __, reported, ...level }: LevelResult): PartLevel {
  const short = (times: TimeFigures) => (
    { ...times, histogram: [], buckets: undefined, spectrum: undefined }
  );
  return { ...level, reported: { ...mapTimes(reported, short), slots: undefined } };
}

const isCount = (value: unknown): value is number =>
  Number.isInteger(value) && value as number >= 1 && value as number <= 1e6;
const isIndex = (value: unknown, count: number): value is number =>
  Number.isInteger(value) && value as number >= 0 && value as number < count;
