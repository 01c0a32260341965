/**
 * The interfaces of the transports. They move bytes and know no inference protocol.
 *
 * @module
 */
import type { Address } from "../base/address.ts";
import type { ProxyAddress } from "../base/proxy.ts";
import type { InferenceError } from "../base/errors.ts";

/** TLS material, PEM text. */
export interface TlsOptions {
  /**
   * The only certificates to trust, PEM: authorities, or the server's own. `system` is the store of this
   * machine. Without it the authorities that come with the runtime are trusted.
   */
  readonly ca?: string;
  /** Connect without looking at the server's certificate: anybody in between can read and change all. */
  readonly insecure?: boolean;
  /** Client certificate chain; goes with `key`. */
  readonly cert?: string;
  /** Private key of `cert`. */
  readonly key?: string;
  /** The name to ask for and to check in the server's certificate, instead of the host. */
  readonly serverName?: string;
}

/** What stands for this machine's store of authorities in {@linkcode TlsOptions.ca}. */
export const SYSTEM_STORE = "system";

/** The parts of Deno.Conn that the transports use. */
export interface ByteConn {
  read(into: Uint8Array): Promise<number | null>;
  write(bytes: Uint8Array): Promise<number>;
  close(): void;
  ref(): void;
  unref(): void;
}

/** What every transport needs to reach a server. */
export interface TransportOptions {
  readonly address: Address;
  /** Use TLS; undefined material means the system's authorities. */
  readonly tls?: TlsOptions;
  /** Milliseconds for making a connection; default 10,000. */
  readonly connectTimeoutMs?: number;
  /** The proxy that makes the connection, on request by CONNECT. */
  readonly proxy?: ProxyAddress;
  /** What the server is called, `name` or `name:port`, in `Host` and `:authority`; default: the address. */
  readonly authority?: string;
}

/** Limits of one call. */
export interface CallOptions {
  /** Milliseconds for the whole call; 0 or undefined = no limit. */
  readonly timeoutMs?: number;
  /** Ends the call; the error has code CANCELLED, or TIMEOUT for `AbortSignal.timeout`. */
  readonly signal?: AbortSignal;
  /** Headers of this call, or gRPC metadata; they replace others of the same name. */
  readonly headers?: readonly Header[];
}

/**
 * Moments of one call, in milliseconds of the monotonic clock (`performance.now()`):
 * send = the request's bytes handed to the system, receive = first to last byte of the answer.
 */
export interface CallTimes {
  /** Before the first byte was handed over. */
  sendStart: number;
  /** After the last byte was. */
  sendEnd: number;
  /** When the first byte of the answer was there. */
  receiveStart: number;
  /** When the last one was. */
  receiveEnd: number;
}

/** A header as it goes over the wire; names keep their case. */
export type Header = readonly [name: string, value: string];

/** A request over HTTP/1.1. */
export interface HttpRequest {
  /** GET has no body. */
  readonly method: "GET" | "POST";
  /** Path with query, starting with `/`. */
  readonly path: string;
  /** In this order, after Host; Content-Length is added by the transport when there is a body. */
  readonly headers: readonly Header[];
  /** Body pieces, sent one after the other without a copy. */
  readonly body?: readonly Uint8Array[];
  /**
   * Sending it twice does no harm: it is sent again when the server closed its kept-alive connection.
   * @default true for GET, false for POST
   */
  readonly idempotent?: boolean;
}

/** An answer over HTTP/1.1. */
export interface HttpResponse {
  readonly status: number;
  readonly statusText: string;
  /** Value of a header, name in lower case; repeated ones joined by ", ". */
  header(lowerCaseName: string): string | undefined;
  readonly body: Uint8Array;
  readonly times: CallTimes;
}

/** What {@linkcode HttpTransport.exchange} calls back: an answer, or why there is none. */
export type HttpCallback = (
  response: HttpResponse | undefined,
  error: InferenceError | undefined,
) => void;

/** Something that sends HTTP requests to one server. */
export interface HttpTransport {
  readonly address: Address;
  /** @throws {InferenceError} CONNECTION, PROTOCOL, TIMEOUT or CANCELLED; any status is an answer. */
  request(request: HttpRequest, options?: CallOptions): Promise<HttpResponse>;
  /**
   * Like {@linkcode HttpTransport.request}, for measuring: without a promise, and the answer's bytes
   * are only lent. Its body and headers are good until the callback returns or starts another exchange.
   *
   * @param callback called once, never from inside this call
   * @throws {InferenceError} INVALID_ARG when the request can't be sent
   */
  exchange(request: HttpRequest, options: CallOptions, callback: HttpCallback): void;
  /** Closes all connections; requests in flight fail. */
  close(): void;
}

/** Options of a gRPC call. */
export interface GrpcCallOptions extends CallOptions {
  /** User metadata; names in lower case. */
  readonly metadata?: readonly Header[];
  /**
   * Sending it twice does no harm: it is sent again, once, when the connection turns out to be closed before
   * anything came back (`native` only).
   *
   * @default {false}
   */
  readonly idempotent?: boolean;
}

/** The answer of a unary call. */
export interface GrpcReply {
  /** Serialized protobuf. */
  readonly message: Uint8Array;
  /** When what was sent and received. */
  readonly times: CallTimes;
}

/** What {@linkcode GrpcChannel.exchange} calls back: an answer, or why there is none. */
export type GrpcCallback = (
  reply: GrpcReply | undefined,
  error: InferenceError | undefined,
) => void;

/** What a bidirectional stream calls back. */
export interface GrpcStreamHandlers {
  /** One whole message; the bytes are the receiver's to keep. */
  onMessage(message: Uint8Array, receiveStart: number): void;
  /** Called once: `error` undefined when the server ended the stream with status OK. */
  onEnd(error: Error | undefined): void;
}

/** A bidirectional stream. */
export interface GrpcStream {
  /** Queues a message; resolves when more may be queued (flow control). */
  send(message: Uint8Array): Promise<void>;
  /** No more messages from this side; the server may go on. */
  end(): void;
  /** Cancels the stream: `onEnd` gets an error with the code CANCELLED. */
  cancel(): void;
  /** Holds the server back; what it has sent already still comes. */
  pause(): void;
  /** Lets it go on. */
  resume(): void;
}

/** A gRPC channel to one server: messages are serialized protobuf, methods `/package.Service/Method`. */
export interface GrpcChannel {
  /** Of the server. */
  readonly address: Address;
  /**
   * Sends one message and waits for the answer.
   *
   * @throws {InferenceError} CONNECTION, PROTOCOL, TIMEOUT, CANCELLED, or the code that a gRPC status
   * other than OK maps to (see grpc/status.ts), with `cause.grpcStatus` and `cause.details`.
   */
  unary(method: string, message: Uint8Array, options?: GrpcCallOptions): Promise<GrpcReply>;
  /**
   * Like {@linkcode GrpcChannel.unary}, for measuring: without a promise, and the answer's bytes are
   * only lent, until the callback returns. Further calls that it makes go out together with those of
   * other answers that came with its own.
   *
   * @param message must not change until the callback; the same bytes may be sent any number of times
   * @param callback called once, never from inside this call
   * @throws {InferenceError} INVALID_ARG for metadata that can't be sent
   */
  exchange(
    method: string,
    message: Uint8Array,
    options: GrpcCallOptions,
    callback: GrpcCallback,
  ): void;
  /** Opens a bidirectional stream; what goes wrong comes to `onEnd`. */
  stream(method: string, handlers: GrpcStreamHandlers, options?: GrpcCallOptions): GrpcStream;
  /** Closes all connections; calls in flight fail. */
  close(): void;
}
