/**
 * An exchange over any transport, also one that only knows promises.
 *
 * @module
 */
import { toInferenceError } from "../base/errors.ts";
import type {
  CallOptions,
  GrpcCallback,
  GrpcCallOptions,
  GrpcChannel,
  HttpCallback,
  HttpRequest,
  HttpTransport,
} from "./types.ts";

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

/** {@linkcode GrpcChannel.exchange}, or the same by way of `unary`. */
export function exchangeGrpc(
  channel: GrpcChannel,
  method: string,
  message: Uint8Array,
  options: GrpcCallOptions,
  callback: GrpcCallback,
): void {
  if (channel.exchange !== undefined) return channel.exchange(method, message, options, callback);
  channel.unary(method, message, options).then(
    (reply) => callback(reply, undefined),
    (error) => callback(undefined, toInferenceError(error, "INTERNAL", "Cannot send the request")),
  );
}
