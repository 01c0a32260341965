/**
 * The client over gRPC only, by this library's own HTTP/2: r19.07 and Triton.
 *
 * @example Infer
 * ```ts
 * import { startServer } from "@trtis/trtis";
 * import { InferenceClient } from "@trtis/trtis/grpc";
 *
 * await using server = await startServer({ httpPort: false, grpcPort: 0 });
 * await using client = await InferenceClient.connect(server.grpcAddress!);
 * const inputs = { INPUT0: new Int32Array(16).fill(3), INPUT1: new Int32Array(16).fill(1) };
 * console.log((await client.infer("simple", { inputs })).output("OUTPUT0").data);
 * ```
 *
 * @module
 */
import { Client } from "../client.ts";
import { connectCore } from "../connect_client.ts";
import { connectGrpc } from "../connect_grpc.ts";
import type { ConnectOptions } from "../options.ts";
import { withCallerStack } from "../stack.ts";

export * from "./common.ts";

/** The client over gRPC; `wire` is always `grpc`, and so an address needs no scheme. */
export class InferenceClient extends Client {
  /**
   * Makes a client.
   *
   * @throws {InferenceError} USAGE for a bad address; CONNECTION, PROTOCOL, TIMEOUT or CANCELLED when no
   * server answers
   */
  static async connect(target: string | ConnectOptions): Promise<InferenceClient> {
    try {
      const options = typeof target === "string" ? { url: target } : target;
      return new InferenceClient(await connectCore(options, connectGrpc));
    } catch (error) {
      throw withCallerStack(error);
    }
  }
}
