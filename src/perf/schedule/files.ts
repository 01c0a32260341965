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

/** Recorded traffic. */
export interface RecordedSchedule {
  /** Milliseconds from the start, ascending. */
  readonly ms: readonly number[];
  /** The input that each request has, from 0, -1 = the next in turn; undefined = all come in turn. */
  readonly inputs?: readonly number[];
}

/** The last word of a line, where a blank or a comma stands before it; in linear time. */
function splitInput(value: string): readonly [moment: string, input: string | undefined] {
  const at = Math.max(...[" ", "\t", ","].map((mark) => value.lastIndexOf(mark)));
  const input = value.slice(at + 1);
  if (at < 0 || !/^\d{1,9}$/.test(input)) return [value, undefined];
  const moment = value.slice(0, at).trimEnd();
  return [(moment.endsWith(",") ? moment.slice(0, -1) : moment).trimEnd(), input];
}

/**
 * Moments of requests: milliseconds from the start, or RFC 3339 times, of which the first is the start;
 * behind a moment the number of the request's input may stand.
 *
 * @throws {InferenceError} USAGE with the line that isn't one, or that goes back in time
 */
export function parseSchedule(text: string, path: string): RecordedSchedule {
  const moments: number[] = [];
  const inputs: number[] = [];
  let dated: boolean | undefined;
  for (const { value: whole, line } of lines(text)) {
    const [value, input] = splitInput(whole);
    const isNumber = NUMBER.test(value);
    const at = isNumber ? Number(value) : rfc3339(value);
    if (!Number.isFinite(at) || isNumber && at > 1e12) {
      throw usage(
        `${path}, line ${line}: expected milliseconds or an RFC 3339 time, and if need be the ` +
          `number of an input, found ${short(whole)}`,
      );
    }
    if (dated === isNumber) throw usage(`${path}, line ${line}: milliseconds and times are mixed`);
    dated = !isNumber;
    if (moments.length > 0 && at < moments.at(-1)!) {
      throw usage(`${path}, line ${line}: the schedule goes back in time`);
    }
    moments.push(at);
    inputs.push(input === undefined ? -1 : Number(input));
  }
  if (moments.length === 0) throw usage(`${path} has no requests`);
  return {
    ms: dated ? moments.map((at) => at - moments[0]!) : moments,
    inputs: inputs.every((input) => input < 0) ? undefined : inputs,
  };
}

const TIME = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)$/;

/** Milliseconds, with fractions down to the nanosecond; NaN when it isn't a time. */
function rfc3339(value: string): number {
  const [, date, time, fraction = "", zone] = TIME.exec(value) ?? [];
  if (date === undefined) return NaN;
  return Date.parse(`${date}T${time}${zone!.toUpperCase()}`) + Number(`0${fraction}`) * 1000;
}
