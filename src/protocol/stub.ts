/**
 * Typed gRPC stubs: the methods of a service as functions over plain objects. The services themselves
 * are generated, see `v1/generated/services.ts` and `v2/generated/services.ts`.
 *
 * @module
 */
import type { GrpcCallOptions, GrpcChannel } from "../transport/types.ts";
import { decodeMessage, encodeMessage, type Filled, type MessageType } from "./message.ts";

/** A method with one message each way. */
export interface UnaryMethod<Request, Response> {
  /** One message each way. */
  readonly kind: "unary";
  /** `/package.Service/Method`. */
  readonly path: string;
  /** What is sent. */
  readonly request: MessageType<Request>;
  /** What comes back. */
  readonly response: MessageType<Response>;
}

/** A method with streams both ways. */
export interface BidiMethod<Request, Response> {
  /** Streams both ways. */
  readonly kind: "bidi";
  /** `/package.Service/Method`. */
  readonly path: string;
  /** What is sent. */
  readonly request: MessageType<Request>;
  /** What comes back. */
  readonly response: MessageType<Response>;
}

/** A service: its methods under the names they have in a stub. */
export type ServiceMethods<S> = {
  readonly [K in keyof S]: UnaryMethod<unknown, unknown> | BidiMethod<unknown, unknown>;
};

/**
 * Calls a unary method. Fields of the answer that were not sent have their defaults.
 *
 * @throws {InferenceError} `INVALID_ARG` when the request is not such a message, otherwise what
 * {@linkcode GrpcChannel.unary} throws
 */
export type UnaryCall<Request, Response> = (
  request: Request,
  options?: GrpcCallOptions,
) => Promise<Filled<Response>>;

/**
 * Calls a streaming method. The call begins with the iteration and sends what `requests` yields while
 * answers come; leaving the loop early cancels it.
 *
 * @throws {InferenceError} `INVALID_ARG` when a request is not such a message, otherwise what the stream
 * ends with; and whatever `requests` throws
 */
export type BidiCall<Request, Response> = (
  requests: AsyncIterable<Request> | Iterable<Request>,
  options?: GrpcCallOptions,
) => AsyncGenerator<Filled<Response>, void, void>;

/** A service's methods as functions. */
export type Stub<S> = {
  readonly [K in keyof S]: S[K] extends UnaryMethod<infer Q, infer R> ? UnaryCall<Q, R>
    : S[K] extends BidiMethod<infer Q, infer R> ? BidiCall<Q, R>
    : never;
};

/**
 * Makes the stub of a service. It keeps no state: closing the channel is the caller's.
 *
 * @param service a generated one, e.g. `GRPCService` of r19.07
 */
export function createStub<S extends ServiceMethods<S>>(
  service: S,
  channel: GrpcChannel,
): Stub<S> {
  const calls: Record<string, unknown> = {};
  for (const [name, method] of Object.entries<ServiceMethods<S>[keyof S]>(service)) {
    calls[name] = method.kind === "unary" ? unaryCall(method, channel) : bidiCall(method, channel);
  }
  return calls as Stub<S>;
}

function unaryCall<Q, R>(method: UnaryMethod<Q, R>, channel: GrpcChannel): UnaryCall<Q, R> {
  return async (request, options) => {
    const message = encodeMessage(method.request, request);
    const reply = await channel.unary(method.path, message, options);
    return decodeMessage(method.response, reply.message, { defaults: true });
  };
}

function bidiCall<Q, R>(method: BidiMethod<Q, R>, channel: GrpcChannel): BidiCall<Q, R> {
  return async function* (requests, options) {
    const inbox = new Inbox();
    const stream = channel.stream(method.path, {
      onMessage: (message) => inbox.put(message),
      onEnd: (error) => inbox.end(error),
    }, options);
    const send = async () => {
      for await (const request of requests) {
        if (inbox.ended) return;
        await stream.send(encodeMessage(method.request, request));
      }
      stream.end();
    };
    send().catch((error) => {
      // Whoever ended the stream first has the better reason.
      inbox.end(error);
      stream.cancel();
    });
    try {
      for (let message; (message = await inbox.take()) !== undefined;) {
        yield decodeMessage(method.response, message, { defaults: true });
      }
    } finally {
      inbox.end(undefined);
      stream.cancel();
    }
  };
}

/** Messages that wait for their reader, and how their stream ended. */
class Inbox {
  readonly #messages: Uint8Array[] = [];
  readonly #end = Promise.withResolvers<undefined>();
  #wake = () => {};
  ended = false;

  constructor() {
    this.#end.promise.catch(() => {});
  }

  put(message: Uint8Array): void {
    this.#messages.push(message);
    this.#wake();
  }

  end(error: unknown): void {
    this.ended = true;
    if (error === undefined) this.#end.resolve(undefined);
    else this.#end.reject(error);
    this.#wake();
  }

  /** The next message; undefined at the end. @throws the error that ended the stream */
  async take(): Promise<Uint8Array | undefined> {
    while (this.#messages.length === 0 && !this.ended) {
      await new Promise<void>((resolve) => this.#wake = resolve);
    }
    return this.#messages.shift() ?? await this.#end.promise;
  }
}
