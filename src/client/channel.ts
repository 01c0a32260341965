/**
 * From a server's address to a bare gRPC channel, for protocols and for generated stubs.
 *
 * @module
 */
import { type Address, formatAddress, parseAddress } from "../base/address.ts";
import { InferenceError } from "../base/errors.ts";
import type { Wire } from "../protocol/types.ts";
import type { GrpcChannel, TlsOptions, TransportOptions } from "../transport/types.ts";

/** Which gRPC implementation carries the calls. */
export type GrpcChannelKind = "lean" | "grpc-js";

/** The ports that the servers use when nothing else is said. */
export const DEFAULT_PORT: Readonly<Record<Wire, number>> = { http: 8000, grpc: 8001 };

/** How a server's gRPC port is reached. */
export interface ChannelDescription {
  /** `host:port`, optionally with a scheme; see `parseAddress`. */
  readonly url: string;
  /** TLS with this material; an address with https:// or grpcs:// needs none for the system's authorities. */
  readonly tls?: TlsOptions;
  /**
   * Default `lean`, our own HTTP/2: faster, and safe where Deno's node:http2, under grpc-js, can end the
   * whole process on a server's GOAWAY (denoland/deno#36788).
   */
  readonly grpcChannel?: GrpcChannelKind;
  /**
   * gRPC connections at most, over which calls are spread (`lean` only). One is enough for most; many
   * calls at the same time get to a near server faster over several.
   *
   * @default {1}
   */
  readonly connections?: number;
  /** Milliseconds for making a connection; default 10,000. */
  readonly connectTimeoutMs?: number;
}

/**
 * Opens a gRPC channel; nothing is sent yet. Whoever opens it closes it.
 *
 * @example
 * ```ts
 * import { connectChannel, startServer } from "@trtis/trtis";
 * import { createStub, GRPCService } from "@trtis/trtis/v1";
 *
 * await using server = await startServer({ httpPort: false, grpcPort: 0 });
 * const channel = await connectChannel({ url: server.grpcAddress! });
 * const stub = createStub(GRPCService, channel);
 * console.log((await stub.health({ mode: "ready" })).health);
 * channel.close();
 * ```
 *
 * @throws {InferenceError} USAGE for a bad address, INVALID_ARG for TLS material that can't be used
 */
export async function connectChannel(description: ChannelDescription): Promise<GrpcChannel> {
  const address = parseAddress(description.url, DEFAULT_PORT.grpc);
  if (address.basePath !== "") {
    throw new InferenceError(
      "USAGE",
      `Cannot use a path ("${address.basePath}") in the gRPC address of ${formatAddress(address)}`,
    );
  }
  const options = transportOptions(description, address);
  if (description.grpcChannel === "grpc-js") {
    const { createGrpcJsChannel } = await import("../transport/grpc/grpcjs.ts");
    return await createGrpcJsChannel(options);
  }
  const { createLeanChannel } = await import("../transport/grpc/lean/channel.ts");
  return createLeanChannel({ ...options, connections: description.connections });
}

/** What a transport to the described server needs. */
export function transportOptions(
  description: ChannelDescription,
  address: Address,
): TransportOptions {
  return {
    address,
    tls: description.tls ?? (address.tls ? {} : undefined),
    connectTimeoutMs: description.connectTimeoutMs,
  };
}
