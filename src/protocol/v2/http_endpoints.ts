/**
 * v2's HTTP endpoints that are not inference.
 *
 * @module
 */
import { formatAddress } from "../../base/address.ts";
import type { Header, HttpTransport } from "../../transport/types.ts";
import { type MessageSchema, messageSchema } from "../schema.ts";
import type { QueryOptions } from "../types.ts";
import { decompress } from "./compression.ts";
import { httpError } from "./errors.ts";
import { schema } from "./generated/descriptor.ts";
import type {
  ModelConfig,
  ModelMetadataResponse,
  ModelStatisticsResponse,
  RepositoryIndexResponse,
  ServerMetadataResponse,
} from "./generated/messages.js";
import { formatJson, type Json, type JsonObject, parseJson } from "./json.ts";
import { plainFromJson } from "./plain_json.ts";
import type { Endpoints } from "./queries.ts";

const utf8 = new TextEncoder();

/** What the endpoints are called with. */
export interface HttpEndpointOptions {
  readonly headers: readonly Header[];
  /** The most that a compressed answer may grow to. */
  readonly maxResponseBytes: number;
}

/** Path of a model, or of one version of it. */
export function modelPath(name: string, version?: bigint): string {
  const model = `/v2/models/${encodeURIComponent(name)}`;
  return version === undefined ? model : `${model}/versions/${version}`;
}

/** The endpoints of one server. */
export class HttpEndpoints implements Endpoints {
  readonly #transport: HttpTransport;
  readonly #options: HttpEndpointOptions;
  readonly #address: string;

  constructor(transport: HttpTransport, options: HttpEndpointOptions) {
    this.#transport = transport;
    this.#options = options;
    this.#address = formatAddress(transport.address);
  }

  serverLive(options?: QueryOptions): Promise<boolean> {
    return this.#health("/v2/health/live", options);
  }

  serverReady(options?: QueryOptions): Promise<boolean> {
    return this.#health("/v2/health/ready", options);
  }

  modelReady(name: string, version?: bigint, options?: QueryOptions): Promise<boolean> {
    return this.#health(`${modelPath(name, version)}/ready`, options, 404);
  }

  serverMetadata(options?: QueryOptions): Promise<ServerMetadataResponse> {
    return this.#read("ServerMetadataResponse", "/v2", options);
  }

  modelMetadata(
    name: string,
    version?: bigint,
    options?: QueryOptions,
  ): Promise<ModelMetadataResponse> {
    return this.#read("ModelMetadataResponse", modelPath(name, version), options);
  }

  modelConfig(name: string, version?: bigint, options?: QueryOptions): Promise<ModelConfig> {
    return this.#read("ModelConfig", `${modelPath(name, version)}/config`, options);
  }

  modelStatistics(
    name?: string,
    version?: bigint,
    options?: QueryOptions,
  ): Promise<ModelStatisticsResponse> {
    const path = name === undefined ? "/v2/models" : modelPath(name, version);
    return this.#read("ModelStatisticsResponse", `${path}/stats`, options);
  }

  async index(options?: QueryOptions): Promise<RepositoryIndexResponse> {
    const path = "/v2/repository/index";
    const models = parseJson(await this.#call("POST", path, options), path);
    return plainFromJson(this.#schema("RepositoryIndexResponse"), { models }, path);
  }

  async load(name: string, options?: QueryOptions): Promise<void> {
    await this.#call("POST", repositoryPath(name, "load"), options);
  }

  async unload(name: string, options?: QueryOptions): Promise<void> {
    // Without the parameter Triton keeps the parts of an ensemble, as its own clients do by default.
    const body = { parameters: { unload_dependents: false } };
    await this.#call("POST", repositoryPath(name, "unload"), options, body);
  }

  #schema(message: string): MessageSchema {
    return messageSchema(schema, message);
  }

  async #read<T>(message: string, path: string, options?: QueryOptions): Promise<T> {
    const json: Json = parseJson(await this.#call("GET", path, options), `${path} of the server`);
    return plainFromJson(this.#schema(message), json, path);
  }

  /** Whether the answer is 200; 400, 503 and `alsoFalse` mean no, everything else is an error. */
  async #health(path: string, options?: QueryOptions, alsoFalse = 0): Promise<boolean> {
    const response = await this.#request("GET", path, options);
    if (response.status === 200) return true;
    if ([400, 503, alsoFalse].includes(response.status)) return false;
    throw httpError(response, `GET ${path}`, this.#address);
  }

  async #call(
    method: "GET" | "POST",
    path: string,
    options?: QueryOptions,
    json: JsonObject = {},
  ): Promise<Uint8Array> {
    const response = await this.#request(method, path, options, json);
    if (response.status === 200) return response.body;
    throw httpError(response, `${method} ${path}`, this.#address);
  }

  async #request(
    method: "GET" | "POST",
    path: string,
    options?: QueryOptions,
    json: JsonObject = {},
  ) {
    const response = await this.#transport.request({
      method,
      path: this.#transport.address.basePath + path,
      headers: method === "GET"
        ? this.#options.headers
        : [["Content-Type", "application/json"], ...this.#options.headers],
      body: method === "GET" ? undefined : [utf8.encode(formatJson(json))],
    }, options);
    const encoding = response.header("content-encoding");
    return {
      status: response.status,
      statusText: response.statusText,
      body: decompress(response.body, encoding, this.#options.maxResponseBytes),
    };
  }
}

function repositoryPath(name: string, action: "load" | "unload"): string {
  return `/v2/repository/models/${encodeURIComponent(name)}/${action}`;
}
