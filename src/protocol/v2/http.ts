/**
 * v2 over HTTP: JSON, with the tensors in binary behind it.
 *
 * @module
 */
import { formatAddress } from "../../base/address.ts";
import { InferenceError } from "../../base/errors.ts";
import { exchange } from "../../transport/exchange.ts";
import type {
  CallOptions,
  Header,
  HttpRequest,
  HttpResponse,
  HttpTransport,
} from "../../transport/types.ts";
import type {
  HttpWireRequest,
  InferRequest,
  InferResponse,
  Protocol,
  ProtocolOptions,
  QueryOptions,
  SendCallback,
  WireReply,
  WireRequest,
} from "../types.ts";
import { compress, type Compression, decompress } from "./compression.ts";
import { httpError, unreadable } from "./errors.ts";
import { HttpEndpoints, modelPath } from "./http_endpoints.ts";
import { failedResponse } from "./infer_output.ts";
import { formatInferRequest } from "./json_request.ts";
import { readInferResponse } from "./json_response.ts";
import { noProfiler, queryModel, queryStatus } from "./queries.ts";
import { type ReplyContext, replyContext } from "./reply_context.ts";
import { modelStatistics, versionStates } from "./server_status.ts";

const utf8 = new TextEncoder();
const DEFAULT_MAX_RESPONSE_BYTES = 2 ** 31 - 1;

/** Options of {@linkcode createV2Http}. */
export interface V2HttpOptions extends ProtocolOptions {
  /** Compress request bodies. */
  readonly compression?: Compression;
  /** Ask for compressed answers. */
  readonly responseCompression?: Compression;
  /** The most that a compressed answer may grow to; default 2 GiB - 1. */
  readonly maxResponseBytes?: number;
}

/** Makes the protocol over a transport, which it closes with itself. */
export function createV2Http(transport: HttpTransport, options: V2HttpOptions = {}): Protocol {
  return new V2Http(transport, options);
}

interface V2WireRequest extends HttpWireRequest {
  readonly context: ReplyContext;
}

interface HttpWireReply extends WireReply {
  readonly response: HttpResponse;
  readonly request: V2WireRequest;
}

class V2Http implements Protocol {
  readonly api = "v2";
  readonly wire = "http";
  readonly address: string;
  readonly #transport: HttpTransport;
  readonly #endpoints: HttpEndpoints;
  readonly #headers: readonly Header[];
  readonly #compression: Compression | undefined;
  readonly #maxResponseBytes: number;

  constructor(transport: HttpTransport, options: V2HttpOptions) {
    const headers = options.headers ?? [];
    const { compression, responseCompression } = options;
    this.address = formatAddress(transport.address);
    this.#transport = transport;
    this.#maxResponseBytes = options.maxResponseBytes ?? DEFAULT_MAX_RESPONSE_BYTES;
    this.#endpoints = new HttpEndpoints(transport, {
      headers,
      maxResponseBytes: this.#maxResponseBytes,
    });
    this.#compression = compression;
    this.#headers = [
      ["Content-Type", "application/octet-stream"],
      ...compression ? [["Content-Encoding", compression] as const] : [],
      ...responseCompression ? [["Accept-Encoding", responseCompression] as const] : [],
      ...headers,
    ];
  }

  live(options?: QueryOptions): Promise<boolean> {
    return this.#endpoints.serverLive(options);
  }

  ready(options?: QueryOptions): Promise<boolean> {
    return this.#endpoints.serverReady(options);
  }

  modelReady(name: string, version?: bigint, options?: QueryOptions): Promise<boolean> {
    return this.#endpoints.modelReady(name, version, options);
  }

  status(modelName?: string, options?: QueryOptions) {
    return queryStatus(this.#endpoints, modelName, options);
  }

  model(name: string, version?: bigint, options?: QueryOptions) {
    return queryModel(this.#endpoints, name, version, options);
  }

  async statistics(name?: string, version?: bigint, options?: QueryOptions) {
    return modelStatistics(await this.#endpoints.modelStatistics(name, version, options));
  }

  profile(): Promise<never> {
    return Promise.reject(noProfiler());
  }

  encode(request: InferRequest): V2WireRequest {
    const json = utf8.encode(formatInferRequest(request));
    const pieces = [json, ...request.inputs.flatMap(({ data }) => data)];
    const body = this.#compression ? [compress(pieces, this.#compression)] : pieces;
    const path = `${modelPath(request.modelName, request.modelVersion)}/infer`;
    return {
      path: this.#transport.address.basePath + path,
      headers: [["Inference-Header-Content-Length", String(json.byteLength)], ...this.#headers],
      body,
      idempotent: request.sequence === undefined,
      byteLength: body.reduce((sum, piece) => sum + piece.byteLength, 0),
      context: replyContext(request),
    };
  }

  async send(wire: WireRequest, options?: CallOptions): Promise<WireReply> {
    return toReply(await this.#transport.request(toRequest(wire), options), wire);
  }

  sendFast(wire: WireRequest, options: CallOptions, callback: SendCallback): void {
    exchange(this.#transport, toRequest(wire), options, (response, error) => {
      if (response === undefined) callback(undefined, error);
      else callback(toReply(response, wire), undefined);
    });
  }

  failure(reply: WireReply): InferenceError | undefined {
    const { response, request } = reply as HttpWireReply;
    if (response.status === 200) return undefined;
    try {
      return httpError(
        {
          status: response.status,
          statusText: response.statusText,
          body: this.#body(response),
        },
        `POST ${request.path}`,
        this.address,
      );
    } catch (error) {
      return unreadable(error, this.address);
    }
  }

  decode(reply: WireReply): InferResponse {
    const { response, request: { context } } = reply as HttpWireReply;
    const error = this.failure(reply);
    if (error) return failedResponse(error, context);
    try {
      const headerLength = response.header("inference-header-content-length");
      return readInferResponse(this.#body(response), headerLength, context);
    } catch (error) {
      return failedResponse(unreadable(error, this.address), context);
    }
  }

  replyId(reply: WireReply): string {
    return String(this.decode(reply).id ?? "");
  }

  isFinal(): boolean {
    return true;
  }

  openStream(): never {
    throw new InferenceError("UNSUPPORTED", "Streams exist over gRPC only", {
      hint: "use -i grpc with the server's gRPC port",
    });
  }

  async repositoryIndex(options?: QueryOptions) {
    return versionStates(await this.#endpoints.index(options));
  }

  loadModel(name: string, options?: QueryOptions): Promise<void> {
    return this.#endpoints.load(name, options);
  }

  unloadModel(name: string, options?: QueryOptions): Promise<void> {
    return this.#endpoints.unload(name, options);
  }

  close(): void {
    this.#transport.close();
  }

  #body(response: HttpResponse): Uint8Array {
    const encoding = response.header("content-encoding");
    return decompress(response.body, encoding, this.#maxResponseBytes);
  }
}

function toRequest(wire: WireRequest): HttpRequest {
  const { path, headers, body, idempotent } = wire as V2WireRequest;
  return { method: "POST", path, headers, body, idempotent };
}

function toReply(response: HttpResponse, wire: WireRequest): HttpWireReply {
  const { body, times } = response;
  return { response, request: wire as V2WireRequest, byteLength: body.byteLength, times };
}
