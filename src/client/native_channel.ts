/**
 * From a server's address to a bare gRPC channel of this library's own.
 *
 * @module
 */
import { type Address, formatAddress, parseAddress } from "../base/address.ts";
import { InferenceError } from "../base/errors.ts";
import type { GrpcChannel } from "../transport/types.ts";
import { type ChannelDescription, DEFAULT_PORT, transportOptions } from "./description.ts";

/** Opens a native channel; nothing is sent yet. @throws {InferenceError} as `connectChannel` */
export async function connectNativeChannel(description: ChannelDescription): Promise<GrpcChannel> {
  const options = transportOptions(description, grpcAddress(description.url));
  if (description.grpcChannel === "grpc-js") {
    throw new InferenceError(
      "UNSUPPORTED",
      "Cannot use grpc-js here: this entry has no such part",
      {
        hint: "import @trtis/trtis itself",
      },
    );
  }
  const { connections, keepaliveMs, keepaliveTimeoutMs, keepaliveAlways } = description;
  const { maxAnswerBytes, maxRequestBytes, grpcCompression } = description;
  const { createNativeChannel } = await import("../transport/grpc/client/channel.ts");
  return createNativeChannel({
    ...options,
    connections,
    keepaliveMs,
    keepaliveTimeoutMs,
    keepaliveAlways,
    maxSendBytes: maxRequestBytes,
    compression: grpcCompression,
    maxMessageBytes: maxAnswerBytes,
  });
}

/** A gRPC server's address. @throws {InferenceError} USAGE when it can't be one */
export function grpcAddress(url: string): Address {
  const address = parseAddress(url, DEFAULT_PORT.grpc);
  if (address.basePath === "") return address;
  throw new InferenceError(
    "USAGE",
    `Cannot use a path ("${address.basePath}") in the gRPC address of ${formatAddress(address)}`,
  );
}
