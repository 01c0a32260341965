/**
 * The client with everything that connects it: both protocols, HTTP and gRPC.
 *
 * @module
 */
import { Client } from "./client.ts";
import { connectCore } from "./connect_client.ts";
import { connectProtocol } from "./connect.ts";
import type { ConnectOptions } from "./options.ts";
import { withCallerStack } from "./stack.ts";

/**
 * Client for one server, or for several that serve the same models. Any number of requests may be in
 * flight.
 *
 * @example
 * ```ts
 * import { InferenceClient, startServer } from "@trtis/trtis";
 *
 * await using server = await startServer({ httpPort: 0, grpcPort: false });
 * await using client = await InferenceClient.connect(server.httpAddress!);
 * const result = await client.infer("simple", {
 *   inputs: { INPUT0: new Int32Array(16).fill(3), INPUT1: new Int32Array(16).fill(1) },
 * });
 * console.log(result.output("OUTPUT0").data);
 * ```
 */
export class InferenceClient extends Client {
  /**
   * Connects to a server. Unless `api` is given, the server is asked once which protocol it speaks.
   *
   * @throws {InferenceError} USAGE for a bad address; CONNECTION, PROTOCOL, TIMEOUT or CANCELLED when no
   * server answers
   */
  static async connect(target: string | ConnectOptions): Promise<InferenceClient> {
    try {
      const options = typeof target === "string" ? { url: target } : target;
      return new InferenceClient(await connectCore(options, connectProtocol));
    } catch (error) {
      throw withCallerStack(error);
    }
  }
}
