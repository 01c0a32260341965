/**
 * What became of requests, in numbers.
 *
 * @module
 */
import type { ErrorCode } from "../base/errors.ts";

/** Requests by outcome; sent = succeeded + failed + inFlight always holds. */
export interface RequestCounts {
  readonly sent: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly inFlight: number;
}

/** Failed requests with the same message. */
export interface ErrorGroup {
  readonly code: ErrorCode;
  readonly message: string;
  readonly count: number;
  /** Whether the server answered, with a refusal. */
  readonly answered: boolean;
  /** Whether the failure may go away by itself. */
  readonly retryable: boolean;
  /** Which of several servers, and which model of a mix, by its number from 1. */
  readonly address?: number;
  readonly model?: number;
}
