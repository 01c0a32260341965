/**
 * The embedded server: the models of {@linkcode builtinModels} and the caller's own, over HTTP and gRPC.
 *
 * @module
 */
import { type Clock, systemClock } from "../base/clock.ts";
import type { ServerModel } from "./core/model.ts";
import { InferenceServer } from "./core/server.ts";
import { listenGrpc } from "./grpc/listener.ts";
import { listenHttp } from "./http/listener.ts";
import { Inflater } from "./inflater.ts";
import { DEFAULT_LIMITS, type ServerLimits } from "./limits.ts";
import type { Listener, ListenOptions } from "./listening.ts";
import { builtinModels } from "./models/mod.ts";
import { createV1GrpcService } from "./v1/grpc.ts";
import { createV1HttpRoute } from "./v1/http.ts";
import { createV2GrpcServices } from "./v2/grpc.ts";
import { createV2HttpRoute } from "./v2/http.ts";
import { SharedRegions } from "./v2/shared_regions.ts";
import { metricsRoute } from "./metrics_route.ts";

/** Time that requests in progress get when the server closes. */
const CLOSE_GRACE_MS = 1000;

/** Options of the server. */
export interface ServerOptions {
  /** Default 8000; 0 picks a free port; false turns HTTP off. */
  readonly httpPort?: number | false;
  /** Default 8001; 0 picks a free port; false turns gRPC off. */
  readonly grpcPort?: number | false;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Models in addition to the built-in ones; one with the same name and version replaces it. */
  readonly models?: readonly ServerModel[];
  /**
   * The version that the server reports; default nothing in v1, as the recorded r19.07 server, and in
   * v2 that of the Triton whose answers it gives.
   */
  readonly version?: string;
  /**
   * Web pages of this origin may talk to the server over HTTP; `*` = every page.
   *
   * @default none
   */
  readonly cors?: string;
  /** What clients may cost; what isn't given keeps its default. */
  readonly limits?: Partial<ServerLimits>;
  /**
   * Whether clients on this machine may share memory with the server (v2, Linux). They name the memory:
   * whoever reaches the server can have it read and write what lies in /dev/shm.
   *
   * @default {false}
   */
  readonly sharedMemory?: boolean;
  /** Receives a line per request, and one when something goes wrong inside. */
  readonly log?: (line: string) => void;
  /** Default the machine's. */
  readonly clock?: Clock;
}

/** A running server; `await using` closes it. */
export interface RunningServer extends AsyncDisposable {
  /** `host:port`; undefined without HTTP. */
  readonly httpAddress: string | undefined;
  /** `host:port`; undefined without gRPC. */
  readonly grpcAddress: string | undefined;
  /** Gives requests in progress a second to finish, then closes everything. */
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
 * @throws {InferenceError} CONNECTION when a port is not available, INVALID_ARG for a model that can't
 * be loaded, UNSUPPORTED for shared memory elsewhere than on Linux
 */
export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
  const { httpPort = 8000, grpcPort = 8001, host = "127.0.0.1", log } = options;
  const core = new InferenceServer({
    models: [...builtinModels(), ...(options.models ?? [])],
    clock: options.clock ?? systemClock,
    version: options.version,
  });
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const regions = options.sharedMemory ? await openRegions() : undefined;
  const inflater = new Inflater(limits);
  const on = (port: number): ListenOptions => ({
    host,
    port,
    log,
    limits,
    inflater,
  });
  const listeners: Listener[] = [];
  const add = (listener: Listener) => {
    listeners.push(listener);
    return listener.address;
  };
  const close = async () => {
    core.close();
    await Promise.all(listeners.map((listener) => listener.close(CLOSE_GRACE_MS)));
    regions?.unregister();
  };
  try {
    const httpAddress = httpPort === false ? undefined : add(listenHttp(
      [createV1HttpRoute(core), createV2HttpRoute(core, inflater, regions), metricsRoute(core)],
      { ...on(httpPort), cors: options.cors },
    ));
    const grpcAddress = grpcPort === false ? undefined : add(
      listenGrpc(
        [createV1GrpcService(core), ...createV2GrpcServices(core, regions)],
        on(grpcPort),
      ),
    );
    let closed: Promise<void> | undefined;
    const closeOnce = () => closed ??= close();
    return { httpAddress, grpcAddress, close: closeOnce, [Symbol.asyncDispose]: closeOnce };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openRegions(): Promise<SharedRegions> {
  const { posixMemories } = await import("../base/posix_memory.ts");
  return new SharedRegions(await posixMemories());
}
