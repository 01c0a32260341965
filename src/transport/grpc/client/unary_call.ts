/**
 * A call with one message each way.
 *
 * @module
 */
import type { InferenceError } from "../../../base/errors.ts";
import type { CallTimes, GrpcCallback, GrpcReply } from "../../types.ts";
import { Call, type CallContext } from "./call.ts";
import type { RequestHead } from "./request_head.ts";
import type { SpareBuffers } from "./spare_buffers.ts";

/** How a unary call differs from others. */
export interface UnaryOptions {
  /** Ends the call. */
  readonly signal?: AbortSignal;
  /** See {@linkcode GrpcCallOptions}. */
  readonly idempotent?: boolean;
  /** Where the memory of a large answer comes from, and goes back to when `done` returns. */
  readonly spare?: SpareBuffers;
}

const NOTHING = new Uint8Array(0);

/** A unary call in flight, and in the end its own answer: no object more than needed. */
export class UnaryCall extends Call implements GrpcReply {
  message: Uint8Array = NOTHING;
  override readonly idempotent: boolean;
  readonly #done: GrpcCallback;
  readonly #spare: SpareBuffers | undefined;
  #lent: Uint8Array<ArrayBuffer> | undefined;
  #request: Uint8Array;
  #answered = false;

  constructor(
    context: CallContext,
    head: RequestHead,
    request: Uint8Array,
    done: GrpcCallback,
    options: UnaryOptions = {},
  ) {
    super(context, head, options.signal);
    this.#spare = options.spare;
    this.idempotent = options.idempotent ?? false;
    this.#request = this.outgoing = context.outgoing?.(request) ?? request;
    this.#done = done;
  }

  get times(): CallTimes {
    return this;
  }

  override get closing(): boolean {
    return true;
  }

  override messageSent(): void {
    this.outgoing = undefined;
  }

  protected override rewind(): boolean {
    // An answer that has begun comes from a server that has seen the call.
    if (this.receiveStart > 0) return false;
    this.outgoing = this.#request;
    this.outgoingAt = 0;
    return true;
  }

  protected override allocate(length: number): Uint8Array<ArrayBuffer> {
    if (this.#spare === undefined) return super.allocate(length);
    return this.#lent = this.#spare.take(length);
  }

  protected override received(message: Uint8Array): void {
    if (this.#answered) return this.abort(this.wrong("sent more than one message"));
    this.#answered = true;
    this.message = message;
  }

  protected override complete(): InferenceError | undefined {
    return this.#answered ? undefined : this.wrong("answered with status OK but no message");
  }

  protected override ended(error: InferenceError | undefined): void {
    this.#request = NOTHING;
    const lent = this.#lent;
    this.#lent = undefined;
    // After an error a read into the lent memory may still be in progress: it isn't given back.
    if (error !== undefined) return this.#done(undefined, error);
    this.#done(this, undefined);
    if (lent !== undefined) this.#spare!.give(lent);
  }
}
