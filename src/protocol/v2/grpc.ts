/**
 * v2 over gRPC.
 *
 * @module
 */
import { formatAddress } from "../../base/address.ts";
import type { GrpcChannel } from "../../transport/types.ts";
import { type GrpcProtocol, grpcProtocol, metadataOf } from "../grpc_protocol.ts";
import type { ProtocolOptions } from "../types.ts";
import { v2Endpoints } from "./endpoints.ts";
import { grpcCalls } from "./grpc_calls.ts";
import { v2GrpcCodec } from "./grpc_codec.ts";

/** Makes the protocol over a channel, which it closes with itself. */
export function createV2Grpc(channel: GrpcChannel, options: ProtocolOptions = {}): GrpcProtocol {
  const metadata = metadataOf(options.headers);
  return grpcProtocol({
    api: "v2",
    channel,
    codec: v2GrpcCodec(formatAddress(channel.address)),
    endpoints: v2Endpoints(grpcCalls(channel, metadata)),
    metadata,
  });
}
