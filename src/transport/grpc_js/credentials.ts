/**
 * TLS material in the form that @grpc/grpc-js takes.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { isIP } from "node:net";
import type { ChannelCredentials } from "@grpc/grpc-js";
import { wantsTls } from "../tls.ts";
import { SYSTEM_STORE, type TransportOptions } from "../types.ts";
import { systemAuthorities } from "../system_store.ts";

/** Credentials of a channel with these options. The TLS material was checked before. */
export function makeCredentials(
  grpc: typeof import("@grpc/grpc-js"),
  options: TransportOptions,
): ChannelCredentials {
  if (!wantsTls(options)) return grpc.credentials.createInsecure();
  const { ca, cert, key, serverName, insecure } = options.tls ?? {};
  const pem = (text: string | undefined) => text === undefined ? null : Buffer.from(text);
  const roots = ca === SYSTEM_STORE ? systemAuthorities().join("\n") : ca;
  const verify = insecure
    ? { rejectUnauthorized: false, checkServerIdentity: () => undefined }
    : undefined;
  const credentials = grpc.credentials.createSsl(pem(roots), pem(key), pem(cert), verify);
  return serverName === undefined && isIP(options.address.host) !== 0
    ? withoutServerName(credentials)
    : credentials;
}

/**
 * grpc-js always asks for the host by SNI, and Deno refuses to do so for an IP address. Without the
 * name the address is still checked against the certificate.
 */
function withoutServerName(credentials: ChannelCredentials): ChannelCredentials {
  const createConnector = credentials._createSecureConnector;
  credentials._createSecureConnector = (...args) => {
    const connector = createConnector.apply(credentials, args);
    if ("connectionOptions" in connector) {
      delete (connector.connectionOptions as { servername?: string }).servername;
    }
    return connector;
  };
  return credentials;
}
