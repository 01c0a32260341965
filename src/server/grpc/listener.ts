/**
 * The gRPC side of the server, over HTTP/2 frames of our own: node:http2, and with it grpc-js's server,
 * brings the whole process down when a client says GOAWAY after a while (Deno 2.9.6).
 *
 * @module
 */
import { formatAddress } from "../../base/address.ts";
import { systemClock } from "../../base/clock.ts";
import { describeError } from "../../base/errors.ts";
import type { Listener, ListenOptions } from "../http_listener.ts";
import { finishWithin, listenError } from "../listening.ts";
import { ServerConnection } from "./connection.ts";
import type { GrpcMethod, GrpcService } from "./service.ts";

/** Connections fail to come in when the process has too many files open: that passes. */
const ACCEPT_RETRY_MS = 50;

function methodsByPath(services: readonly GrpcService[]): Map<string, GrpcMethod> {
  return new Map(
    services.flatMap((service) =>
      service.methods.map((method) => [`/${service.name}/${method.name}`, method] as const)
    ),
  );
}

/**
 * Starts to listen. Messages may have any size.
 *
 * @throws {InferenceError} CONNECTION when the address is not to be had
 */
export function listenGrpc(
  services: readonly GrpcService[],
  { host, port, log }: ListenOptions,
): Listener {
  let socket: Deno.TcpListener;
  try {
    socket = Deno.listen({ hostname: host, port });
  } catch (error) {
    throw listenError("gRPC", host, port, error);
  }
  const served = { methods: methodsByPath(services), log };
  const connections = new Map<ServerConnection, Promise<void>>();
  const take = (conn: Deno.TcpConn) => {
    conn.setNoDelay(true);
    const connection = new ServerConnection(conn, served);
    const over = connection.serve().then(() => {
      connections.delete(connection);
    });
    connections.set(connection, over);
  };
  let closed = false;
  const accept = async () => {
    while (!closed) {
      try {
        take(await socket.accept());
      } catch (error) {
        if (closed) return;
        log?.(`gRPC cannot take a connection: ${describeError(error)}`);
        await systemClock.sleep(ACCEPT_RETRY_MS);
      }
    }
  };
  const accepting = accept();
  return {
    address: formatAddress({ host: socket.addr.hostname, port: socket.addr.port }),
    close(graceMs) {
      closed = true;
      socket.close();
      for (const connection of connections.keys()) connection.drain();
      const finished = Promise.all([accepting, ...connections.values()]).then(() => {});
      return finishWithin(graceMs, finished, () => {
        for (const connection of connections.keys()) connection.close();
      });
    },
  };
}
