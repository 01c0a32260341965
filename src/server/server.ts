/**
 * The embedded server: the models of {@linkcode builtinModels} and the caller's own, over HTTP and
 * gRPC, without anything installed.
 *
 * @module
 */
import { type Clock, systemClock } from "../base/clock.ts";
import type { ServerModel } from "./core/model.ts";
import { InferenceServer } from "./core/server.ts";
import { listenGrpc } from "./grpc/listener.ts";
import { listenHttp } from "./http/listener.ts";
import type { Listener, ListenOptions } from "./listening.ts";
import { builtinModels } from "./models/mod.ts";
import { createV1GrpcService } from "./v1/grpc.ts";
import { createV1HttpRoute } from "./v1/http.ts";
import { createV2GrpcServices } from "./v2/grpc.ts";
import { createV2HttpRoute } from "./v2/http.ts";

/** How long requests under way may take when the server closes. */
const CLOSE_GRACE_MS = 1000;

/** What a server is started with. */
export interface ServerOptions {
  /** Default 8000; 0 = any free one; false = no HTTP. */
  readonly httpPort?: number | false;
  /** Default 8001; 0 = any free one; false = no gRPC. */
  readonly grpcPort?: number | false;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Models beside the built-in ones; one of the same name and version takes its place. */
  readonly models?: readonly ServerModel[];
  /**
   * What the server says its version is; default nothing in v1, as the recorded r19.07 server, and in
   * v2 that of the Triton whose answers it gives.
   */
  readonly version?: string;
  /** Gets a line a request and a line when something goes wrong inside. */
  readonly log?: (line: string) => void;
  /** Default the machine's. */
  readonly clock?: Clock;
}

/** A server that listens; `await using` closes it. */
export interface RunningServer extends AsyncDisposable {
  /** `host:port`; undefined without HTTP. */
  readonly httpAddress: string | undefined;
  /** `host:port`; undefined without gRPC. */
  readonly grpcAddress: string | undefined;
  /** Lets requests under way finish for a second, then ends everything. */
  close(): Promise<void>;
}

/**
 * Starts a server.
 *
 * @example
 * ```ts
 * const server = await startServer({ httpPort: 0, grpcPort: 0 });
 * console.log(server.httpAddress, server.grpcAddress);
 * await server.close();
 * ```
 *
 * @throws {InferenceError} CONNECTION when a port is not to be had, INVALID_ARG for a model that can't
 * be loaded
 */
export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
  const { httpPort = 8000, grpcPort = 8001, host = "127.0.0.1", log } = options;
  const core = new InferenceServer({
    models: [...builtinModels(), ...(options.models ?? [])],
    clock: options.clock ?? systemClock,
    version: options.version,
  });
  const on = (port: number): ListenOptions => ({ host, port, log });
  const listeners: Listener[] = [];
  const add = (listener: Listener) => {
    listeners.push(listener);
    return listener.address;
  };
  const close = async () => {
    core.close();
    await Promise.all(listeners.map((listener) => listener.close(CLOSE_GRACE_MS)));
  };
  try {
    const httpAddress = httpPort === false
      ? undefined
      : add(listenHttp([createV1HttpRoute(core), createV2HttpRoute(core)], on(httpPort)));
    const grpcAddress = grpcPort === false
      ? undefined
      : add(listenGrpc([createV1GrpcService(core), ...createV2GrpcServices(core)], on(grpcPort)));
    let closed: Promise<void> | undefined;
    const closeOnce = () => closed ??= close();
    return { httpAddress, grpcAddress, close: closeOnce, [Symbol.asyncDispose]: closeOnce };
  } catch (error) {
    await close();
    throw error;
  }
}
