/**
 * What tasks that wait for one another know, and what is said when they wait in vain.
 *
 * @module
 */
import type { Clock } from "../../base/clock.ts";
import { InferenceError } from "../../base/errors.ts";
import type { Shard } from "../../base/shard.ts";

/** What tasks that wait for one another know. */
export interface Meeting {
  readonly shard: Shard;
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** The error of a meeting that did not come about. */
export function notAll(place: string, missing: readonly number[], { shard, timeoutMs }: Meeting) {
  const named = missing.slice(0, 20).join(", ") +
    (missing.length > 20 ? ` and ${missing.length - 20} more` : "");
  return new InferenceError(
    "TIMEOUT",
    `Not all tasks came to the barrier ${place} within ${timeoutMs / 1000} s: ` +
      `${missing.length} of ${shard.count} shards are missing: ${named}`,
    { hint: "look whether they run, or wait longer with --barrier-timeout" },
  );
}
