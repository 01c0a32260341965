/**
 * Answers of the embedded server as they come over each protocol and wire, to be damaged.
 *
 * @module
 */
import { parseAddress } from "../src/base/address.ts";
import type { GrpcReply, HttpReply } from "../src/protocol/codec.ts";
import type { ApiVersion, InferRequest, Protocol, Reply } from "../src/protocol/types.ts";
import { createV1Grpc } from "../src/protocol/v1/grpc.ts";
import { createV1Http } from "../src/protocol/v1/http.ts";
import { simpleRequest } from "../src/protocol/v2/fake_test_transports.ts";
import { createV2Grpc } from "../src/protocol/v2/grpc.ts";
import { createV2Http } from "../src/protocol/v2/http.ts";
import type { RunningServer } from "../src/server/server.ts";
import { createNativeChannel } from "../src/transport/grpc/client/channel.ts";
import { createHttp1Transport } from "../src/transport/http1/client/transport.ts";
import type { GrpcChannel, GrpcStreamHandlers, HttpResponse } from "../src/transport/types.ts";
import { mutated, mutatedText, type Random } from "./mutate.ts";

/** The headers of an answer that a codec reads. */
const READ_HEADERS = [
  "nv-status",
  "nv-inferresponse",
  "inference-header-content-length",
  "content-encoding",
];

/** The requests whose answers are damaged: tensors, and classes. */
export const REQUESTS: readonly InferRequest[] = [
  simpleRequest({ id: 7n, outputs: [{ name: "OUTPUT0" }, { name: "OUTPUT1" }] }),
  simpleRequest({ id: 8n, outputs: [{ name: "OUTPUT0", classCount: 2 }] }),
];

/** A protocol over HTTP or gRPC to a server. */
export function connectTo(server: RunningServer, api: ApiVersion, wire: "http" | "grpc"): Protocol {
  if (wire === "http") {
    const transport = createHttp1Transport({ address: parseAddress(server.httpAddress!, 0) });
    return api === "v1" ? createV1Http(transport) : createV2Http(transport);
  }
  const channel = createNativeChannel({ address: parseAddress(server.grpcAddress!, 0) });
  return api === "v1" ? createV1Grpc(channel) : createV2Grpc(channel);
}

/** A damaged copy of an answer over HTTP: status, headers, body. */
export function damagedHttp(reply: HttpReply, random: Random): HttpReply {
  const { response } = reply;
  const headers = new Map<string, string>();
  for (const name of READ_HEADERS) {
    const value = response.header(name);
    if (value !== undefined && random() > 0.05) {
      headers.set(name, random() < 0.5 ? mutatedText(value, random) : value);
    }
  }
  const damaged: HttpResponse = {
    ...response,
    status: random() < 0.1 ? 100 + Math.floor(random() * 500) : response.status,
    header: (name) => headers.get(name),
    body: random() < 0.7 ? mutated(response.body, random) : response.body,
  };
  return { ...reply, response: damaged };
}

/** A damaged copy of an answer over gRPC. */
export function damagedGrpc(reply: GrpcReply, random: Random): GrpcReply {
  return { ...reply, message: mutated(reply.message, random) };
}

/** A channel whose streams hand on what a test gives them. */
export function scriptedStreams(): { channel: GrpcChannel; handlers(): GrpcStreamHandlers } {
  let given: GrpcStreamHandlers | undefined;
  const unused = () => {
    throw new Error("only streams are used here");
  };
  const channel: GrpcChannel = {
    address: parseAddress("127.0.0.1:1", 1),
    unary: unused,
    exchange: unused,
    stream(_method, handlers) {
      given = handlers;
      return { send: () => Promise.resolve(), end() {}, cancel() {}, pause() {}, resume() {} };
    },
    close() {},
  };
  return { channel, handlers: () => given! };
}

/** What every reader of a reply says of it; none may throw. */
export function readAll(protocol: Protocol, reply: Reply, request: InferRequest) {
  const failure = protocol.failure(reply);
  const id = protocol.replyId(reply);
  const final = protocol.isFinal(reply);
  protocol.isEmpty(reply);
  const response = protocol.decode(reply, request);
  return { failure, id, final, response };
}
