/**
 * r19.07 over gRPC: service nvidia.inferenceserver.GRPCService. The gRPC status is always OK; whether
 * a request succeeded stands in its request_status.
 *
 * @module
 */
import { encodeMessage } from "../../protocol/message.ts";
import {
  HealthRequest,
  HealthResponse,
  InferRequest,
  InferResponse,
  ProfileResponse,
  StatusRequest,
  StatusResponse,
} from "../../protocol/v1/generated/messages.js";
import type { Caller } from "../core/model.ts";
import type { InferenceServer } from "../core/server.ts";
import { decodeRequest } from "../grpc/decode.ts";
import type { GrpcService, Send, StreamReceiver } from "../grpc/service.ts";
import { bindPieces } from "./bind_inputs.ts";
import { V1Service } from "./service.ts";

const NO_BYTES = new Uint8Array(0);

function health(service: V1Service, message: Uint8Array): Uint8Array {
  const { mode = "" } = decodeRequest(HealthRequest, message);
  const { status, health } = service.health(mode);
  return encodeMessage(HealthResponse, { requestStatus: status, ...(health && { health }) });
}

function status(service: V1Service, message: Uint8Array): Uint8Array {
  const { modelName = "" } = decodeRequest(StatusRequest, message);
  const { status, serverStatus } = service.status(modelName);
  return encodeMessage(StatusResponse, { requestStatus: status, serverStatus });
}

function profile(service: V1Service): Uint8Array {
  return encodeMessage(ProfileResponse, { requestStatus: service.profile() });
}

async function infer(
  service: V1Service,
  message: Uint8Array,
  caller: Caller,
): Promise<Uint8Array> {
  const request = decodeRequest(InferRequest, message);
  const answer = await service.infer({
    modelName: request.modelName ?? "",
    modelVersion: request.modelVersion ?? 0n,
    header: request.metaData ?? {},
    bind: bindPieces(request.rawInput ?? []),
    caller,
  });
  return encodeMessage(InferResponse, {
    requestStatus: answer.status,
    metaData: answer.header,
    rawOutput: answer.raw.map((piece) => piece ?? NO_BYTES),
  });
}

/** One answer a request, each as soon as it is there. */
function streamInfer(service: V1Service, send: Send, caller: Caller): StreamReceiver {
  return {
    onMessage: async (message) => await send(await infer(service, message, caller)),
  };
}

/** The service of a server's v1 protocol. */
export function createV1GrpcService(server: InferenceServer): GrpcService {
  const service = new V1Service(server);
  return {
    name: "nvidia.inferenceserver.GRPCService",
    methods: [
      { kind: "unary", name: "Status", handle: (message) => status(service, message) },
      { kind: "unary", name: "Profile", handle: () => profile(service) },
      { kind: "unary", name: "Health", handle: (message) => health(service, message) },
      {
        kind: "unary",
        name: "Infer",
        handle: (message, caller) => infer(service, message, caller),
      },
      {
        kind: "stream",
        name: "StreamInfer",
        open: (send, caller) => streamInfer(service, send, caller),
      },
    ],
  };
}
