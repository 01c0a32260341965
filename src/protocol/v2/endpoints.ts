/**
 * The calls of v2 that are not inference, composed of those that both wires have.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import type {
  Endpoints,
  QueryOptions,
  ServerStatus,
  SetTrace,
  SharedMemoryRegion,
} from "../types.ts";
import type {
  ModelConfig,
  ModelMetadataResponse,
  ModelStatisticsResponse,
  RepositoryIndexResponse,
  ServerMetadataResponse,
  SystemSharedMemoryStatusResponse,
} from "./generated/messages.js";
import { modelInfo } from "./model_info.ts";
import { modelStatistics, serverStatus, versionStates } from "./server_status.ts";

/** What a v2 server can be asked; refusals throw an {@linkcode InferenceError}. */
export interface V2Calls {
  serverLive(options?: QueryOptions): Promise<boolean>;
  serverReady(options?: QueryOptions): Promise<boolean>;
  modelReady(name: string, version?: bigint, options?: QueryOptions): Promise<boolean>;
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
  load(name: string, options?: QueryOptions): Promise<void>;
  unload(name: string, options?: QueryOptions): Promise<void>;
  memoryStatus(options?: QueryOptions): Promise<SystemSharedMemoryStatusResponse>;
  registerMemory(region: SharedMemoryRegion, options?: QueryOptions): Promise<void>;
  unregisterMemory(name: string, options?: QueryOptions): Promise<void>;
  setTrace: SetTrace;
}

/** The endpoints of one server. */
export function v2Endpoints(calls: V2Calls): Endpoints {
  return {
    live: calls.serverLive,
    ready: calls.serverReady,
    modelReady: calls.modelReady,
    status: (modelName, options) => queryStatus(calls, modelName, options),
    async model(name, version, options) {
      const { metadata, config } = await describeModel(calls, name, version, options);
      return modelInfo(metadata, config);
    },
    statistics: async (name, version, options) => {
      const answer = extension("no statistics", calls.modelStatistics(name, version, options));
      return modelStatistics(await answer);
    },
    repository: {
      index: async (options) =>
        versionStates(await extension("no repository index", calls.index(options))),
      load: calls.load,
      unload: calls.unload,
    },
    sharedMemory: {
      regions: async (options) =>
        memoryRegions(await extension(NO_MEMORY, calls.memoryStatus(options))),
      register: (region, options) => extension(NO_MEMORY, calls.registerMemory(region, options)),
      unregister: (name, options) => extension(NO_MEMORY, calls.unregisterMemory(name, options)),
    },
    setTrace: (modelName, settings, options) =>
      extension("no trace settings", calls.setTrace(modelName, settings, options)),
  };
}

const NO_MEMORY = "no shared memory";

function memoryRegions({ regions = {} }: SystemSharedMemoryStatusResponse): SharedMemoryRegion[] {
  return Object.entries(regions).map(([name, { key = "", offset, byteSize }]) => ({
    name,
    key,
    offset: Number(offset ?? 0n),
    byteSize: Number(byteSize ?? 0n),
  }));
}

/** The status of the server, or of one model. Parts that the server refuses to tell are left out. */
async function queryStatus(
  calls: V2Calls,
  modelName?: string,
  options?: QueryOptions,
): Promise<ServerStatus> {
  const server = await calls.serverMetadata(options);
  const ready = await optional(calls.serverReady(options)) ?? false;
  const model = modelName === undefined
    ? undefined
    : await describeModel(calls, modelName, undefined, options);
  const index = await optional(calls.index(options));
  const statistics = await optional(calls.modelStatistics(modelName, undefined, options));
  return serverStatus({ server, ready, model, index, statistics });
}

async function describeModel(
  calls: V2Calls,
  name: string,
  version: bigint | undefined,
  options: QueryOptions | undefined,
) {
  const metadata = await calls.modelMetadata(name, version, options);
  const config = await optional(calls.modelConfig(name, version, options));
  return { metadata, config };
}

const NOT_THERE: ReadonlySet<number | undefined> = new Set([404, 405, 501]);
const UNIMPLEMENTED = 12;

/**
 * The answer of an extension of v2, which other servers than Triton may lack.
 *
 * @throws {InferenceError} UNSUPPORTED when the server doesn't have it
 */
async function extension<T>(lacks: string, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof InferenceError) || !error.answered) throw error;
    const { address, httpStatus, grpcStatus } = error;
    // An error in v2's form is about the model, not about the path, unless it has no other words.
    const isPath = error.hint !== undefined || error.message === "Not Found";
    const isMissing = NOT_THERE.has(httpStatus) && isPath;
    if (!isMissing && grpcStatus !== UNIMPLEMENTED) throw error;
    const details = { address, httpStatus, grpcStatus, answered: true, cause: error };
    throw new InferenceError("UNSUPPORTED", `This server has ${lacks}`, {
      ...details,
      hint: "that is an extension of v2, which Triton has",
    });
  }
}

/** Undefined when the server answered with a refusal; other failures are thrown. */
async function optional<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof InferenceError) || !error.answered) throw error;
    return undefined;
  }
}
