/**
 * A bidirectional stream of @grpc/grpc-js with back-pressure counted in bytes.
 *
 * @module
 */
import type { ClientDuplexStream } from "@grpc/grpc-js";
import { InferenceError } from "../../base/errors.ts";
import type { GrpcStream, GrpcStreamHandlers } from "../types.ts";

// grpc-js counts messages, not bytes, before it asks its caller to wait: sixteen, be they 8 MB each.
const HIGH_WATER_BYTES = 1 << 20;

/** The stream that a caller gets; {@linkcode GrpcJsStream.start} gives it its call. */
export class GrpcJsStream implements GrpcStream {
  readonly #handlers: GrpcStreamHandlers;
  #call: ClientDuplexStream<Uint8Array, Uint8Array> | undefined;
  #giveUp = () => {};
  #queuedBytes = 0;
  #waiting: PromiseWithResolvers<void>[] = [];
  #ended = false;
  #finished = false;

  constructor(handlers: GrpcStreamHandlers) {
    this.#handlers = handlers;
  }

  /** Connects the stream to its call. @param giveUp cancels the call with an error of its own */
  start(call: ClientDuplexStream<Uint8Array, Uint8Array>, giveUp: () => void): void {
    this.#call = call;
    this.#giveUp = giveUp;
    call.on("data", (message: Uint8Array) => {
      if (!this.#finished) this.#handlers.onMessage(message, performance.now());
    });
  }

  /** The call is over: tells the receiver, and every sender that waits. */
  finish(error: InferenceError | undefined): void {
    if (this.#finished) return;
    this.#finished = true;
    for (const waiter of this.#waiting.splice(0)) waiter.reject(error ?? streamIsOver());
    this.#handlers.onEnd(error);
  }

  send(message: Uint8Array): Promise<void> {
    if (this.#finished || this.#ended || this.#call === undefined) {
      return handled(Promise.reject(streamIsOver()));
    }
    this.#queuedBytes += message.length;
    this.#call.write(message, () => {
      this.#queuedBytes -= message.length;
      if (this.#queuedBytes > HIGH_WATER_BYTES) return;
      for (const waiter of this.#waiting.splice(0)) waiter.resolve();
    });
    if (this.#queuedBytes <= HIGH_WATER_BYTES) return Promise.resolve();
    const waiter = Promise.withResolvers<void>();
    this.#waiting.push(waiter);
    return handled(waiter.promise);
  }

  end(): void {
    if (this.#finished || this.#ended) return;
    this.#ended = true;
    this.#call?.end();
  }

  pause(): void {
    this.#call?.pause();
  }

  resume(): void {
    this.#call?.resume();
  }

  cancel(): void {
    if (!this.#finished) this.#giveUp();
  }
}

function streamIsOver(): InferenceError {
  return new InferenceError("CONNECTION", "Cannot send a message: the stream has ended");
}

/** Callers that don't await `send` learn of the end by `onEnd`; the rejection must not end them. */
function handled(promise: Promise<void>): Promise<void> {
  promise.catch(() => {});
  return promise;
}
