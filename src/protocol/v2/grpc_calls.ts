/**
 * v2's gRPC calls that are not inference.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import type { GrpcChannel, Header } from "../../transport/types.ts";
import { grpcAsk } from "../grpc_protocol.ts";
import type { MessageType } from "../message.ts";
import type { QueryOptions } from "../types.ts";
import type { V2Calls } from "./endpoints.ts";
import {
  ModelConfigRequest,
  ModelConfigResponse,
  ModelMetadataRequest,
  ModelMetadataResponse,
  ModelReadyRequest,
  ModelReadyResponse,
  ModelStatisticsRequest,
  ModelStatisticsResponse,
  RepositoryIndexRequest,
  RepositoryIndexResponse,
  RepositoryModelLoadRequest,
  RepositoryModelLoadResponse,
  RepositoryModelUnloadRequest,
  RepositoryModelUnloadResponse,
  ServerLiveRequest,
  ServerLiveResponse,
  ServerMetadataRequest,
  ServerMetadataResponse,
  ServerReadyRequest,
  ServerReadyResponse,
  SystemSharedMemoryRegisterRequest,
  SystemSharedMemoryRegisterResponse,
  SystemSharedMemoryStatusRequest,
  SystemSharedMemoryStatusResponse,
  SystemSharedMemoryUnregisterRequest,
  SystemSharedMemoryUnregisterResponse,
  TraceSettingRequest,
  TraceSettingResponse,
} from "./generated/messages.js";

/** The service's path; a method's name follows. */
export const SERVICE = "/inference.GRPCInferenceService/";

/** A call's name and messages. */
type Call<Q, A> = readonly [name: string, type: MessageType<Q>, replyType: MessageType<A>];

/** The calls of one server. */
export function grpcCalls(channel: GrpcChannel, metadata: readonly Header[]): V2Calls {
  const ask = grpcAsk(channel, metadata);
  const call = <Q, A>(
    [name, type, replyType]: Call<Q, A>,
    request: Q,
    options: QueryOptions | undefined,
  ): Promise<A> => ask({ method: SERVICE + name, type, request, replyType }, options);

  return {
    serverLive: async (options) =>
      (await call(["ServerLive", ServerLiveRequest, ServerLiveResponse], {}, options)).live ??
        false,
    serverReady: async (options) =>
      (await call(["ServerReady", ServerReadyRequest, ServerReadyResponse], {}, options)).ready ??
        false,
    async modelReady(name, version, options) {
      const request = named(name, version);
      try {
        const reply = call(["ModelReady", ModelReadyRequest, ModelReadyResponse], request, options);
        return (await reply).ready ?? false;
      } catch (error) {
        // Other servers refuse where Triton says no.
        if (isRefusal(error) && error.code === "NOT_FOUND") return false;
        throw error;
      }
    },
    serverMetadata: (options) =>
      call(["ServerMetadata", ServerMetadataRequest, ServerMetadataResponse], {}, options),
    modelMetadata: (name, version, options) =>
      call(
        ["ModelMetadata", ModelMetadataRequest, ModelMetadataResponse],
        named(name, version),
        options,
      ),
    async modelConfig(name, version, options) {
      const request = named(name, version);
      const reply = call(
        ["ModelConfig", ModelConfigRequest, ModelConfigResponse],
        request,
        options,
      );
      return (await reply).config ?? {};
    },
    modelStatistics: (name, version, options) =>
      call(
        ["ModelStatistics", ModelStatisticsRequest, ModelStatisticsResponse],
        named(name ?? "", version),
        options,
      ),
    index: (options) =>
      call(["RepositoryIndex", RepositoryIndexRequest, RepositoryIndexResponse], {}, options),
    async load(modelName, options) {
      await call(
        ["RepositoryModelLoad", RepositoryModelLoadRequest, RepositoryModelLoadResponse],
        { modelName },
        options,
      );
    },
    async unload(modelName, options) {
      await call(
        ["RepositoryModelUnload", RepositoryModelUnloadRequest, RepositoryModelUnloadResponse],
        { modelName },
        options,
      );
    },
    memoryStatus: (options) =>
      call(
        [
          "SystemSharedMemoryStatus",
          SystemSharedMemoryStatusRequest,
          SystemSharedMemoryStatusResponse,
        ],
        {},
        options,
      ),
    async registerMemory({ name, key, offset, byteSize }, options) {
      await call(
        [
          "SystemSharedMemoryRegister",
          SystemSharedMemoryRegisterRequest,
          SystemSharedMemoryRegisterResponse,
        ],
        { name, key, offset: BigInt(offset), byteSize: BigInt(byteSize) },
        options,
      );
    },
    async unregisterMemory(name, options) {
      await call(
        [
          "SystemSharedMemoryUnregister",
          SystemSharedMemoryUnregisterRequest,
          SystemSharedMemoryUnregisterResponse,
        ],
        { name },
        options,
      );
    },
    async setTrace(modelName, settings, options) {
      const values = Object.entries(settings).map(([name, value]) =>
        [name, { value: typeof value === "string" ? [value] : [...value] }] as const
      );
      const reply = await call(
        ["TraceSetting", TraceSettingRequest, TraceSettingResponse],
        { modelName, settings: Object.fromEntries(values) },
        options,
      );
      const known = Object.entries(reply.settings ?? {});
      return Object.fromEntries(known.map(([name, { value = [] }]) => [name, value]));
    },
  };
}

function isRefusal(error: unknown): error is InferenceError {
  return error instanceof InferenceError && error.answered;
}

function named(name: string, version: bigint | undefined) {
  return { name, version: version?.toString() ?? "" };
}
