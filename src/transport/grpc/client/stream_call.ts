/**
 * A call with any number of messages each way.
 *
 * @module
 */
import { InferenceError } from "../../../base/errors.ts";
import type { GrpcStream, GrpcStreamHandlers } from "../../types.ts";
import { Call, type CallContext } from "./call.ts";
import { Queue } from "../../http2/queue.ts";
import type { RequestHead } from "./request_head.ts";

/** Octets that may wait to be sent before a sender is asked to wait. */
const HIGH_WATER = 1024 * 1024;

const READY = Promise.resolve();

/** A bidirectional stream. */
export class StreamCall extends Call implements GrpcStream {
  readonly #handlers: GrpcStreamHandlers;
  readonly #waitingMessages = new Queue<Uint8Array>();
  #waitingBytes = 0;
  #sentAny = false;
  #closing = false;
  #held = false;
  #room: PromiseWithResolvers<void> | undefined;

  constructor(
    context: CallContext,
    head: RequestHead,
    handlers: GrpcStreamHandlers,
    signal?: AbortSignal,
  ) {
    super(context, head, signal);
    this.#handlers = handlers;
  }

  override get closing(): boolean {
    return this.#closing && this.#waitingMessages.length === 0;
  }

  send(message: Uint8Array): Promise<void> {
    if (this.settled || this.#closing) return handled(Promise.reject(isOver()));
    let out: Uint8Array;
    try {
      out = this.context.outgoing?.(message) ?? message;
    } catch (error) {
      return handled(Promise.reject(error));
    }
    this.#waitingBytes += out.length;
    if (this.outgoing === undefined) this.outgoing = out;
    else this.#waitingMessages.push(out);
    this.carrier?.resume(this);
    if (this.#waitingBytes <= HIGH_WATER) return READY;
    this.#room ??= Promise.withResolvers();
    return handled(this.#room.promise);
  }

  end(): void {
    if (this.settled || this.#closing) return;
    this.#closing = true;
    this.carrier?.resume(this);
  }

  override get held(): boolean {
    return this.#held;
  }

  pause(): void {
    this.#held = true;
  }

  resume(): void {
    if (!this.#held) return;
    this.#held = false;
    this.carrier?.giveWindow(this);
  }

  override messageSent(): void {
    this.#sentAny = true;
    this.#waitingBytes -= this.outgoing!.length;
    this.outgoing = this.#waitingMessages.shift();
    if (this.#waitingBytes > HIGH_WATER) return;
    this.#room?.resolve();
    this.#room = undefined;
  }

  protected override rewind(): boolean {
    return !this.#sentAny && this.outgoingAt === 0 && this.receiveStart === 0;
  }

  protected override received(message: Uint8Array): void {
    this.#handlers.onMessage(message, this.messageStart);
  }

  protected override complete(): undefined {}

  protected override ended(error: InferenceError | undefined): void {
    this.#waitingMessages.drain();
    this.#room?.reject(error ?? isOver());
    this.#handlers.onEnd(error);
  }
}

function isOver(): InferenceError {
  return new InferenceError("CONNECTION", "Cannot send a message: the stream has ended");
}

/** Who doesn't await `send` learns of the end by `onEnd`; the rejection must end nothing. */
function handled(promise: Promise<void>): Promise<void> {
  promise.catch(() => {});
  return promise;
}
