/**
 * r19.07 over gRPC: every call answers with gRPC status OK, the RequestStatus inside tells the rest.
 *
 * @module
 */
import { formatAddress } from "../../base/address.ts";
import { type InferenceError, toInferenceError } from "../../base/errors.ts";
import { exchangeGrpc } from "../../transport/exchange.ts";
import type { CallOptions, CallTimes, GrpcChannel, Header } from "../../transport/types.ts";
import { decodeMessage, encodeMessage } from "../message.ts";
import { WireReader, WireWriter } from "../protobuf_wire.ts";
import type {
  InferRequest,
  InferResponse,
  Protocol,
  ProtocolOptions,
  ProtocolStream,
  QueryOptions,
  SendCallback,
  StreamHandlers,
  WireReply,
  WireRequest,
} from "../types.ts";
import {
  HealthRequest,
  HealthResponse,
  InferRequestHeader,
  InferResponseHeader,
  ProfileRequest,
  ProfileResponse,
  RequestStatus,
  type ServerStatus as StatusMessage,
  StatusRequest,
  StatusResponse,
} from "./generated/messages.js";
import { inferRequestHeader } from "./infer_request.ts";
import { failedResponse, inferResponse } from "./infer_response.ts";
import { modelInfo } from "./model_info.ts";
import { chooseStatistics, isModelReady, onlyV2, serverStatus } from "./queries.ts";
import { statusError } from "./request_status.ts";

const SERVICE = "/nvidia.inferenceserver.GRPCService/";
const NEWEST = -1n;
/** RequestStatusCode SUCCESS. */
const SUCCESS = 1;

/** Makes the protocol over a channel, which it closes with itself. */
export function createV1Grpc(channel: GrpcChannel, options: ProtocolOptions = {}): Protocol {
  return new V1Grpc(channel, options.headers ?? []);
}

interface GrpcWireRequest extends WireRequest {
  readonly message: Uint8Array;
}

interface GrpcWireReply extends WireReply {
  readonly message: Uint8Array;
}

class V1Grpc implements Protocol {
  readonly api = "v1";
  readonly wire = "grpc";
  readonly address: string;
  readonly #channel: GrpcChannel;
  readonly #metadata: readonly Header[];

  constructor(channel: GrpcChannel, headers: readonly Header[]) {
    this.#channel = channel;
    this.#metadata = headers.map(([name, value]) => [name.toLowerCase(), value]);
    this.address = formatAddress(channel.address);
  }

  live(options?: QueryOptions): Promise<boolean> {
    return this.#health("live", options);
  }

  ready(options?: QueryOptions): Promise<boolean> {
    return this.#health("ready", options);
  }

  async #health(mode: string, options?: QueryOptions): Promise<boolean> {
    const request = encodeMessage(HealthRequest, { mode });
    const reply = await this.#query("Health", request, options);
    const { requestStatus, health } = decodeMessage(HealthResponse, reply);
    this.#check(requestStatus);
    return health ?? false;
  }

  async modelReady(name: string, version?: bigint, options?: QueryOptions): Promise<boolean> {
    return isModelReady(await this.status(name, options), version);
  }

  async status(modelName?: string, options?: QueryOptions) {
    return serverStatus(await this.#status(modelName, options));
  }

  async #status(modelName = "", options?: QueryOptions): Promise<StatusMessage> {
    const request = encodeMessage(StatusRequest, { modelName });
    const reply = await this.#query("Status", request, options);
    const { requestStatus, serverStatus } = decodeMessage(StatusResponse, reply);
    // The status of an unknown model comes with an error and a server_status all the same.
    this.#check(requestStatus);
    return serverStatus ?? {};
  }

  async model(name: string, _version?: bigint, options?: QueryOptions) {
    return modelInfo(await this.#status(name, options), name);
  }

  async statistics(name?: string, version?: bigint, options?: QueryOptions) {
    return chooseStatistics((await this.status(name, options)).statistics, version);
  }

  async profile(cmd: "start" | "stop", options?: QueryOptions): Promise<void> {
    const reply = await this.#query("Profile", encodeMessage(ProfileRequest, { cmd }), options);
    this.#check(decodeMessage(ProfileResponse, reply).requestStatus);
  }

  encode(request: InferRequest): GrpcWireRequest {
    const header = encodeMessage(InferRequestHeader, inferRequestHeader(request));
    const tensorBytes = request.inputs.reduce(
      (sum, { data }) => data.reduce((size, piece) => size + piece.byteLength, sum + 16),
      0,
    );
    const writer = new WireWriter(header.byteLength + tensorBytes + 64)
      .string(1, request.modelName)
      .int64(2, request.modelVersion ?? NEWEST)
      .bytes(3, header);
    for (const { data } of request.inputs) writer.pieces(4, data);
    const message = writer.finish();
    return { message, byteLength: message.byteLength };
  }

  async send(wire: WireRequest, options?: CallOptions): Promise<GrpcWireReply> {
    const { message, times } = await this.#channel.unary(
      SERVICE + "Infer",
      (wire as GrpcWireRequest).message,
      { ...options, metadata: this.#metadata },
    );
    return { message, times, byteLength: message.byteLength };
  }

  sendFast(wire: WireRequest, { timeoutMs, signal }: CallOptions, callback: SendCallback): void {
    const { message } = wire as GrpcWireRequest;
    const options = { timeoutMs, signal, metadata: this.#metadata };
    exchangeGrpc(this.#channel, SERVICE + "Infer", message, options, (reply, error) => {
      if (reply === undefined) return callback(undefined, error);
      const { message, times } = reply;
      const good: GrpcWireReply = { message, times, byteLength: message.byteLength };
      callback(good, undefined);
    });
  }

  failure(reply: WireReply): InferenceError | undefined {
    const status = readParts((reply as GrpcWireReply).message).status;
    if (status !== undefined && readCode(status) === SUCCESS) return undefined;
    return statusError(decodeStatus(status), this.address);
  }

  decode(reply: WireReply): InferResponse {
    const parts = readParts((reply as GrpcWireReply).message);
    const status = decodeStatus(parts.status);
    const header = parts.header ? decodeMessage(InferResponseHeader, parts.header) : {};
    const error = statusError(status, this.address);
    return error ? failedResponse(error, status, header) : inferResponse(header, parts.raw, status);
  }

  replyId(reply: WireReply): string {
    const { header } = readParts((reply as GrpcWireReply).message);
    if (header === undefined) return "";
    const reader = new WireReader(header);
    while (reader.next()) {
      if (reader.field === 5) return String(reader.uint64());
      reader.skip();
    }
    return "";
  }

  isFinal(): boolean {
    return true;
  }

  openStream(handlers: StreamHandlers, options?: CallOptions): ProtocolStream {
    const stream = this.#channel.stream(SERVICE + "StreamInfer", {
      onMessage: (message, receiveStart) =>
        handlers.onReply(
          {
            message,
            byteLength: message.byteLength,
            times: streamTimes(receiveStart),
          } satisfies GrpcWireReply as WireReply,
        ),
      onEnd: (error) =>
        handlers.onEnd(
          error && toInferenceError(error, "CONNECTION", `The stream to ${this.address} broke`),
        ),
    }, { ...options, metadata: this.#metadata });
    return {
      send: (wire) => stream.send((wire as GrpcWireRequest).message),
      end: () => stream.end(),
      cancel: () => stream.cancel(),
    };
  }

  repositoryIndex(): Promise<never> {
    return Promise.reject(onlyV2("The repository index"));
  }

  loadModel(): Promise<never> {
    return Promise.reject(onlyV2("Loading a model"));
  }

  unloadModel(): Promise<never> {
    return Promise.reject(onlyV2("Unloading a model"));
  }

  close(): void {
    this.#channel.close();
  }

  async #query(method: string, message: Uint8Array, options?: QueryOptions): Promise<Uint8Array> {
    const reply = await this.#channel.unary(SERVICE + method, message, {
      ...options,
      metadata: this.#metadata,
    });
    return reply.message;
  }

  #check(status: RequestStatus | undefined): void {
    const error = statusError(status ?? {}, this.address);
    if (error) throw error;
  }
}

/** Where the parts of an InferResponse lie in its bytes. */
interface ResponseParts {
  status: Uint8Array | undefined;
  header: Uint8Array | undefined;
  raw: Uint8Array[];
}

function readParts(message: Uint8Array): ResponseParts {
  const parts: ResponseParts = { status: undefined, header: undefined, raw: [] };
  const reader = new WireReader(message);
  while (reader.next()) {
    if (reader.field === 1) parts.status = reader.bytes();
    else if (reader.field === 2) parts.header = reader.bytes();
    else if (reader.field === 3) parts.raw.push(reader.bytes());
    else reader.skip();
  }
  return parts;
}

function readCode(status: Uint8Array): number {
  const reader = new WireReader(status);
  while (reader.next()) {
    if (reader.field === 1) return reader.varint();
    reader.skip();
  }
  return 0;
}

function decodeStatus(status: Uint8Array | undefined): RequestStatus {
  return status === undefined ? {} : decodeMessage(RequestStatus, status);
}

/** A stream's reply says when it came; sending happened long before and isn't tied to it. */
function streamTimes(receiveStart: number): CallTimes {
  const now = performance.now();
  return { sendStart: receiveStart, sendEnd: receiveStart, receiveStart, receiveEnd: now };
}
