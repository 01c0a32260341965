/**
 * v2's gRPC calls that are not inference.
 *
 * @module
 */
import type { GrpcChannel, Header } from "../../transport/types.ts";
import { decodeMessage, encodeMessage, type MessageType } from "../message.ts";
import type { QueryOptions } from "../types.ts";
import { refusal } from "./errors.ts";
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
} from "./generated/messages.js";
import type { Endpoints } from "./queries.ts";

/** The service's path; a method's name follows. */
export const SERVICE = "/inference.GRPCInferenceService/";

/** The calls of one server. */
export class GrpcEndpoints implements Endpoints {
  readonly #channel: GrpcChannel;
  readonly #metadata: readonly Header[];

  constructor(channel: GrpcChannel, metadata: readonly Header[]) {
    this.#channel = channel;
    this.#metadata = metadata;
  }

  async serverLive(options?: QueryOptions): Promise<boolean> {
    const call = this.#call("ServerLive", ServerLiveRequest, {}, ServerLiveResponse, options);
    return (await call).live ?? false;
  }

  async serverReady(options?: QueryOptions): Promise<boolean> {
    const call = this.#call("ServerReady", ServerReadyRequest, {}, ServerReadyResponse, options);
    return (await call).ready ?? false;
  }

  async modelReady(name: string, version?: bigint, options?: QueryOptions): Promise<boolean> {
    const request = named(name, version);
    try {
      const call = this.#call(
        "ModelReady",
        ModelReadyRequest,
        request,
        ModelReadyResponse,
        options,
      );
      return (await call).ready ?? false;
    } catch (error) {
      // Other servers refuse where Triton says no.
      if (refusal(error)?.code === "NOT_FOUND") return false;
      throw error;
    }
  }

  serverMetadata(options?: QueryOptions): Promise<ServerMetadataResponse> {
    return this.#call(
      "ServerMetadata",
      ServerMetadataRequest,
      {},
      ServerMetadataResponse,
      options,
    );
  }

  modelMetadata(
    name: string,
    version?: bigint,
    options?: QueryOptions,
  ): Promise<ModelMetadataResponse> {
    const request = named(name, version);
    return this.#call(
      "ModelMetadata",
      ModelMetadataRequest,
      request,
      ModelMetadataResponse,
      options,
    );
  }

  async modelConfig(name: string, version?: bigint, options?: QueryOptions) {
    const request = named(name, version);
    const call = this.#call(
      "ModelConfig",
      ModelConfigRequest,
      request,
      ModelConfigResponse,
      options,
    );
    return (await call).config ?? {};
  }

  modelStatistics(
    name?: string,
    version?: bigint,
    options?: QueryOptions,
  ): Promise<ModelStatisticsResponse> {
    const request = named(name ?? "", version);
    return this.#call(
      "ModelStatistics",
      ModelStatisticsRequest,
      request,
      ModelStatisticsResponse,
      options,
    );
  }

  index(options?: QueryOptions): Promise<RepositoryIndexResponse> {
    return this.#call(
      "RepositoryIndex",
      RepositoryIndexRequest,
      {},
      RepositoryIndexResponse,
      options,
    );
  }

  async load(modelName: string, options?: QueryOptions): Promise<void> {
    await this.#call(
      "RepositoryModelLoad",
      RepositoryModelLoadRequest,
      { modelName },
      RepositoryModelLoadResponse,
      options,
    );
  }

  async unload(modelName: string, options?: QueryOptions): Promise<void> {
    await this.#call(
      "RepositoryModelUnload",
      RepositoryModelUnloadRequest,
      { modelName },
      RepositoryModelUnloadResponse,
      options,
    );
  }

  async #call<Q, A>(
    method: string,
    requestType: MessageType<Q>,
    request: Q,
    replyType: MessageType<A>,
    options?: QueryOptions,
  ): Promise<A> {
    const message = encodeMessage(requestType, request);
    const reply = await this.#channel.unary(SERVICE + method, message, {
      ...options,
      metadata: this.#metadata,
    });
    return decodeMessage(replyType, reply.message);
  }
}

function named(name: string, version: bigint | undefined) {
  return { name, version: version?.toString() ?? "" };
}
