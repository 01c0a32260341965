/**
 * Lengths of time on the command line.
 *
 * @module
 */
import { usageError } from "../../cli/usage.ts";

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** `500ms`, `90s`, `10m`, `1h`, in milliseconds; undefined when it isn't a time above 0. */
export function parseTime(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text.trim());
  const ms = match === null ? NaN : Number(match[1]) * UNITS[match[2]!]!;
  return ms > 0 && ms <= 7 * 24 * UNITS.h! ? ms : undefined;
}

/**
 * The same of a flag.
 *
 * @param example what is expected
 * @throws {InferenceError} USAGE for any other text
 */
export function readTime(text: string, flag: string, example: string): number {
  const ms = parseTime(text);
  if (ms !== undefined) return ms;
  throw usageError(`Cannot use "${text}" for ${flag}: expected a time such as ${example}`);
}
