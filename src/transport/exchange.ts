/**
 * An exchange with any HTTP transport, also one that only knows promises.
 *
 * @module
 */
import { toInferenceError } from "../base/errors.ts";
import type { CallOptions, HttpCallback, HttpRequest, HttpTransport } from "./types.ts";

/** {@linkcode HttpTransport.exchange}, or the same by way of `request`. */
export function exchange(
  transport: HttpTransport,
  request: HttpRequest,
  options: CallOptions,
  callback: HttpCallback,
): void {
  if (transport.exchange !== undefined) return transport.exchange(request, options, callback);
  transport.request(request, options).then(
    (response) => callback(response, undefined),
    (error) => callback(undefined, toInferenceError(error, "INTERNAL", "Cannot send the request")),
  );
}
