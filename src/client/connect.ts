/**
 * From a description of a server to a {@linkcode Protocol} that talks to it. The description is plain
 * data, so that it can be sent to a worker.
 *
 * @module
 */
import { parseAddress } from "../base/address.ts";
import type { ApiVersion, Protocol, Wire } from "../protocol/types.ts";
import type { Header, HttpTransport } from "../transport/types.ts";
import {
  type ChannelDescription,
  connectChannel,
  DEFAULT_PORT,
  transportOptions,
} from "./channel.ts";
import { detectGrpcApi, detectHttpApi } from "./detect.ts";

export { DEFAULT_PORT };
export type { ChannelDescription, GrpcChannelKind } from "./channel.ts";

/** How a server is reached. */
export interface ProtocolDescription extends ChannelDescription {
  /** Default `http`. */
  readonly wire?: Wire;
  /** Default `auto`: the server is asked once. */
  readonly api?: ApiVersion | "auto";
  /** The user's own headers, on every request; over gRPC as metadata. */
  readonly headers?: readonly Header[];
  /** Compress request bodies (v2 over HTTP only). */
  readonly compression?: "gzip" | "deflate";
}

/**
 * Makes the protocol. With a given `api` nothing is sent; with `auto` the server is asked.
 *
 * @throws {InferenceError} USAGE for a bad address; CONNECTION, PROTOCOL or TIMEOUT when `auto` finds no server
 */
export async function connectProtocol(description: ProtocolDescription): Promise<Protocol> {
  return description.wire === "grpc"
    ? await connectGrpc(description)
    : await connectHttp(description);
}

async function connectHttp(description: ProtocolDescription): Promise<Protocol> {
  const address = parseAddress(description.url, DEFAULT_PORT.http);
  const { createHttp1Transport } = await import("../transport/http1/client.ts");
  const transport: HttpTransport = createHttp1Transport(transportOptions(description, address));
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

async function connectGrpc(description: ProtocolDescription): Promise<Protocol> {
  const channel = await connectChannel(description);
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

function chosenApi(description: ProtocolDescription): ApiVersion | undefined {
  return description.api === undefined || description.api === "auto" ? undefined : description.api;
}
