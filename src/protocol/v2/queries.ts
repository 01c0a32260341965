/**
 * The calls that are not inference, composed of the endpoints that both wires have.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import type { ModelInfo, QueryOptions, ServerStatus } from "../types.ts";
import type {
  ModelConfig,
  ModelMetadataResponse,
  ModelStatisticsResponse,
  RepositoryIndexResponse,
  ServerMetadataResponse,
} from "./generated/messages.js";
import { modelInfo } from "./model_info.ts";
import { serverStatus } from "./server_status.ts";

/** A server's endpoints; each throws an {@linkcode InferenceError} when it is refused. */
export interface Endpoints {
  serverReady(options?: QueryOptions): Promise<boolean>;
  serverMetadata(options?: QueryOptions): Promise<ServerMetadataResponse>;
  modelMetadata(
    name: string,
    version?: bigint,
    options?: QueryOptions,
  ): Promise<ModelMetadataResponse>;
  modelConfig(name: string, version?: bigint, options?: QueryOptions): Promise<ModelConfig>;
  modelStatistics(
    name?: string,
    version?: bigint,
    options?: QueryOptions,
  ): Promise<ModelStatisticsResponse>;
  index(options?: QueryOptions): Promise<RepositoryIndexResponse>;
}

const NOT_ANSWERED: ReadonlySet<string> = new Set([
  "CONNECTION",
  "PROTOCOL",
  "TIMEOUT",
  "CANCELLED",
]);

/** A model's description. @throws {InferenceError} e.g. NOT_FOUND for an unknown model */
export async function queryModel(
  endpoints: Endpoints,
  name: string,
  version?: bigint,
  options?: QueryOptions,
): Promise<ModelInfo> {
  const { metadata, config } = await describeModel(endpoints, name, version, options);
  return modelInfo(metadata, config);
}

/** The status of the server, or of one model. Parts that the server refuses to tell are left out. */
export async function queryStatus(
  endpoints: Endpoints,
  modelName?: string,
  options?: QueryOptions,
): Promise<ServerStatus> {
  const server = await endpoints.serverMetadata(options);
  const ready = await optional(endpoints.serverReady(options)) ?? false;
  const model = modelName === undefined
    ? undefined
    : await describeModel(endpoints, modelName, undefined, options);
  const index = await optional(endpoints.index(options));
  const statistics = await optional(endpoints.modelStatistics(modelName, undefined, options));
  return serverStatus({ server, ready, model, index, statistics });
}

/** Refuses what only v1 has. */
export function noProfiler(): InferenceError {
  return new InferenceError("UNSUPPORTED", "The profiler exists in the v1 protocol only", {
    hint: "Triton 2.x has traces instead: see its --trace-config",
  });
}

async function describeModel(
  endpoints: Endpoints,
  name: string,
  version: bigint | undefined,
  options: QueryOptions | undefined,
) {
  const metadata = await endpoints.modelMetadata(name, version, options);
  const config = await optional(endpoints.modelConfig(name, version, options));
  return { metadata, config };
}

/** Undefined when the server answered with a refusal; other failures are thrown. */
async function optional<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof InferenceError) || NOT_ANSWERED.has(error.code)) throw error;
    return undefined;
  }
}
