/**
 * What is merged, and what comes of it.
 *
 * @module
 */
import type { LevelResult, PassResult, PerfEnvironment, PerfResult } from "../types.ts";

/** A level as one task saw it: no passes, and no histograms in its figures. */
export type PartLevel = Omit<LevelResult, "passes" | "reported"> & {
  readonly reported: PassResult;
};

/** What one task did. */
export interface MergePart {
  /** From 0. */
  readonly index: number;
  /** How often the engine has started it again. */
  readonly restarts?: number;
  readonly environment: PerfEnvironment;
  readonly aborted: boolean;
  readonly levels: readonly PartLevel[];
}

/** Which tasks a merged report is made of. */
export interface MergeInfo {
  /** Shards of the whole job. */
  readonly count: number;
  /** Those that are not in here. */
  readonly missing: readonly number[];
  /** Ascending by index. */
  readonly parts: readonly MergePart[];
  /** What is odd about the merge as a whole. */
  readonly warnings: readonly string[];
}

/** A report that was merged; its settings are those of all tasks together. */
export interface MergedResult extends PerfResult {
  readonly merge: MergeInfo;
}
