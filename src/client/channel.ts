/**
 * From a server's address to a bare gRPC channel, for protocols and for generated stubs.
 *
 * @module
 */
import { InferenceError } from "../base/errors.ts";
import type { GrpcChannel } from "../transport/types.ts";
import { type ChannelDescription, transportOptions } from "./description.ts";
import { connectNativeChannel, grpcAddress } from "./native_channel.ts";

export {
  type ChannelDescription,
  chooseWire,
  DEFAULT_PORT,
  type GrpcChannelKind,
} from "./description.ts";

/**
 * Node and Bun have an http2 of their own. No version of Deno is known yet in which a GOAWAY, which every
 * server sends that restarts or limits the age of connections, doesn't abort the process under grpc-js.
 */
function refuseWhereItAborts(): void {
  const { Deno: deno } = globalThis as { Deno?: { version?: { deno?: string } } };
  if (deno?.version?.deno === undefined) return;
  throw new InferenceError(
    "UNSUPPORTED",
    `Cannot use grpc-js on Deno ${deno.version.deno}: its node:http2 aborts the whole process when a ` +
      "server sends GOAWAY (denoland/deno#36788)",
    {
      hint: "use the native channel; whoever wants to try it anyway can say so",
      remedy: "unsafe-grpc-js",
    },
  );
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
 * @throws {InferenceError} USAGE for a bad address, INVALID_ARG for TLS material that can't be used, UNSUPPORTED
 * for grpc-js on Deno without `unsafeGrpcJs`
 */
export async function connectChannel(description: ChannelDescription): Promise<GrpcChannel> {
  if (description.grpcChannel !== "grpc-js") return await connectNativeChannel(description);
  if (!description.unsafeGrpcJs) refuseWhereItAborts();
  const options = transportOptions(description, grpcAddress(description.url));
  const { createGrpcJsChannel } = await import("../transport/grpc_js/channel.ts");
  return await createGrpcJsChannel(options);
}
