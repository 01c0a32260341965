/**
 * From a description of a server to a {@linkcode Protocol} that talks to it, whatever the wire.
 *
 * @module
 */
import type { Protocol } from "../protocol/types.ts";
import { connectChannel } from "./channel.ts";
import { connectGrpc } from "./connect_grpc.ts";
import { connectHttp } from "./connect_http.ts";
import { chooseWire, type ConnectLimits, type ProtocolDescription } from "./description.ts";

export {
  type ChannelDescription,
  type ConnectLimits,
  DEFAULT_PORT,
  type GrpcChannelKind,
  type ProtocolDescription,
} from "./description.ts";

/**
 * Makes the protocol. With a given `api` nothing is sent; with `auto` the server is asked.
 *
 * @param limits end the questions early, and are their further headers; `connectTimeoutMs` is the limit of
 * all of them together
 * @throws {InferenceError} USAGE for a bad address; CONNECTION, PROTOCOL or TIMEOUT when `auto` finds no server
 */
export async function connectProtocol(
  description: ProtocolDescription,
  limits: ConnectLimits = {},
): Promise<Protocol> {
  return chooseWire(description.url, description.wire) === "grpc"
    ? await connectGrpc(description, limits, connectChannel)
    : await connectHttp(description, limits);
}
