/**
 * The embedded server for the library's users: its code and its models are loaded when it is started,
 * so that a program which only talks to servers doesn't wait for them.
 *
 * @module
 */
import type { RunningServer, ServerOptions } from "./server.ts";

/**
 * Starts a server with the built-in models and the caller's own, over HTTP and gRPC.
 *
 * @example
 * ```ts
 * import { startServer } from "@trtis/trtis";
 *
 * await using server = await startServer({ httpPort: 0, grpcPort: 0 });
 * console.log(server.httpAddress, server.grpcAddress);
 * ```
 *
 * @throws {InferenceError} CONNECTION when a port is not available, INVALID_ARG for a model that can't
 * be loaded
 */
export async function startServer(options?: ServerOptions): Promise<RunningServer> {
  const server = await import("./server.ts");
  return await server.startServer(options);
}
