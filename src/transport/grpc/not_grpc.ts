/**
 * Ports where something else than gRPC answers.
 *
 * @module
 */
import { type Address, formatAddress } from "../../base/address.ts";
import type { InferenceError } from "../../base/errors.ts";
import { protocolError } from "../errors.ts";

/** The error for an answer that no gRPC server gives; `what` goes on from "the server". */
export function notGrpc(address: Address, what: string, cause?: unknown): InferenceError {
  return protocolError(address, what, {
    hint: `is ${formatAddress(address)} the HTTP port? gRPC often has the next number`,
    cause,
  });
}

/** The error for a gRPC call to a port where an HTTP/1.1 server answers. */
export function isHttpServer(address: Address): InferenceError {
  return notGrpc(address, "speaks HTTP/1.1, not gRPC");
}
