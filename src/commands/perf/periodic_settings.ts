/**
 * From the flags to a load that grows by the answers.
 *
 * @module
 */
import { usageError } from "../../cli/usage.ts";
import type { PerfSettings } from "../../perf/types.ts";
import type { PerfOptions } from "./flags.ts";
import { firstGiven, LOADS } from "./given_flags.ts";

/** perf_analyzer's. */
const PERIOD = 10;
const FLAG = "--periodic-concurrency-range";

/**
 * Reads `--periodic-concurrency-range` and `--request-period`; undefined without them.
 *
 * @throws {InferenceError} USAGE when the range is none, or other flags set the load too
 */
export function readPeriodic(options: PerfOptions): PerfSettings["periodic"] {
  const { periodicRange: text, requestPeriod } = options;
  if (text === undefined) {
    if (requestPeriod === undefined) return undefined;
    throw usageError(`--request-period belongs to ${FLAG}`);
  }
  const other = firstGiven(options, [
    ...LOADS,
    ...["--find-max", "--binary-search", "--request-count", "--duration"] as const,
    ...["--mix", "--shard"] as const,
  ]);
  if (other !== undefined) throw usageError(`Cannot use ${FLAG} with ${other}: both set the load`);
  const match = /^(\d{1,9}):(\d{1,9})(?::(\d{1,9}))?$/.exec(text.trim());
  const [start, end, step] = [Number(match?.[1]), Number(match?.[2]), Number(match?.[3] ?? 1)];
  if (match === null || start === 0 || step === 0 || end < start) {
    throw usageError(
      `Cannot use "${text}" for ${FLAG}: expected START:END:STEP, 1 <= START <= END`,
    );
  }
  return { start, end, step, period: requestPeriod ?? PERIOD };
}
