/**
 * Limits on changes: `throughput>-3%`, `p99<+5%`.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import { excludes, isUpper, keepsLimit, type Limit } from "../threshold/limit.ts";
import { COMPARED } from "./metrics.ts";
import type { ChangeVerdict, LevelComparison } from "./types.ts";

/** A limit on the change of a figure. */
export interface ChangeLimit extends Limit {
  readonly text: string;
  readonly name: string;
  /** Its level: requests in flight, or with `rate=` requests a second; undefined = all. */
  readonly concurrency?: number;
  readonly requestRate?: number;
}

const PATTERN =
  /^([a-z0-9.]+) ?([<>]=?) ?([+-]?\d{1,6}(?:\.\d{1,6})?)([^\s@]*) ?(?:@(rate=)?(\d{1,9}(?:\.\d{1,6})?))?$/;

/** Reads limits. @throws {InferenceError} USAGE, with what is wrong */
export function readChangeLimits(texts: readonly string[]): ChangeLimit[] {
  const limits = texts.map(readLimit);
  limits.forEach((one, i) =>
    limits.slice(i + 1).forEach((other) => {
      if (contradict(one, other)) {
        throw new InferenceError(
          "USAGE",
          `"${one.text}" and "${other.text}" contradict one another: no change keeps both`,
        );
      }
    })
  );
  return limits;
}

function readLimit(given: string): ChangeLimit {
  const text = given.trim();
  const refuse = (why: string, hint?: string) =>
    new InferenceError("USAGE", `Cannot use "${text.slice(0, 200)}" as a threshold: ${why}`, {
      hint,
    });
  const match = text.length > 200 ? null : PATTERN.exec(text);
  if (match === null) {
    throw refuse(
      "expected METRIC<CHANGE% or METRIC>CHANGE%",
      "such as throughput>-3%, p99<+5% or avg<+5%@8",
    );
  }
  const [, name, operator, digits, unit, rate, level] = match;
  if (!COMPARED.includes(name!)) {
    throw refuse(`there is no metric "${name}"`, `there are ${COMPARED.join(", ")}`);
  }
  if (unit !== "%") {
    throw refuse(
      unit === "" ? "the limit has no unit" : `the unit "${unit}" is wrong`,
      "a change is in %, as +5%; errors in percentage points",
    );
  }
  return {
    ...{ text, name: name!, operator: operator as ChangeLimit["operator"], limit: Number(digits) },
    ...level === undefined
      ? {}
      : rate === undefined
      ? { concurrency: Number(level) }
      : { requestRate: Number(level) },
  };
}

function contradict(one: ChangeLimit, other: ChangeLimit): boolean {
  if (one.name !== other.name) return false;
  if (isUpper(one) === isUpper(other)) return false;
  const apart = (a: number | undefined, b: number | undefined) =>
    a !== undefined && b !== undefined && a !== b;
  if (apart(one.concurrency, other.concurrency) || apart(one.requestRate, other.requestRate)) {
    return false;
  }
  return isUpper(one) ? excludes(other, one) : excludes(one, other);
}

/** Every limit at every level that it is about. */
export function judgeChanges(
  limits: readonly ChangeLimit[],
  levels: readonly LevelComparison[],
): ChangeVerdict[] {
  return limits.flatMap((limit): ChangeVerdict[] => {
    const meant = levels.filter((level) =>
      (limit.concurrency ?? level.concurrency) === level.concurrency &&
      (limit.requestRate ?? level.requestRate) === level.requestRate
    );
    if (meant.length > 0) return meant.map((level) => judge(limit, level));
    const { concurrency, requestRate, text } = limit;
    return [{
      ...{ threshold: text, concurrency, requestRate, passed: false, verdict: "unjudged" },
      reason: "the two sides don't both have this level",
    }];
  });
}

function judge(limit: ChangeLimit, level: LevelComparison): ChangeVerdict {
  const { concurrency, requestRate, metrics } = level;
  const where = { threshold: limit.text, concurrency, requestRate };
  const metric = metrics.find(({ name }) => name === limit.name);
  const changePercent = metric?.changePercent;
  if (metric === undefined || changePercent === undefined) {
    const reason = metric?.reason ?? "neither side has such a figure";
    return { ...where, passed: false, verdict: "unjudged", reason };
  }
  if (keepsLimit(changePercent, limit)) {
    return { ...where, passed: true, verdict: "passed", changePercent };
  }
  if (metric.verdict === "same" || metric.verdict === "unknown") {
    const reason = metric.reason ??
      "the change is beyond the limit, but may be chance: measure longer, or repeat";
    return { ...where, passed: false, verdict: "unjudged", changePercent, reason };
  }
  return { ...where, passed: false, verdict: "broken", changePercent };
}
