/**
 * r19.07 over gRPC.
 *
 * @module
 */
import { formatAddress } from "../../base/address.ts";
import type { GrpcChannel, Header } from "../../transport/types.ts";
import { grpcAsk, type GrpcProtocol, grpcProtocol, metadataOf } from "../grpc_protocol.ts";
import type { Endpoints, ProtocolOptions } from "../types.ts";
import { v1Endpoints } from "./endpoints.ts";
import {
  HealthRequest,
  HealthResponse,
  ProfileRequest,
  ProfileResponse,
  type RequestStatus,
  StatusRequest,
  StatusResponse,
} from "./generated/messages.js";
import { SERVICE, v1GrpcCodec } from "./grpc_codec.ts";
import { statusError } from "./request_status.ts";

/** Makes the protocol over a channel, which it closes with itself. */
export function createV1Grpc(channel: GrpcChannel, options: ProtocolOptions = {}): GrpcProtocol {
  const metadata = metadataOf(options.headers);
  const codec = v1GrpcCodec(formatAddress(channel.address));
  const endpoints = grpcEndpoints(channel, metadata);
  return grpcProtocol({ api: "v1", channel, codec, endpoints, metadata });
}

function grpcEndpoints(channel: GrpcChannel, metadata: readonly Header[]): Endpoints {
  const ask = grpcAsk(channel, metadata);
  const address = formatAddress(channel.address);
  const check = (status: RequestStatus | undefined) => {
    const error = statusError(status ?? {}, address);
    if (error) throw error;
  };
  return v1Endpoints({
    async health(mode, options) {
      const { requestStatus, health } = await ask({
        method: SERVICE + "Health",
        type: HealthRequest,
        request: { mode },
        replyType: HealthResponse,
      }, options);
      check(requestStatus);
      return health ?? false;
    },
    async status(modelName = "", options) {
      const { requestStatus, serverStatus } = await ask({
        method: SERVICE + "Status",
        type: StatusRequest,
        request: { modelName },
        replyType: StatusResponse,
      }, options);
      // The status of an unknown model comes with an error and a server_status all the same.
      check(requestStatus);
      return serverStatus ?? {};
    },
    async profile(cmd, options) {
      const { requestStatus } = await ask({
        method: SERVICE + "Profile",
        type: ProfileRequest,
        request: { cmd },
        replyType: ProfileResponse,
      }, options);
      check(requestStatus);
    },
  });
}
