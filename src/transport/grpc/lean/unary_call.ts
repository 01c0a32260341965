/**
 * A call with one message each way.
 *
 * @module
 */
import type { InferenceError } from "../../../base/errors.ts";
import type { CallTimes, GrpcReply } from "../../types.ts";
import { Call, type CallContext } from "./call.ts";
import type { RequestHead } from "./request_head.ts";

/**
 * Takes the end of a call. With an error, the reply's message is empty and those of its times are 0
 * that did not come.
 */
export type UnaryDone = (error: InferenceError | undefined, reply: GrpcReply) => void;

const NOTHING = new Uint8Array(0);

/** A unary call under way, and in the end its own answer: no object more than needed. */
export class UnaryCall extends Call implements GrpcReply {
  message: Uint8Array = NOTHING;
  readonly #done: UnaryDone;
  #request: Uint8Array;
  #answered = false;

  constructor(
    context: CallContext,
    head: RequestHead,
    request: Uint8Array,
    done: UnaryDone,
    signal?: AbortSignal,
  ) {
    super(context, head, signal);
    this.#request = this.outgoing = request;
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
    if (error !== undefined) this.message = NOTHING;
    this.#done(error, this);
  }
}
