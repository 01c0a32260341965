/**
 * v2 over gRPC.
 *
 * @module
 */
import { formatAddress } from "../../base/address.ts";
import type { InferenceError } from "../../base/errors.ts";
import { exchangeGrpc } from "../../transport/exchange.ts";
import type { CallOptions, CallTimes, GrpcChannel, Header } from "../../transport/types.ts";
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
import { refusal, unreadable } from "./errors.ts";
import { GrpcEndpoints, SERVICE } from "./grpc_endpoints.ts";
import type { GrpcWireReply, GrpcWireRequest } from "./grpc_messages.ts";
import { encodeInferRequest } from "./grpc_request.ts";
import { readGrpcInferResponse, readIdAndFinal } from "./grpc_response.ts";
import { openGrpcStream } from "./grpc_stream.ts";
import { failedResponse } from "./infer_output.ts";
import { noProfiler, queryModel, queryStatus } from "./queries.ts";
import { type ReplyContext, replyContext } from "./reply_context.ts";
import { modelStatistics, versionStates } from "./server_status.ts";

/** Makes the protocol over a channel, which it closes with itself. */
export function createV2Grpc(channel: GrpcChannel, options: ProtocolOptions = {}): Protocol {
  return new V2Grpc(channel, options.headers ?? []);
}

class V2Grpc implements Protocol {
  readonly api = "v2";
  readonly wire = "grpc";
  readonly address: string;
  readonly #channel: GrpcChannel;
  readonly #endpoints: GrpcEndpoints;
  readonly #metadata: readonly Header[];

  constructor(channel: GrpcChannel, headers: readonly Header[]) {
    this.#channel = channel;
    this.#metadata = headers.map(([name, value]) => [name.toLowerCase(), value]);
    this.#endpoints = new GrpcEndpoints(channel, this.#metadata);
    this.address = formatAddress(channel.address);
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

  encode(request: InferRequest): GrpcWireRequest {
    const bytes = encodeInferRequest(request);
    return {
      ...bytes,
      byteLength: bytes.unary.byteLength,
      id: String(request.id ?? ""),
      context: replyContext(request),
    };
  }

  async send(wire: WireRequest, options?: CallOptions): Promise<GrpcWireReply> {
    const { unary, context } = wire as GrpcWireRequest;
    const start = performance.now();
    try {
      const { message, times } = await this.#channel.unary(SERVICE + "ModelInfer", unary, {
        ...options,
        metadata: this.#metadata,
      });
      return { message, times, context, byteLength: message.byteLength };
    } catch (thrown) {
      const error = refusal(thrown);
      if (error === undefined) throw thrown;
      const now = performance.now();
      const times = { sendStart: start, sendEnd: start, receiveStart: now, receiveEnd: now };
      return failedReply(error, times, context);
    }
  }

  sendFast(wire: WireRequest, { timeoutMs, signal }: CallOptions, callback: SendCallback): void {
    const { unary, context } = wire as GrpcWireRequest;
    const options = { timeoutMs, signal, metadata: this.#metadata };
    exchangeGrpc(this.#channel, SERVICE + "ModelInfer", unary, options, (reply, thrown) => {
      if (reply === undefined) {
        const error = refusal(thrown);
        if (error === undefined) return callback(undefined, thrown);
        const now = performance.now();
        const times = { sendStart: now, sendEnd: now, receiveStart: now, receiveEnd: now };
        return callback(failedReply(error, times, context), undefined);
      }
      const { message, times } = reply;
      const good: GrpcWireReply = { message, times, context, byteLength: message.byteLength };
      callback(good, undefined);
    });
  }

  failure(reply: WireReply): InferenceError | undefined {
    return (reply as GrpcWireReply).error;
  }

  decode(reply: WireReply): InferResponse {
    const { error, message, context, id, final } = reply as GrpcWireReply;
    if (error) return { ...failedResponse(error, context, id), final: final ?? true };
    try {
      return readGrpcInferResponse(message, context);
    } catch (error) {
      return failedResponse(unreadable(error, this.address), context, id);
    }
  }

  replyId(reply: WireReply): string {
    const { id, message } = reply as GrpcWireReply;
    return id ?? readIdAndFinal(message).id;
  }

  isFinal(reply: WireReply): boolean {
    const { final, message } = reply as GrpcWireReply;
    return final ?? readIdAndFinal(message).final;
  }

  openStream(handlers: StreamHandlers, options?: CallOptions): ProtocolStream {
    return openGrpcStream(this.#channel, this.address, handlers, {
      ...options,
      metadata: this.#metadata,
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
    this.#channel.close();
  }
}

function failedReply(
  error: InferenceError,
  times: CallTimes,
  context: ReplyContext,
): GrpcWireReply {
  return { message: new Uint8Array(), times, context, error, byteLength: 0 };
}
