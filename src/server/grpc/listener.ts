/**
 * The gRPC side of the server, over HTTP/2 frames of our own: node:http2, and with it grpc-js's server,
 * brings the whole process down when a client says GOAWAY after a while (Deno 2.9.6).
 *
 * @module
 */
import { type Listener, type ListenOptions, listenTcp } from "../listening.ts";
import { ServerConnection } from "./connection.ts";
import { Inflater } from "../inflater.ts";
import type { GrpcMethod, GrpcService } from "./service.ts";

function methodsByPath(services: readonly GrpcService[]): Map<string, GrpcMethod> {
  return new Map(
    services.flatMap((service) =>
      service.methods.map((method) => [`/${service.name}/${method.name}`, method] as const)
    ),
  );
}

/**
 * Starts to listen. Messages may have up to `maxBodyBytes`.
 *
 * @throws {InferenceError} CONNECTION when the address is not to be had
 */
export function listenGrpc(services: readonly GrpcService[], options: ListenOptions): Listener {
  const methods = methodsByPath(services);
  const { log } = options;
  let { inflater } = options;
  return listenTcp("gRPC", options, (conn, limits) => {
    inflater ??= new Inflater(limits);
    return new ServerConnection(conn, { methods, log, limits, inflater });
  });
}
