/**
 * Where errors point to.
 *
 * @module
 */
import { InferenceError } from "../base/errors.ts";

/**
 * The same error with a stack that shows who awaited the call, not the socket's callback where it was
 * made; a copy, since others may have got the same one. To be called after an `await`, in the function
 * that throws it.
 */
export function withCallerStack(error: unknown): unknown {
  if (!(error instanceof InferenceError)) return error;
  return new InferenceError(error.code, error.message, { ...error, cause: error.cause });
}
