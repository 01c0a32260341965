/**
 * Requests to bytes and bytes to answers: what differs from protocol to protocol. Each protocol has a
 * codec for HTTP and one for gRPC; http_protocol.ts and grpc_protocol.ts do the rest for both.
 *
 * A codec is pure. Made by {@linkcode totalCodec} it is total as well: whatever bytes a server sends,
 * nothing throws, and what can't be read is a failed answer with code PROTOCOL. Callbacks of a
 * transport rely on that: an exception in one would end the process.
 *
 * @module
 */
import { type InferenceError, toInferenceError } from "../base/errors.ts";
import type { HttpResponse } from "../transport/types.ts";
import type {
  EncodedGrpcRequest,
  EncodedHttpRequest,
  EncodedRequest,
  InferRequest,
  InferResponse,
  Reply,
} from "./types.ts";

/** Reads and writes the requests and answers of one protocol over one wire. */
export interface Codec<Q extends EncodedRequest, A extends Reply> {
  /** @throws {InferenceError} INVALID_ARG when the request can't be said in this protocol */
  encode(request: InferRequest): Q;
  /** The error of a failed request, without reading more than that takes. */
  failure(reply: A): InferenceError | undefined;
  /** The whole answer. */
  decode(reply: A, request: InferRequest): InferResponse;
  /** Id of the request that is answered, as text; empty when the answer has none. */
  replyId(reply: A): string;
  /** False when more answers to the same request follow. */
  isFinal(reply: A): boolean;
  /** Whether a good answer has no outputs. */
  isEmpty(reply: A): boolean;
}

/** An answer over HTTP. */
export interface HttpReply extends Reply {
  readonly response: HttpResponse;
  /** Of the request, for messages. */
  readonly path: string;
}

/** An answer over gRPC: a message, or the server's refusal of the call. */
export interface GrpcReply extends Reply {
  /** Empty for a refusal. */
  readonly message: Uint8Array;
  readonly refusal?: InferenceError;
  /** What a stream's envelope says; undefined where there is none. */
  readonly envelope?: StreamEnvelope;
}

/** A message on a stream, opened. */
export interface StreamEnvelope {
  /** What a unary call would have answered. */
  readonly message: Uint8Array;
  readonly error?: InferenceError;
  readonly id: string;
  readonly final: boolean;
  /** Whether it has no outputs. */
  readonly empty: boolean;
}

/** A codec over HTTP; paths are without the address's base path, headers without the user's own. */
export type HttpCodec = Codec<EncodedHttpRequest, HttpReply>;

/** A codec over gRPC, and the methods to call. */
export interface GrpcCodec extends Codec<EncodedGrpcRequest, GrpcReply> {
  /** `/package.Service/Method` of a unary inference. */
  readonly inferMethod: string;
  /** That of a stream. */
  readonly streamMethod: string;
  /** Opens a stream's message, where it isn't simply that of a unary answer. */
  readonly openEnvelope?: (message: Uint8Array) => StreamEnvelope;
}

/** Whatever was thrown while reading an answer, as PROTOCOL error. */
export function unreadable(error: unknown, address: string): InferenceError {
  return toInferenceError(error, "PROTOCOL", `Cannot read the answer of the server at ${address}`);
}

/** A failed answer; what the server said of it may be more than `error`. */
export function failedResponse(
  error: InferenceError,
  request: InferRequest,
  said: Partial<InferResponse> = {},
): InferResponse {
  return {
    modelName: request.modelName,
    modelVersion: request.modelVersion?.toString() ?? "",
    batchSize: request.batchSize,
    ...said,
    outputs: [],
    final: said.final ?? true,
    error,
  };
}

/** The one guard: the same codec, whose readers never throw. `address` is for messages. */
export function totalCodec<Q extends EncodedRequest, A extends Reply>(
  codec: Codec<Q, A>,
  address: string,
): Codec<Q, A> {
  return {
    encode: (request) => codec.encode(request),
    failure(reply) {
      try {
        return codec.failure(reply);
      } catch (error) {
        return unreadable(error, address);
      }
    },
    decode(reply, request) {
      try {
        return codec.decode(reply, request);
      } catch (error) {
        return failedResponse(unreadable(error, address), request);
      }
    },
    replyId(reply) {
      try {
        return codec.replyId(reply);
      } catch {
        return "";
      }
    },
    isFinal(reply) {
      try {
        return codec.isFinal(reply);
      } catch {
        return true;
      }
    },
    isEmpty(reply) {
      try {
        return codec.isEmpty(reply);
      } catch {
        return false;
      }
    },
  };
}
