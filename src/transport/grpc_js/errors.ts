/**
 * What @grpc/grpc-js says when a call fails, as an {@linkcode InferenceError}. The package reports its
 * own failures as gRPC statuses too; only their wording tells them from what a server answered.
 *
 * @module
 */
import { type Address, formatAddress } from "../../base/address.ts";
import type { InferenceError } from "../../base/errors.ts";
import { cannotConnect, connectionBroke, timedOut } from "../errors.ts";
import { httpRefusal } from "../grpc/http_refusal.ts";
import { notGrpc } from "../grpc/not_grpc.ts";
import { grpcError, GrpcStatus } from "../grpc/status.ts";

/** The part of grpc-js's ServiceError that matters here. */
export interface CallFailure {
  readonly code: number;
  readonly details: string;
}

const NO_CONNECTION =
  /^No connection established\. Last error: (?:Error: )?(.*?)(?: \(\d{4}-[^)]*Z\))?\. Resolution note:/s;

// What grpc-js says of an HTTP/2 answer without a gRPC status; proxies that are overloaded apart, those
// are UNAVAILABLE.
const NOT_GRPC = /\(Call ended without gRPC status\)$|^Received HTTP status code \d{3}$/;

/**
 * The error for a call that failed.
 *
 * @param failure what grpc-js reported
 * @param timeoutMs the call's limit, when it had one
 */
export function callError(
  failure: CallFailure,
  address: Address,
  timeoutMs?: number,
): InferenceError {
  const { code, details } = failure;
  const connecting = NO_CONNECTION.exec(details);
  if (code === GrpcStatus.UNAVAILABLE) {
    if (connecting) return cannotConnect(address, connectFailureText(connecting[1]!));
    if (details.startsWith("Name resolution failed")) return cannotConnect(address, "ENOTFOUND");
    if (/^Connection dropped|^(read|write) E[A-Z]+/.test(details)) {
      return connectionBroke(address, "during the call", failure);
    }
  }
  // A write that hits a connection just as it ends; grpc-js takes it for a reset of the stream.
  if (code === GrpcStatus.INTERNAL && /client error: (read|write) E[A-Z]{1,30}$/.test(details)) {
    return connectionBroke(address, "during the call", failure);
  }
  if (code === GrpcStatus.DEADLINE_EXCEEDED && timeoutMs) return timedOut(address, timeoutMs);
  // Both are what grpc-js makes of a reset: the server never sends these words as a status message.
  if (code === GrpcStatus.CANCELLED && details === "Call cancelled") {
    return connectionBroke(address, "during the call: the server reset it", failure);
  }
  if (NOT_GRPC.test(details) && code !== GrpcStatus.UNAVAILABLE) {
    const status = /\d{3}$/.exec(details);
    return status
      ? httpRefusal(status[0], false, formatAddress(address))
      : notGrpc(address, "answered over HTTP/2, but not with gRPC", failure);
  }
  return grpcError(code, details, formatAddress(address));
}

const ENDED_BY_SERVER = /EPIPE|ECONNRESET|socket hang up|closed|Failed to connect/i;

/** Node has many words for a connection that the server closed while it was being set up. */
function connectFailureText(text: string): string {
  return ENDED_BY_SERVER.test(text) ? "the server closed the connection" : text;
}

/** Whether a failure may come from a server that speaks another protocol. */
export function mayBeAnotherProtocol({ details }: CallFailure): boolean {
  const connecting = NO_CONNECTION.exec(details);
  return connecting !== null &&
    (connecting[1] === "Protocol error" || ENDED_BY_SERVER.test(connecting[1]!));
}
