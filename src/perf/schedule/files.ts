/**
 * Files of recorded traffic: intervals between requests, and moments of requests.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";

const usage = (message: string) => new InferenceError("USAGE", message);

/** Lines with something on them; `#` starts a comment. */
function lines(text: string): { readonly value: string; readonly line: number }[] {
  return text.split("\n")
    .map((value, i) => ({ value: value.split("#", 1)[0]!.trim(), line: i + 1 }))
    .filter(({ value }) => value !== "");
}

const short = (value: string) =>
  JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}...` : value);

const NUMBER = /^\d+(\.\d+)?$/;

/**
 * Microseconds between requests, one a line.
 *
 * @throws {InferenceError} USAGE with the line that isn't one
 */
export function parseIntervals(text: string, path: string): number[] {
  const us = lines(text).map(({ value, line }) => {
    if (NUMBER.test(value) && Number(value) <= 1e12) return Number(value);
    throw usage(
      `${path}, line ${line}: expected microseconds between requests, found ${short(value)}`,
    );
  });
  if (us.length === 0) throw usage(`${path} has no intervals`);
  if (us.every((gap) => gap === 0)) throw usage(`${path}: all intervals are 0`);
  return us;
}

/**
 * Moments of requests: milliseconds from the start, or RFC 3339 times, of which the first is the start.
 *
 * @returns milliseconds, ascending
 * @throws {InferenceError} USAGE with the line that isn't one, or that goes back in time
 */
export function parseSchedule(text: string, path: string): number[] {
  const moments: number[] = [];
  let dated: boolean | undefined;
  for (const { value, line } of lines(text)) {
    const isNumber = NUMBER.test(value);
    const at = isNumber ? Number(value) : rfc3339(value);
    if (!Number.isFinite(at) || isNumber && at > 1e12) {
      throw usage(
        `${path}, line ${line}: expected milliseconds or an RFC 3339 time, found ${short(value)}`,
      );
    }
    if (dated === isNumber) throw usage(`${path}, line ${line}: milliseconds and times are mixed`);
    dated = !isNumber;
    if (moments.length > 0 && at < moments.at(-1)!) {
      throw usage(`${path}, line ${line}: the schedule goes back in time`);
    }
    moments.push(at);
  }
  if (moments.length === 0) throw usage(`${path} has no requests`);
  return dated ? moments.map((at) => at - moments[0]!) : moments;
}

const TIME = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)$/;

/** Milliseconds, with fractions down to the nanosecond; NaN when it isn't a time. */
function rfc3339(value: string): number {
  const [, date, time, fraction = "", zone] = TIME.exec(value) ?? [];
  if (date === undefined) return NaN;
  return Date.parse(`${date}T${time}${zone!.toUpperCase()}`) + Number(`0${fraction}`) * 1000;
}
