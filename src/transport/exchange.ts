/**
 * Callbacks for transports that are made of promises.
 *
 * @module
 */
import { type InferenceError, toInferenceError } from "../base/errors.ts";

/** Tells a callback what becomes of a promise; never from inside this call. */
export function callBack<T>(
  promise: Promise<T>,
  callback: (value: T | undefined, error: InferenceError | undefined) => void,
): void {
  promise.then(
    (value) => callback(value, undefined),
    (error) => callback(undefined, toInferenceError(error, "INTERNAL", "Cannot send the request")),
  );
}
