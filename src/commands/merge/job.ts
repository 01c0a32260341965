/**
 * What a merge is told.
 *
 * @module
 */

/** What is to be merged. */
export interface MergeJob {
  readonly paths: readonly string[];
  readonly output: string;
  readonly partial: boolean;
  readonly confusion?: string;
}
