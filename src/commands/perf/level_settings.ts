/**
 * From the flags to the levels that are measured: one, a range, or a list.
 *
 * @module
 */
import { usageError } from "../../cli/usage.ts";
import type { LevelSettings } from "../../perf/types.ts";
import type { PerfOptions } from "./flags.ts";

/** More levels than anybody waits for. */
const MAX_LEVELS = 1000;
const MAX_CONCURRENCY = 999_999_999;

/** The flags that are read here. */
export type LevelOptions = Pick<
  PerfOptions,
  "concurrency" | "concurrencyRange" | "maxConcurrency" | "search" | "latencyLimit"
>;

/**
 * Reads the levels.
 *
 * @throws {InferenceError} USAGE when flags contradict one another, or a level is none
 */
export function readLevels(options: LevelOptions): LevelSettings {
  const { concurrencyRange, maxConcurrency, search } = options;
  const latencyLimitMs = options.latencyLimit === 0 ? undefined : options.latencyLimit;
  if (concurrencyRange !== undefined) {
    if (search || options.concurrency !== undefined || maxConcurrency !== undefined) {
      throw usageError("--concurrency-range replaces -d, -t and -c: give one or the other");
    }
    const range = parseRange(concurrencyRange, latencyLimitMs !== undefined);
    return limited({ ...range, latencyLimitMs, search: range.end !== range.start });
  }
  const list = readList(options.concurrency ?? "1");
  const [start] = list as [number];
  if (search) {
    if (list.length > 1) throw usageError("-t with a list names all levels: leave out -d");
    const end = maxConcurrency ?? 0;
    return limited({ start, end, step: 1, latencyLimitMs, search: true });
  }
  if (list.length === 1) return { start, end: start, step: 1, latencyLimitMs, search: false };
  return { ...listed(list), latencyLimitMs, search: true };
}

function limited(levels: LevelSettings): LevelSettings {
  if (levels.end !== 0 || levels.latencyLimitMs !== undefined) return levels;
  throw usageError("a search needs a limit: set -l (latency), or -c or END (concurrency)");
}

/** `4`, or `1,2,4,8`. */
function readList(text: string): number[] {
  const list = text.split(",").map((part) => /^\d{1,9}$/.test(part.trim()) ? Number(part) : NaN);
  if (list.some((level) => !(level >= 1 && level <= MAX_CONCURRENCY))) {
    throw usageError(
      `Cannot use "${text}" for --concurrency (-t): expected a whole number of at least 1, ` +
        "or several with commas such as 1,2,4,8",
    );
  }
  if (new Set(list).size < list.length) {
    throw usageError(`Cannot use "${text}" for --concurrency (-t): it has a level twice`);
  }
  return list;
}

function listed(list: readonly number[]): Pick<LevelSettings, "start" | "end" | "step" | "list"> {
  return { start: list[0]!, end: Math.max(...list), step: 1, list };
}

/** `START:END:STEP`, with steps that add or, as `x2`, multiply. */
function parseRange(text: string, hasLimit: boolean) {
  const match = /^(\d{1,9})(?::(\d{1,9}))?(?::(?:(\d{1,9})|x(\d{1,4}(?:\.\d{1,4})?)))?$/
    .exec(text.trim());
  const start = Number(match?.[1]);
  const end = Number(match?.[2] ?? start);
  const step = Number(match?.[3] ?? 1);
  const factor = match?.[4] === undefined ? undefined : Number(match[4]);
  const isRange = match !== null && start > 0 && step > 0 && (end === 0 || end >= start) &&
    (factor === undefined || factor > 1);
  if (!isRange) {
    throw usageError(
      `Cannot use "${text}" for --concurrency-range: expected START:END:STEP, ` +
        "1 <= START <= END, where STEP may be a factor such as x2",
    );
  }
  if (factor === undefined) return { start, end, step };
  if (end === 0 && !hasLimit) return { start, end, step };
  const list = multiplied(start, end === 0 ? MAX_CONCURRENCY : end, factor);
  if (list.length > MAX_LEVELS) {
    throw usageError(
      `Cannot use "${text}" for --concurrency-range: it has over ${MAX_LEVELS} levels`,
    );
  }
  return listed(list);
}

/** Whole numbers that grow by a factor, each once. */
function multiplied(start: number, end: number, factor: number): number[] {
  const list: number[] = [];
  for (let level = start; level <= end * (1 + 1e-9) && list.length <= MAX_LEVELS; level *= factor) {
    const whole = Math.min(end, Math.round(level));
    if (whole !== list.at(-1)) list.push(whole);
  }
  return list;
}
