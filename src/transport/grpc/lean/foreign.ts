/**
 * What answers when there is no HTTP/2 server.
 *
 * @module
 */
import { type Address, formatAddress } from "../../../base/address.ts";
import { InferenceError } from "../../../base/errors.ts";
import { cannotConnect, protocolError } from "../../errors.ts";
import { isHttpServer } from "../grpcjs_errors.ts";

const HTTP1 = "HTTP/";
const TLS_ALERT = "\x15\x03";

/**
 * The error for an answer that does not begin with SETTINGS.
 *
 * @param bytes what came, maybe nothing
 * @param cause what ended the connection, if something but the server did
 */
export function foreignAnswer(
  bytes: Uint8Array,
  address: Address,
  cause?: unknown,
): InferenceError {
  if (bytes.length === 0) return closedAtOnce(address, cause);
  const text = String.fromCharCode(...bytes.subarray(0, HTTP1.length));
  if (text === HTTP1) return isHttpServer(address);
  if (text.startsWith(TLS_ALERT)) {
    return protocolError(address, "speaks TLS", { hint: "connect with TLS, for example grpcs://" });
  }
  return protocolError(address, "does not speak HTTP/2", { hint: "is this the gRPC port?" });
}

function closedAtOnce(address: Address, cause: unknown): InferenceError {
  const plain = cause === undefined || cause instanceof Deno.errors.ConnectionReset ||
    cause instanceof Deno.errors.BrokenPipe;
  // Under TLS 1.3 a server can refuse the client's certificate after the handshake.
  if (!plain) return cannotConnect(address, cause);
  const at = formatAddress(address);
  return new InferenceError("CONNECTION", `Cannot connect to ${at}: the server closed it at once`, {
    address: at,
    hint: "is this the gRPC port, and is TLS right for it?",
    cause,
  });
}
