/**
 * Connecting over gRPC.
 *
 * @module
 */
import type { Protocol } from "../protocol/types.ts";
import type { GrpcChannel } from "../transport/types.ts";
import {
  type ChannelDescription,
  chosenApi,
  type ConnectLimits,
  detectionLimits,
  type ProtocolDescription,
} from "./description.ts";
import { detectGrpcApi } from "./detect.ts";
import { connectNativeChannel } from "./native_channel.ts";

/**
 * Makes the protocol over gRPC.
 *
 * @param openChannel what opens the channel, where there is a choice
 * @throws {InferenceError} as `connectProtocol`
 */
export async function connectGrpc(
  description: ProtocolDescription,
  limits: ConnectLimits = {},
  openChannel: (description: ChannelDescription) => Promise<GrpcChannel> = connectNativeChannel,
): Promise<Protocol> {
  const channel = await openChannel(description);
  try {
    const options = { headers: description.headers };
    const asked = detectionLimits(description, limits);
    const api = chosenApi(description) ?? await detectGrpcApi(channel, asked.headers, asked);
    if (api === "v1") {
      const { createV1Grpc } = await import("../protocol/v1/grpc.ts");
      return createV1Grpc(channel, options);
    }
    const { createV2Grpc } = await import("../protocol/v2/grpc.ts");
    return createV2Grpc(channel, options);
  } catch (error) {
    channel.close();
    throw error;
  }
}
