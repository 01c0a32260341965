/**
 * When a failed request is sent again, and after how long. Pure but for the random number it is given.
 *
 * @module
 */
import { type ErrorCode, InferenceError } from "../base/errors.ts";

/** Options for retries. */
export interface RetryOptions {
  /** Maximum number of attempts, including the first. */
  readonly attempts: number;
  /**
   * Which failures to retry: codes, or a function.
   *
   * @default {(error) => error.retryable}
   */
  readonly on?: readonly ErrorCode[] | ((error: InferenceError) => boolean);
  /**
   * How long to wait before an attempt: the numbers of a growing pause, or a function of the number of
   * attempts made so far (1, 2, ...) that gives milliseconds.
   */
  readonly backoff?: Backoff | ((attempts: number, error: InferenceError) => number);
  /**
   * Also retry requests of a sequence. The server may have processed the first attempt.
   *
   * @default {false}
   */
  readonly sequences?: boolean;
}

/** An exponential backoff with jitter, so that callers don't all come back at the same moment. */
export interface Backoff {
  /** The first pause in milliseconds. @default {50} */
  readonly firstMs?: number;
  /** Factor from one pause to the next. @default {2} */
  readonly factor?: number;
  /** The longest pause in milliseconds. @default {5000} */
  readonly maxMs?: number;
  /** Share of a pause that is random, 0 to 1. @default {0.5} */
  readonly jitter?: number;
}

/** What an attempt ended with. */
export interface Attempt {
  /** Attempts made so far. */
  readonly attempts: number;
  readonly error: InferenceError;
  /** Whether the request is a step of a sequence. */
  readonly inSequence: boolean;
  /** Milliseconds that the caller still waits. */
  readonly leftMs: number;
}

/**
 * Milliseconds until the next attempt; undefined when there is none: the failure isn't of that kind, the
 * attempts are used up, or the caller won't wait that long. A server that says how long it wants to be
 * left alone is left alone.
 *
 * @param random in [0, 1)
 */
export function retryDelay(
  retry: RetryOptions | undefined,
  { attempts, error, inSequence, leftMs }: Attempt,
  random: number,
): number | undefined {
  if (retry === undefined || attempts >= retry.attempts) return undefined;
  if (inSequence && !retry.sequences) return undefined;
  if (!isWorthIt(retry.on, error)) return undefined;
  const pause = typeof retry.backoff === "function"
    ? retry.backoff(attempts, error)
    : growing(retry.backoff ?? {}, attempts, random);
  const delay = Math.max(0, pause, error.retryAfterMs ?? 0);
  return delay < leftMs ? delay : undefined;
}

function isWorthIt(on: RetryOptions["on"], error: InferenceError): boolean {
  if (on === undefined) return error.retryable;
  return typeof on === "function" ? on(error) : on.includes(error.code);
}

function growing(
  { firstMs = 50, factor = 2, maxMs = 5000, jitter = 0.5 }: Backoff,
  attempts: number,
  random: number,
): number {
  const pause = Math.min(maxMs, firstMs * factor ** (attempts - 1));
  return pause * (1 - jitter * random);
}

/** @throws {InferenceError} INVALID_ARG for numbers that make no sense */
export function checkRetry(retry: RetryOptions | undefined): void {
  if (retry === undefined) return;
  if (Number.isSafeInteger(retry.attempts) && retry.attempts >= 1) return;
  throw new InferenceError(
    "INVALID_ARG",
    `retry.attempts must be a whole number >= 1, got ${String(retry.attempts)}`,
  );
}
