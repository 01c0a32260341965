/**
 * What answers when there is no HTTP/2 server.
 *
 * @module
 */
import { formatAddress } from "../../../base/address.ts";
import { InferenceError } from "../../../base/errors.ts";
import { cannotConnect, protocolError } from "../../errors.ts";
import { wantsTls } from "../../tls.ts";
import type { TransportOptions } from "../../types.ts";
import { isHttpServer } from "../not_grpc.ts";

const HTTP1 = "HTTP/";
const TLS_ALERT = "\x15\x03";

/**
 * The error for an answer that does not begin with SETTINGS.
 *
 * @param bytes what came, maybe nothing
 * @param options how it was connected
 * @param cause what ended the connection, if something but the server did
 */
export function foreignAnswer(
  bytes: Uint8Array,
  options: TransportOptions,
  cause?: unknown,
): InferenceError {
  const { address } = options;
  if (bytes.length === 0) return closedAtOnce(options, cause);
  const text = String.fromCharCode(...bytes.subarray(0, HTTP1.length));
  if (text === HTTP1) return isHttpServer(address);
  if (text.startsWith(TLS_ALERT)) {
    return protocolError(address, "speaks TLS", { hint: "connect with TLS, for example grpcs://" });
  }
  return protocolError(address, "does not speak HTTP/2", { hint: "is this the gRPC port?" });
}

function closedAtOnce(options: TransportOptions, cause: unknown): InferenceError {
  const { address, tls } = options;
  const plain = cause === undefined || cause instanceof Deno.errors.ConnectionReset ||
    cause instanceof Deno.errors.BrokenPipe;
  // Under TLS 1.3 a server can refuse the client's certificate after the handshake.
  if (!plain) return cannotConnect(address, cause);
  const at = formatAddress(address);
  const text = `Cannot connect to ${at}: the server closed it at once`;
  if (wantsTls(options) && tls?.cert === undefined) {
    return new InferenceError("CONNECTION", text, {
      ...{ address: at, cause, remedy: "set-certificate" },
      hint: "it may require a client certificate; or is this not the gRPC port?",
    });
  }
  return new InferenceError("CONNECTION", text, {
    address: at,
    hint: "is this the gRPC port, and is TLS right for it?",
    cause,
  });
}
