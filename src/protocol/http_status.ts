/**
 * What HTTP statuses mean, whoever sends them: the server or a proxy before it.
 *
 * @module
 */
import type { ErrorCode, ErrorDetails } from "../base/errors.ts";

const CODES: Readonly<Record<number, ErrorCode>> = {
  400: "INVALID_ARG",
  401: "UNAUTHENTICATED",
  403: "PERMISSION_DENIED",
  404: "NOT_FOUND",
  405: "UNSUPPORTED",
  407: "UNAUTHENTICATED",
  408: "UNAVAILABLE",
  409: "ALREADY_EXISTS",
  413: "INVALID_ARG",
  415: "UNSUPPORTED",
  422: "INVALID_ARG",
  429: "RESOURCE_EXHAUSTED",
  500: "INTERNAL",
  501: "UNSUPPORTED",
  502: "UNAVAILABLE",
  503: "UNAVAILABLE",
  504: "UNAVAILABLE",
};

/** Statuses that proxies answer with in the server's place. */
const PROXY: ReadonlySet<number> = new Set([401, 403, 407, 408, 429, 502, 503, 504]);

/** The code of a status that is not a success; undefined for one without a meaning of its own. */
export function codeOfStatus(status: number): ErrorCode | undefined {
  return CODES[status];
}

/** Whether a status may be another one in a moment: the server, or a proxy's way to it, is busy or away. */
export function isPassing(status: number | undefined): boolean {
  const code = status === undefined ? undefined : CODES[status];
  return code === "UNAVAILABLE" || code === "RESOURCE_EXHAUSTED";
}

/** The code of a status when its answer isn't one that the server gives: a proxy's, else undefined. */
export function codeOfProxy(status: number): ErrorCode | undefined {
  return PROXY.has(status) ? CODES[status] : undefined;
}

/** An HTTP answer as far as its refusal is concerned. */
export interface Refusal {
  readonly status: number;
  /** Value of a header, name in lower case. */
  header?(lowerCaseName: string): string | undefined;
}

/** What an answer tells of a refusal beside its words. */
export function refusalDetails(answer: Refusal, address: string): ErrorDetails {
  const asksWho = [401, 403, 407].includes(answer.status);
  return {
    address,
    answered: true,
    httpStatus: answer.status,
    retryAfterMs: parseRetryAfter(answer.header?.("retry-after")),
    ...asksWho && { hint: "check the headers sent with the request", remedy: "set-headers" },
  };
}

/** `Retry-After` in milliseconds from now: seconds, or a date; undefined when it is neither. */
export function parseRetryAfter(text: string | undefined, now = Date.now()): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const date = /^[A-Z][a-z]{2}/.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
