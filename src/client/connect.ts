/**
 * From a description of a server to a {@linkcode Protocol} that talks to it. The description is plain
 * data, so that it can be sent to a worker.
 *
 * @module
 */
import { type Address, formatAddress, parseAddress } from "../base/address.ts";
import { InferenceError } from "../base/errors.ts";
import type { ApiVersion, Protocol, Wire } from "../protocol/types.ts";
import type { GrpcChannel, Header, HttpTransport, TlsOptions } from "../transport/types.ts";
import { detectGrpcApi, detectHttpApi } from "./detect.ts";

/** Which gRPC implementation carries the calls. */
export type GrpcChannelKind = "lean" | "grpc-js";

/** How a server is reached. */
export interface ProtocolDescription {
  /** `host:port`, optionally with a scheme; see `parseAddress`. */
  readonly url: string;
  /** Default `http`. */
  readonly wire?: Wire;
  /** Default `auto`: the server is asked once. */
  readonly api?: ApiVersion | "auto";
  /** The user's own headers, on every request; over gRPC as metadata. */
  readonly headers?: readonly Header[];
  /** TLS with this material; an address with https:// or grpcs:// needs none for the system's authorities. */
  readonly tls?: TlsOptions;
  /** Default `grpc-js`; `lean` is the measuring path. */
  readonly grpcChannel?: GrpcChannelKind;
  /** Milliseconds for making a connection; default 10,000. */
  readonly connectTimeoutMs?: number;
  /** Compress request bodies (v2 over HTTP only). */
  readonly compression?: "gzip" | "deflate";
}

/** The ports that the servers use when nothing else is said. */
export const DEFAULT_PORT: Readonly<Record<Wire, number>> = { http: 8000, grpc: 8001 };

/**
 * Makes the protocol. With a given `api` nothing is sent; with `auto` the server is asked.
 *
 * @throws {InferenceError} USAGE for a bad address; CONNECTION, PROTOCOL or TIMEOUT when `auto` finds no server
 */
export async function connectProtocol(description: ProtocolDescription): Promise<Protocol> {
  const wire = description.wire ?? "http";
  const address = parseAddress(description.url, DEFAULT_PORT[wire]);
  return wire === "http"
    ? await connectHttp(description, address)
    : await connectGrpc(description, address);
}

async function connectHttp(description: ProtocolDescription, address: Address): Promise<Protocol> {
  const { createHttpClient } = await import("../transport/http1/client.ts");
  const transport: HttpTransport = createHttpClient(transportOptions(description, address));
  try {
    const options = { headers: description.headers };
    const api = chosenApi(description) ?? await detectHttpApi(transport, description.headers ?? []);
    if (api === "v1") {
      const { createV1Http } = await import("../protocol/v1/http.ts");
      return createV1Http(transport, options);
    }
    const { createV2Http } = await import("../protocol/v2/http.ts");
    return createV2Http(transport, { ...options, compression: description.compression });
  } catch (error) {
    transport.close();
    throw error;
  }
}

async function connectGrpc(description: ProtocolDescription, address: Address): Promise<Protocol> {
  const channel = await createChannel(description, address);
  try {
    const options = { headers: description.headers };
    const api = chosenApi(description) ?? await detectGrpcApi(channel, description.headers ?? []);
    if (api === "v1") {
      const { createV1Grpc } = await import("../protocol/v1/grpc.ts");
      return createV1Grpc(channel, options);
    }
    const { createV2Grpc } = await import("../protocol/v2/grpc.ts");
    return createV2Grpc(channel, options);
  } catch (error) {
    channel.close();
    throw error;
  }
}

async function createChannel(
  description: ProtocolDescription,
  address: Address,
): Promise<GrpcChannel> {
  if (address.basePath !== "") {
    throw new InferenceError(
      "USAGE",
      `Cannot use a path ("${address.basePath}") in the gRPC address of ${formatAddress(address)}`,
    );
  }
  const options = transportOptions(description, address);
  if (description.grpcChannel === "lean") {
    const { createLeanChannel } = await import("../transport/grpc/lean/channel.ts");
    return createLeanChannel(options);
  }
  const { createGrpcJsChannel } = await import("../transport/grpc/grpcjs.ts");
  return await createGrpcJsChannel(options);
}

function transportOptions(description: ProtocolDescription, address: Address) {
  return {
    address,
    tls: description.tls ?? (address.tls ? {} : undefined),
    connectTimeoutMs: description.connectTimeoutMs,
  };
}

function chosenApi(description: ProtocolDescription): ApiVersion | undefined {
  return description.api === undefined || description.api === "auto" ? undefined : description.api;
}
