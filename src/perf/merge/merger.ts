/**
 * Puts the reports of many tasks together, one after the other: memory grows with their summaries, not
 * with their sizes.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import { restartsText } from "../../base/shard.ts";
import { judgeThresholds, readThresholds } from "../threshold/mod.ts";
import type { PerfModel, PerfSettings } from "../types.ts";
import { withMergedIntervals } from "./intervals.ts";
import { mergeLevel } from "./level.ts";
import { LevelBuckets } from "./level_buckets.ts";
import { differences, type ReadReport, wholeSettings } from "./read.ts";
import type { MergedResult, MergePart } from "./types.ts";

/** Moments of one barrier are no further apart, where clocks are right. */
const SAME_START_MS = 1000;

const refuse = (message: string, hint?: string) => new InferenceError("FILE", message, { hint });

/** A merge under way. */
export class ReportMerger {
  readonly #parts = new Map<number, { readonly part: MergePart; readonly name: string }>();
  readonly #buckets: LevelBuckets[] = [];
  #first: { readonly name: string; readonly report: ReadReport } | undefined;

  /**
   * Adds a report.
   *
   * @param name of its file
   * @throws {InferenceError} FILE when it doesn't belong to those before it
   */
  add(name: string, report: ReadReport): void {
    this.#first ??= { name, report };
    const first = this.#first;
    const different = differences(first.report, report);
    if (different !== undefined) {
      throw refuse(
        `Cannot merge ${first.name} and ${name}: they are of different runs, ${different}`,
        "merge the reports of one job",
      );
    }
    for (const part of report.parts) {
      const other = this.#parts.get(part.index);
      const shard = `shard ${part.index}/${report.count}`;
      if (other !== undefined) {
        throw refuse(`Cannot merge ${name}: ${shard} is in ${other.name} too`);
      }
      this.#parts.set(part.index, { part, name });
    }
    report.levels.forEach(({ reported }, i) => {
      const wrong = (this.#buckets[i] ??= new LevelBuckets()).add(
        reported,
        report.parts.length,
      );
      if (wrong !== undefined) throw refuse(`Cannot merge ${name}: ${wrong}`);
    });
  }

  /** Shards that have not come. */
  missing(): number[] {
    const count = this.#first?.report.count ?? 0;
    return Array.from({ length: count }, (_, i) => i).filter((i) => !this.#parts.has(i));
  }

  /** What all tasks did together. @throws {InferenceError} FILE when they measured different levels */
  result(): MergedResult {
    const { report } = this.#first!;
    const parts = [...this.#parts.values()].map(({ part }) => part)
      .sort((a, b) => a.index - b.index);
    // A search may end sooner in one task than in another.
    const common = Math.min(...parts.map((part) => part.levels.length));
    const longest = Math.max(...parts.map((part) => part.levels.length));
    if (longest > common) {
      const short = parts.filter((part) => part.levels.length === common).map(({ index }) => index);
      throw refuse(
        `Cannot merge: shard ${short.join(", ")} measured ${common} levels, others ${longest}`,
        "measure one level, or levels without a limit that ends them early",
      );
    }
    const settings = wholeSettings(report.settings) as unknown as PerfSettings;
    const levels = this.#buckets.map((buckets, i) =>
      withMergedIntervals(mergeLevel(parts, i, buckets), buckets, settings)
    );
    const thresholds = readThresholds(settings.thresholds ?? []);
    const environments = parts.map((part) => part.environment);
    return {
      settings,
      environment: {
        ...environments[0]!,
        startedAt: environments.map(({ startedAt }) => startedAt).sort()[0]!,
      },
      model: report.model as unknown as PerfModel,
      levels,
      aborted: parts.some((part) => part.aborted),
      thresholds: thresholds.length === 0 ? undefined : judgeThresholds(thresholds, levels),
      merge: { count: report.count, missing: this.missing(), parts, warnings: warningsOf(parts) },
    };
  }
}

/** Tasks whose barrier was another one: they were started again, or with others. */
function startsApart(parts: readonly MergePart[]): string[] {
  const starts = parts.flatMap(({ index, environment: { start } }) =>
    start?.by === "barrier" ? [{ index, at: Date.parse(start.at) }] : []
  );
  const common = starts.map(({ at }) => at).sort((a, b) => a - b)[Math.floor(starts.length / 2)];
  // Each task tells the moment by its own clock.
  const others = starts.filter(({ at }) => Math.abs(at - common!) > SAME_START_MS);
  return others.map(({ index, at }) =>
    `shard ${index} did not begin with most others: the moment of its barrier was ${
      new Date(at).toISOString()
    }, not ${new Date(common!).toISOString()}`
  );
}

function warningsOf(parts: readonly MergePart[]): string[] {
  const different = (
    name: "toolVersion" | "address",
  ) => [...new Set(parts.map(({ environment }) => environment[name]))];
  const [versions, addresses] = [different("toolVersion"), different("address")];
  const isDivided = parts.some(({ levels }) =>
    levels.some(({ reported }) => reported.addresses !== undefined || reported.models !== undefined)
  );
  return [
    ...parts.flatMap(({ index, restarts }) =>
      restarts === undefined ? [] : [`shard ${index} was${restartsText(restarts).slice(1)}`]
    ),
    ...startsApart(parts),
    ...isDivided
      ? ["figures by address and by model are not merged: those of each shard are in merge.parts"]
      : [],
    ...versions.length > 1 ? [`the shards ran different versions: ${versions.join(", ")}`] : [],
    ...addresses.length > 1
      ? [`the shards measured ${addresses.length} addresses: ${addresses.join(", ")}`]
      : [],
  ];
}
