/**
 * Connecting by the platform's `fetch`.
 *
 * @module
 */
import { parseAddress } from "../base/address.ts";
import { InferenceError } from "../base/errors.ts";
import { createV2HttpWith } from "../protocol/v2/http_parts.ts";
import type { Protocol } from "../protocol/types.ts";
import { createFetchTransport } from "../transport/fetch/transport.ts";
import { chooseWire, DEFAULT_PORT, type ProtocolDescription } from "./description.ts";

/** Makes the protocol: v2 over HTTP. Nothing is sent yet. @throws {InferenceError} USAGE, UNSUPPORTED */
export function connectFetch(description: ProtocolDescription): Promise<Protocol> {
  const { url, wire, api, tls, compression, headers, proxy, authority } = description;
  if (chooseWire(url, wire) === "grpc") return refuse("gRPC");
  if (api === "v1") return refuse("r19.07's protocol (v1)");
  if (tls !== undefined) return refuse("TLS material of its own: the platform has it");
  if (proxy !== undefined) return refuse("a proxy of its own: the platform has it");
  if (authority !== undefined) return refuse("another Host than the address");
  if (compression !== undefined) return refuse("compressed requests");
  // Without a port, the scheme's own: that is what fetch would do.
  const defaultPort = /^https:/i.test(url) ? 443 : /^http:/i.test(url) ? 80 : DEFAULT_PORT.http;
  const transport = createFetchTransport({ address: parseAddress(url, defaultPort) });
  return Promise.resolve(createV2HttpWith(transport, { headers }, undefined));
}

function refuse(what: string): Promise<never> {
  return Promise.reject(
    new InferenceError("UNSUPPORTED", `Cannot connect by fetch: it can't do ${what}`),
  );
}
