/**
 * Thresholds as text: `p99<50ms`, `errors<=1%`, `throughput>800/s@8`, `service.p90<20ms@rate=500`.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import { type Metric, METRIC_NAMES, metricOf, UNITS } from "./metric.ts";

/** How a figure must stand to the limit. */
export type Operator = "<" | "<=" | ">" | ">=";

/** The level that a threshold is about. */
export type LevelChoice = { readonly concurrency: number } | { readonly requestRate: number };

/** One threshold. */
export interface Threshold {
  /** As it was written. */
  readonly text: string;
  readonly metric: Metric;
  readonly operator: Operator;
  /** In microseconds, requests a second, shares of 1, or a number of requests. */
  readonly limit: number;
  /** The unit that it was written in; empty for plain numbers. */
  readonly unit: string;
  /** Undefined = every level. */
  readonly level?: LevelChoice;
}

const refuse = (text: string, why: string, hint?: string) =>
  new InferenceError("USAGE", `Cannot use the threshold "${text}": ${why}`, { hint });

/**
 * Reads a threshold.
 *
 * @throws {InferenceError} USAGE, with what is wrong
 */
export function parseThreshold(text: string): Threshold {
  const sign = /[<>]=?/.exec(text);
  if (sign === null || text.length > 200) {
    throw refuse(
      text,
      "expected METRIC<LIMIT or METRIC>LIMIT",
      "such as p99<50ms, errors<1% or throughput>800/s@8",
    );
  }
  const operator = sign[0] as Operator;
  const [left, levelLeft] = splitLevel(text.slice(0, sign.index));
  const [right, levelRight] = splitLevel(text.slice(sign.index + operator.length));
  if (levelLeft !== undefined && levelRight !== undefined) throw refuse(text, "it has two levels");
  const metric = metricOf(left);
  if (metric === undefined) {
    throw refuse(text, `there is no metric "${left.trim()}"`, `there are ${METRIC_NAMES}`);
  }
  const [, digits, unit] = /^([+-]?\d+(?:\.\d+)?)[ ]?([^\d\s]*)$/.exec(right.trim()) ?? [];
  if (digits === undefined || unit === undefined) {
    throw refuse(text, `"${right.trim()}" is not a number with a unit`);
  }
  const units = UNITS[metric.kind];
  if (!Object.hasOwn(units, unit)) throw refuse(text, unitText(metric, unit, Object.keys(units)));
  const limit = Number(digits) * units[unit]!;
  if (!(limit >= 0 && limit <= Number.MAX_SAFE_INTEGER)) {
    throw refuse(text, "the limit is out of range");
  }
  const level = readLevel(text, levelLeft ?? levelRight);
  const threshold = { text: text.trim(), metric, operator, limit, unit };
  return level === undefined ? threshold : { ...threshold, level };
}

function unitText({ name }: Metric, unit: string, units: readonly string[]): string {
  const named = units.filter((each) => each !== "");
  const known = `${name} takes ${named.join(", ")}${units.includes("") ? " or no unit" : ""}`;
  return unit === "" ? `the limit has no unit; ${known}` : `the unit "${unit}" is wrong; ${known}`;
}

function splitLevel(part: string): readonly [string, string | undefined] {
  const at = part.indexOf("@");
  return at < 0 ? [part, undefined] : [part.slice(0, at), part.slice(at + 1).trim()];
}

function readLevel(text: string, part: string | undefined): LevelChoice | undefined {
  if (part === undefined) return undefined;
  const [, rate, digits] = /^(rate=)?(\d+(?:\.\d+)?)$/.exec(part) ?? [];
  const number = Number(digits);
  if (number > 0 && rate !== undefined) return { requestRate: number };
  if (number > 0 && Number.isInteger(number)) return { concurrency: number };
  throw refuse(text, `"@${part}" is no level`, "give @8 (concurrency) or @rate=500");
}
