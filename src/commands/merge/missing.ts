/**
 * What is said when shards are missing.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";

/** Shards that are named at most. */
const NAMED = 20;

/** `shards 1, 2 and 7 of 8`. */
export function shardsText(shards: readonly number[], count: number): string {
  const named = shards.slice(0, NAMED).join(", ");
  const more = shards.length - NAMED;
  const rest = more > 0 ? ` and ${more} more` : "";
  return `${shards.length === 1 ? "shard" : "shards"} ${named}${rest} of ${count}`;
}

/**
 * Lets a merge go on without some shards, or not.
 *
 * @param reason why one isn't there, where that is known
 * @returns a warning; undefined when nothing is missing
 * @throws {InferenceError} FILE unless `partial`
 */
export function allowMissing(
  missing: readonly number[],
  { count, partial, reason }: {
    readonly count: number;
    readonly partial: boolean;
    readonly reason?: string;
  },
): string | undefined {
  if (missing.length === 0) return undefined;
  const what = `${shardsText(missing, count)} ${missing.length === 1 ? "is" : "are"} missing` +
    (reason === undefined ? "" : ` (${reason})`);
  if (partial) return `${what}: the result is not that of the whole job`;
  throw new InferenceError("FILE", `Cannot merge: ${what}`, {
    hint: `run ${
      missing.length === 1 ? "it" : "them"
    } again, or merge what is there with --partial`,
  });
}
