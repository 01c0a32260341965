/**
 * v2's HTTP endpoints that are not inference.
 *
 * @module
 */
import { formatAddress } from "../../base/address.ts";
import type { Header, HttpResponse, HttpTransport } from "../../transport/types.ts";
import { httpAsk, type HttpQuery } from "../http_protocol.ts";
import { messageSchema } from "../schema.ts";
import type { QueryOptions, TraceSettings } from "../types.ts";
import type { BodyCoding } from "./compression.ts";
import type { V2Calls } from "./endpoints.ts";
import { httpError } from "./errors.ts";
import { schema } from "./generated/descriptor.ts";
import type {
  ModelConfig,
  ModelMetadataResponse,
  ModelStatisticsResponse,
  RepositoryIndexResponse,
  ServerMetadataResponse,
  SystemSharedMemoryStatusResponse,
} from "./generated/messages.js";
import { formatJson, isObject, type Json, type JsonObject, parseJson } from "./json.ts";
import { plainFromJson } from "./plain_json.ts";

const utf8 = new TextEncoder();

/** What the endpoints are called with. */
export interface HttpCallOptions {
  readonly headers: readonly Header[];
  /** The most that a compressed answer may grow to, in bytes. */
  readonly maxResponseBytes: number;
  /** What decompresses; undefined where the platform does. */
  readonly coding?: BodyCoding;
}

/** Path of a model, or of one version of it. */
export function modelPath(name: string, version?: bigint): string {
  const model = `/v2/models/${encodeURIComponent(name)}`;
  return version === undefined ? model : `${model}/versions/${version}`;
}

/** The calls of one server. */
export function httpCalls(transport: HttpTransport, options: HttpCallOptions): V2Calls {
  const ask = httpAsk(transport, options.headers);
  const address = formatAddress(transport.address);
  const bodyOf = (response: HttpResponse) => {
    const encoding = response.header("content-encoding");
    const { coding, maxResponseBytes } = options;
    return coding?.decompress(response.body, encoding, maxResponseBytes) ?? response.body;
  };
  const refusal = (response: HttpResponse, { method, path }: HttpQuery) =>
    httpError(
      {
        status: response.status,
        statusText: response.statusText,
        header: (name) => response.header(name),
        body: bodyOf(response),
      },
      `${method} ${path}`,
      address,
    );

  /** Whether the answer is 200; 400, 503 and `alsoFalse` mean no, everything else is an error. */
  const health = (path: string, options?: QueryOptions, alsoFalse = 0) => {
    const query: HttpQuery = { method: "GET", path };
    return ask(query, (response) => {
      if (response.status === 200) return true;
      if ([400, 503, alsoFalse].includes(response.status)) return false;
      throw refusal(response, query);
    }, options);
  };
  const call = <T>(query: HttpQuery, read: (body: Uint8Array) => T, options?: QueryOptions) =>
    ask(query, (response) => {
      if (response.status !== 200) throw refusal(response, query);
      return read(bodyOf(response));
    }, options);
  const get = <T>(message: string, path: string, options?: QueryOptions): Promise<T> =>
    call(
      { method: "GET", path },
      (body) => fromJson<T>(message, parseJson(body, `${path} of the server`), path),
      options,
    );

  return {
    serverLive: (options) => health("/v2/health/live", options),
    serverReady: (options) => health("/v2/health/ready", options),
    modelReady: (name, version, options) =>
      health(`${modelPath(name, version)}/ready`, options, 404),
    serverMetadata: (options) =>
      get<ServerMetadataResponse>("ServerMetadataResponse", "/v2", options),
    modelMetadata: (name, version, options) =>
      get<ModelMetadataResponse>("ModelMetadataResponse", modelPath(name, version), options),
    modelConfig: (name, version, options) =>
      get<ModelConfig>("ModelConfig", `${modelPath(name, version)}/config`, options),
    modelStatistics(name, version, options) {
      const path = name === undefined ? "/v2/models" : modelPath(name, version);
      return get<ModelStatisticsResponse>("ModelStatisticsResponse", `${path}/stats`, options);
    },
    index(options) {
      const path = "/v2/repository/index";
      return call(post(path), (body) => {
        const models = parseJson(body, path);
        return fromJson<RepositoryIndexResponse>("RepositoryIndexResponse", { models }, path);
      }, options);
    },
    load: (name, options) => call(post(repositoryPath(name, "load")), nothing, options),
    // Without the parameter Triton keeps the parts of an ensemble, as its own clients do by default.
    unload: (name, options) =>
      call(
        post(repositoryPath(name, "unload"), { parameters: { unload_dependents: false } }),
        nothing,
        options,
      ),
    memoryStatus: (options) =>
      call({ method: "GET", path: `${MEMORY_PATH}/status` }, (body) => {
        const regions = parseJson(body, "the regions of shared memory");
        const byName = Object.fromEntries(
          (Array.isArray(regions) ? regions : []).filter(isObject)
            .map((region) => [String(region.name), region]),
        );
        const what = "SystemSharedMemoryStatusResponse";
        return fromJson<SystemSharedMemoryStatusResponse>(what, { regions: byName }, MEMORY_PATH);
      }, options),
    registerMemory: ({ name, key, offset, byteSize }, options) =>
      call(
        post(`${MEMORY_PATH}/region/${encodeURIComponent(name)}/register`, {
          key,
          offset,
          byte_size: byteSize,
        }),
        nothing,
        options,
      ),
    unregisterMemory: (name, options) =>
      call(
        post(`${MEMORY_PATH}/region/${encodeURIComponent(name)}/unregister`),
        nothing,
        options,
      ),
    setTrace: (name, settings, options) => {
      const path = `${name === undefined ? "/v2" : modelPath(name)}/trace/setting`;
      const read = (body: Uint8Array) => {
        const json = parseJson(body, "the trace settings");
        return (isObject(json) ? json : {}) as TraceSettings;
      };
      return call(post(path, settings as JsonObject), read, options);
    },
  };
}

const MEMORY_PATH = "/v2/systemsharedmemory";

function nothing(): void {}

function fromJson<T>(message: string, json: Json, path: string): T {
  return plainFromJson(messageSchema(schema, message), json, path);
}

function post(path: string, json: JsonObject = {}): HttpQuery {
  return {
    method: "POST",
    path,
    headers: [["Content-Type", "application/json"]],
    body: utf8.encode(formatJson(json)),
  };
}

function repositoryPath(name: string, action: "load" | "unload"): string {
  return `/v2/repository/models/${encodeURIComponent(name)}/${action}`;
}
