/**
 * What goes wrong on an HTTP/1.1 connection, in words for a person.
 *
 * @module
 */
import { type Address, formatAddress } from "../../../base/address.ts";
import type { InferenceError } from "../../../base/errors.ts";
import { cannotConnect, connectionBroke, protocolError } from "../../errors.ts";
import { printable } from "../head.ts";

const SETTINGS = 0x04;
const GOAWAY = 0x07;
const TLS_ALERT = 0x15;

/** Whether the bytes begin with an HTTP/2 frame that a server may open a connection with. */
function looksLikeHttp2(bytes: Uint8Array): boolean {
  // Length below 2^14, a type that belongs to the whole connection, stream 0.
  return bytes.length >= 9 && bytes[0] === 0 && bytes[1]! < 0x40 &&
    (bytes[3] === SETTINGS || bytes[3] === GOAWAY) &&
    bytes[5] === 0 && bytes[6] === 0 && bytes[7] === 0 && bytes[8] === 0;
}

/** The error for an answer that does not begin as HTTP/1.x does. */
export function notHttp(address: Address, bytes: Uint8Array): InferenceError {
  const at = formatAddress(address);
  if (looksLikeHttp2(bytes)) {
    return protocolError(address, "speaks HTTP/2, not HTTP/1.1", {
      hint:
        `${at} looks like the gRPC port: use gRPC there, or the HTTP port, often the one before`,
    });
  }
  if (bytes[0] === TLS_ALERT && bytes[1] === 0x03) {
    return protocolError(address, "requires TLS", { hint: `use TLS, for example https://${at}` });
  }
  return protocolError(address, `is not an HTTP server: it sent ${printable(bytes)}`, {
    hint: "check the host and the port",
  });
}

/** Wraps what a parser found wrong with an answer. */
export function brokenAnswer(address: Address, cause: InferenceError): InferenceError {
  return protocolError(address, `sent an answer that can't be read: ${cause.message}`, { cause });
}

/** The error for an answer beyond one of the limits. */
export function tooLarge(address: Address, what: string, limit: number): InferenceError {
  return protocolError(address, `sent an answer with ${what}; at most ${limit} bytes are accepted`);
}

/** How far an answer had come. */
export type AnswerProgress =
  | { readonly phase: "nothing" }
  | { readonly phase: "head"; readonly bytes: number }
  | { readonly phase: "body"; readonly bytes: number; readonly of?: number };

/** The error for a connection that ended, or failed, before its answer was whole. */
export function brokeOff(
  address: Address,
  progress: AnswerProgress,
  cause?: unknown,
): InferenceError {
  // With TLS 1.3 the server's refusal comes after the handshake, in place of an answer.
  if (cause instanceof Deno.errors.InvalidData) return cannotConnect(address, cause);
  switch (progress.phase) {
    case "nothing":
      return connectionBroke(address, "before an answer came", cause);
    case "head":
      return connectionBroke(
        address,
        `in the middle of the answer's head, after ${progress.bytes} bytes`,
        cause,
      );
    case "body": {
      const of = progress.of === undefined ? "bytes of its body" : `of ${progress.of} bytes`;
      return connectionBroke(
        address,
        `in the middle of the answer: ${progress.bytes} ${of} came`,
        cause,
      );
    }
  }
}

/** Whether an error says that the other side has closed the connection. */
export function isClosedByPeer(error: unknown): boolean {
  return error instanceof Deno.errors.ConnectionReset ||
    error instanceof Deno.errors.BrokenPipe ||
    error instanceof Deno.errors.ConnectionAborted ||
    error instanceof Deno.errors.NotConnected;
}
