/**
 * The codes of errors as numbers, for rows of numbers.
 *
 * @module
 */
import type { ErrorCode } from "../../base/errors.ts";

/** Every code once: a missing one is a type error. */
const ALL: Readonly<Record<ErrorCode, true>> = {
  INVALID: true,
  UNKNOWN: true,
  INTERNAL: true,
  NOT_FOUND: true,
  INVALID_ARG: true,
  UNAVAILABLE: true,
  UNSUPPORTED: true,
  ALREADY_EXISTS: true,
  UNAUTHENTICATED: true,
  PERMISSION_DENIED: true,
  RESOURCE_EXHAUSTED: true,
  CONNECTION: true,
  PROTOCOL: true,
  WRONG_ANSWER: true,
  TIMEOUT: true,
  CANCELLED: true,
  CLOSED: true,
  FILE: true,
  USAGE: true,
};

/** The codes by number; 0 is none. */
export const ERROR_CODES: readonly string[] = ["", ...Object.keys(ALL)];

const NUMBERS = new Map(ERROR_CODES.map((code, number) => [code, number]));

/** The number of a code. */
export function codeNumber(code: ErrorCode): number {
  return NUMBERS.get(code)!;
}
