/**
 * Any protocol over gRPC: unary calls and streams of what its codec makes, with the user's metadata.
 *
 * @module
 */
import { formatAddress } from "../base/address.ts";
import { InferenceError, toInferenceError } from "../base/errors.ts";
import type {
  CallOptions,
  CallTimes,
  GrpcCallOptions,
  GrpcChannel,
  GrpcReply as TransportReply,
  Header,
} from "../transport/types.ts";
import {
  type GrpcCodec,
  type GrpcReply,
  type StreamEnvelope,
  totalCodec,
  unreadable,
} from "./codec.ts";
import { mergeHeaders } from "./call_headers.ts";
import { decodeMessage, encodeMessage, type MessageType } from "./message.ts";
import type {
  ApiVersion,
  EncodedGrpcRequest,
  Endpoints,
  Protocol,
  ProtocolStream,
  QueryOptions,
  StreamHandlers,
} from "./types.ts";

/** What makes a protocol over gRPC. */
export interface GrpcProtocolParts {
  readonly api: ApiVersion;
  /** Closed with the protocol. */
  readonly channel: GrpcChannel;
  readonly codec: GrpcCodec;
  readonly endpoints: Endpoints;
  readonly metadata: readonly Header[];
}

/** A protocol whose requests are those of gRPC. */
export interface GrpcProtocol extends Protocol {
  readonly wire: "grpc";
  encode(...request: Parameters<Protocol["encode"]>): EncodedGrpcRequest;
  openStream: NonNullable<Protocol["openStream"]>;
}

const NOTHING = new Uint8Array(0);

/** User headers as metadata: names in lower case. */
export function metadataOf(headers: readonly Header[] = []): readonly Header[] {
  return headers.map(([name, value]) => [name.toLowerCase(), value]);
}

/** Puts a protocol together. */
export function grpcProtocol(parts: GrpcProtocolParts): GrpcProtocol {
  const { api, channel, endpoints, metadata } = parts;
  const address = formatAddress(channel.address);
  const { inferMethod } = parts.codec;
  const codec = totalCodec(parts.codec, address);
  const withMetadata = (options: CallOptions = {}, idempotent?: boolean) =>
    callOptions(options, metadata, idempotent);
  return {
    ...endpoints,
    api,
    wire: "grpc",
    address,
    // What belongs to a sequence counts when it is sent twice.
    encode: (request) => ({
      ...codec.encode(request),
      idempotent: request.sequence === undefined,
    }),
    async send({ unary, idempotent }: EncodedGrpcRequest, options) {
      const start = performance.now();
      try {
        const limits = withMetadata(options, idempotent);
        return toReply(await channel.unary(inferMethod, unary, limits));
      } catch (thrown) {
        const refused = refusedReply(thrown, start);
        if (refused === undefined) throw thrown;
        return refused;
      }
    },
    exchange({ unary, idempotent }: EncodedGrpcRequest, options, callback) {
      channel.exchange(inferMethod, unary, withMetadata(options, idempotent), (reply, error) => {
        if (reply !== undefined) return callback(toReply(reply), undefined);
        const refused = refusedReply(error, performance.now());
        callback(refused, refused === undefined ? error : undefined);
      });
    },
    failure: codec.failure,
    decode: codec.decode,
    replyId: codec.replyId,
    isFinal: codec.isFinal,
    isEmpty: codec.isEmpty,
    openStream: (handlers, options) => openStream(parts, address, handlers, options),
    close: () => channel.close(),
  };
}

function callOptions(
  { timeoutMs, signal, headers }: CallOptions = {},
  metadata: readonly Header[],
  idempotent?: boolean,
): GrpcCallOptions {
  const ofCall = headers && metadataOf(headers);
  return { timeoutMs, signal, metadata: mergeHeaders(metadata, ofCall), idempotent };
}

function toReply({ message, times }: TransportReply): GrpcReply {
  return { message, times, byteLength: message.byteLength };
}

/** The reply that a server's refusal is; undefined when the call failed some other way. */
function refusedReply(thrown: unknown, start: number): GrpcReply | undefined {
  if (!(thrown instanceof InferenceError) || !thrown.answered) return undefined;
  const now = performance.now();
  const times = { sendStart: start, sendEnd: start, receiveStart: now, receiveEnd: now };
  return { message: NOTHING, times, refusal: thrown, byteLength: 0 };
}

function openStream(
  { channel, codec, metadata }: GrpcProtocolParts,
  address: string,
  handlers: StreamHandlers,
  options: CallOptions | undefined,
): ProtocolStream {
  const { openEnvelope } = codec;
  const stream = channel.stream(codec.streamMethod, {
    onMessage(message, receiveStart) {
      const times = streamTimes(receiveStart);
      const byteLength = message.byteLength;
      if (openEnvelope === undefined) return handlers.onReply(toReply({ message, times }));
      const envelope = opened(openEnvelope, message, address);
      const reply: GrpcReply = { message: envelope.message, envelope, times, byteLength };
      handlers.onReply(reply);
    },
    onEnd: (error) =>
      handlers.onEnd(
        error && toInferenceError(error, "CONNECTION", `The stream to ${address} broke`),
      ),
  }, callOptions(options, metadata));
  return {
    send: ({ stream: message }: EncodedGrpcRequest) => stream.send(message),
    end: () => stream.end(),
    cancel: () => stream.cancel(),
    pause: () => stream.pause(),
    resume: () => stream.resume(),
  };
}

function opened(
  openEnvelope: (message: Uint8Array) => StreamEnvelope,
  message: Uint8Array,
  address: string,
): StreamEnvelope {
  try {
    return openEnvelope(message);
  } catch (error) {
    return {
      message: NOTHING,
      error: unreadable(error, address),
      id: "",
      final: true,
      empty: true,
    };
  }
}

/** A stream's answer says when it came; sending happened long before and isn't tied to it. */
function streamTimes(receiveStart: number): CallTimes {
  const receiveEnd = performance.now();
  return { sendStart: receiveStart, sendEnd: receiveStart, receiveStart, receiveEnd };
}

/** A question to a server that isn't inference. */
export interface GrpcQuery<Q, A> {
  /** `/package.Service/Method`. */
  readonly method: string;
  readonly type: MessageType<Q>;
  readonly request: Q;
  readonly replyType: MessageType<A>;
}

/** Asks a server and reads its answer. */
export type GrpcAsk = <Q, A>(query: GrpcQuery<Q, A>, options?: QueryOptions) => Promise<A>;

/** How endpoints ask: with the user's metadata, and a clear error for an answer that can't be read. */
export function grpcAsk(channel: GrpcChannel, metadata: readonly Header[]): GrpcAsk {
  const address = formatAddress(channel.address);
  return async ({ method, type, request, replyType }, options) => {
    const message = encodeMessage(type, request);
    const reply = await channel.unary(method, message, callOptions(options, metadata, true));
    try {
      return decodeMessage(replyType, reply.message);
    } catch (error) {
      throw unreadable(error, address);
    }
  };
}
