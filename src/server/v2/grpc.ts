/**
 * v2 over gRPC: services inference.GRPCInferenceService and grpc.health.v1.Health. CUDA's shared
 * memory, traces and log settings are not there: UNIMPLEMENTED, as every method that a server lacks.
 *
 * @module
 */
import { InferenceError, toInferenceError } from "../../base/errors.ts";
import { encodeMessage } from "../../protocol/message.ts";
import type { ParameterValue } from "../../protocol/types.ts";
import { WireWriter } from "../../protocol/protobuf_wire.ts";
import {
  type InferParameter,
  ModelConfigRequest,
  ModelConfigResponse,
  ModelInferRequest,
  ModelInferResponse,
  ModelMetadataRequest,
  ModelMetadataResponse,
  ModelReadyRequest,
  ModelReadyResponse,
  ModelStatisticsRequest,
  ModelStatisticsResponse,
  ModelStreamInferResponse,
  RepositoryIndexRequest,
  RepositoryIndexResponse,
  RepositoryModelLoadRequest,
  RepositoryModelLoadResponse,
  RepositoryModelUnloadRequest,
  RepositoryModelUnloadResponse,
  ServerLiveResponse,
  ServerMetadataResponse,
  ServerReadyResponse,
  SystemSharedMemoryRegisterRequest,
  SystemSharedMemoryRegisterResponse,
  SystemSharedMemoryStatusRequest,
  SystemSharedMemoryStatusResponse,
  SystemSharedMemoryUnregisterRequest,
  SystemSharedMemoryUnregisterResponse,
} from "../../protocol/v2/generated/messages.js";
import type { Caller } from "../core/model.ts";
import type { InferenceServer } from "../core/server.ts";
import { decodeRequest } from "../grpc/decode.ts";
import type { GrpcService, Send, StreamReceiver, UnaryMethod } from "../grpc/service.ts";
import { readInferCall, readVersion } from "./grpc_request.ts";
import type { InferAnswer, InferCall } from "./infer_call.ts";
import type { SharedRegions } from "./shared_regions.ts";
import { EMPTY_FINAL } from "./parameters.ts";
import { V2Service } from "./service.ts";

const SERVING = 1;
const NOT_SERVING = 2;

function unary(name: string, handle: UnaryMethod["handle"]): UnaryMethod {
  return { kind: "unary", name, handle };
}

function toParameter(value: ParameterValue): InferParameter {
  if (typeof value === "boolean") return { boolParam: value };
  if (typeof value === "string") return { stringParam: value };
  if (typeof value === "number") return { doubleParam: value };
  // Sequence ids beyond int64 go as two's complement.
  return { int64Param: BigInt.asIntN(64, value) };
}

function toParameters(entries: readonly (readonly [string, ParameterValue])[]) {
  return Object.fromEntries(entries.map(([name, value]) => [name, toParameter(value)]));
}

/** Every answer comes through here: parameters are made only where there are some. */
function answerMessage(answer: InferAnswer, final?: boolean): ModelInferResponse {
  const { modelName, modelVersion, id, outputs, parameters } = answer;
  const message: ModelInferResponse = {
    modelName,
    modelVersion,
    id,
    outputs: outputs.map(({ name, dataType, shape }) => (
      { name, datatype: dataType, shape: shape.map(BigInt) }
    )),
    rawOutputContents: outputs.map(({ data }) => data),
  };
  if (parameters !== undefined) message.parameters = toParameters(Object.entries(parameters));
  if (final !== undefined) {
    message.parameters = { ...message.parameters, triton_final_response: { boolParam: final } };
  }
  return message;
}

async function infer(
  service: V2Service,
  message: Uint8Array,
  caller: Caller,
): Promise<Uint8Array> {
  const request = decodeRequest(ModelInferRequest, message);
  if (service.isDecoupled(request.modelName ?? "", readVersion(request.modelVersion))) {
    throw new InferenceError(
      "UNSUPPORTED",
      "ModelInfer RPC doesn't support models with decoupled transaction policy",
    );
  }
  return encodeMessage(
    ModelInferResponse,
    answerMessage(await service.infer(readInferCall(request), caller)),
  );
}

/** Answers as they come; a request that is refused is answered too, and the stream goes on. */
function streamInfer(service: V2Service, send: Send, caller: Caller): StreamReceiver {
  const sendAnswer = (answer: InferAnswer, final: boolean) =>
    send(encodeMessage(ModelStreamInferResponse, { inferResponse: answerMessage(answer, final) }));
  const run = async (call: InferCall) => {
    const isDecoupled = service.isDecoupled(call.modelName, call.modelVersion);
    const last = await service.infer(call, caller, (answer) => sendAnswer(answer, false));
    if (!isDecoupled) await sendAnswer(last, true);
    else if (call.parameters[EMPTY_FINAL] === true) {
      await sendAnswer({ ...last, modelVersion: "" }, true);
    }
  };
  return {
    async onMessage(message) {
      const request = decodeRequest(ModelInferRequest, message);
      try {
        await run(readInferCall(request));
      } catch (thrown) {
        const { message } = toInferenceError(thrown, "INTERNAL", "Cannot run the request");
        const inferResponse = { id: request.id ?? "" };
        await send(
          encodeMessage(ModelStreamInferResponse, { errorMessage: message, inferResponse }),
        );
      }
    },
  };
}

function queries(service: V2Service): UnaryMethod[] {
  return [
    unary("ServerLive", () => encodeMessage(ServerLiveResponse, { live: service.live() })),
    unary("ServerReady", () => encodeMessage(ServerReadyResponse, { ready: service.ready() })),
    unary("ServerMetadata", () => encodeMessage(ServerMetadataResponse, service.metadata())),
    unary("ModelReady", (message) => {
      const { name = "", version } = decodeRequest(ModelReadyRequest, message);
      const ready = service.modelReady(name, readVersion(version));
      return encodeMessage(ModelReadyResponse, { ready });
    }),
    unary("ModelMetadata", (message) => {
      const { name = "", version } = decodeRequest(ModelMetadataRequest, message);
      const metadata = service.modelMetadata(name, readVersion(version));
      return encodeMessage(ModelMetadataResponse, metadata);
    }),
    unary("ModelConfig", (message) => {
      const { name = "", version } = decodeRequest(ModelConfigRequest, message);
      const config = service.modelConfig(name, readVersion(version));
      return encodeMessage(ModelConfigResponse, { config });
    }),
    unary("ModelStatistics", (message) => {
      const { name = "", version } = decodeRequest(ModelStatisticsRequest, message);
      const statistics = service.statistics(name, readVersion(version));
      return encodeMessage(ModelStatisticsResponse, statistics);
    }),
  ];
}

function repository(service: V2Service): UnaryMethod[] {
  return [
    unary("RepositoryIndex", (message) => {
      const { ready } = decodeRequest(RepositoryIndexRequest, message);
      return encodeMessage(RepositoryIndexResponse, service.index(ready));
    }),
    unary("RepositoryModelLoad", (message) => {
      service.load(decodeRequest(RepositoryModelLoadRequest, message).modelName ?? "");
      return encodeMessage(RepositoryModelLoadResponse, {});
    }),
    unary("RepositoryModelUnload", (message) => {
      service.unload(decodeRequest(RepositoryModelUnloadRequest, message).modelName ?? "");
      return encodeMessage(RepositoryModelUnloadResponse, {});
    }),
  ];
}

function sharedMemory(service: V2Service): UnaryMethod[] {
  return [
    unary("SystemSharedMemoryStatus", (message) => {
      const { name } = decodeRequest(SystemSharedMemoryStatusRequest, message);
      const regions = service.regions.status(name).map((region) => [region.name, {
        ...region,
        offset: BigInt(region.offset),
        byteSize: BigInt(region.byteSize),
      }]);
      return encodeMessage(SystemSharedMemoryStatusResponse, {
        regions: Object.fromEntries(regions),
      });
    }),
    unary("SystemSharedMemoryRegister", (message) => {
      const { name = "", key = "", offset = 0n, byteSize = 0n } = decodeRequest(
        SystemSharedMemoryRegisterRequest,
        message,
      );
      const region = { name, key, offset: Number(offset), byteSize: Number(byteSize) };
      service.regions.register(region);
      return encodeMessage(SystemSharedMemoryRegisterResponse, {});
    }),
    unary("SystemSharedMemoryUnregister", (message) => {
      const { name } = decodeRequest(SystemSharedMemoryUnregisterRequest, message);
      service.regions.unregister(name);
      return encodeMessage(SystemSharedMemoryUnregisterResponse, {});
    }),
  ];
}

/** The services of a server's v2 protocol. */
export function createV2GrpcServices(
  server: InferenceServer,
  regions?: SharedRegions,
): GrpcService[] {
  const service = new V2Service(server, regions);
  return [
    {
      name: "inference.GRPCInferenceService",
      methods: [
        ...queries(service),
        ...repository(service),
        ...regions === undefined ? [] : sharedMemory(service),
        unary("ModelInfer", (message, caller) => infer(service, message, caller)),
        {
          kind: "stream",
          name: "ModelStreamInfer",
          open: (send, caller) => streamInfer(service, send, caller),
        },
      ],
    },
    {
      name: "grpc.health.v1.Health",
      methods: [
        // HealthCheckResponse { status = 1 }, the same for every service that is asked about.
        unary(
          "Check",
          () => new WireWriter(8).uint32(1, service.ready() ? SERVING : NOT_SERVING).finish(),
        ),
      ],
    },
  ];
}
