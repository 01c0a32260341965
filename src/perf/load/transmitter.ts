/**
 * How a slot's request reaches the server and its answer comes back, one request at a time.
 *
 * @module
 */
import type { CredentialKeeper } from "../../base/credential.ts";
import { type InferenceError, toInferenceError } from "../../base/errors.ts";
import type { EncodedRequest, Protocol, Reply, ReplyCallback } from "../../protocol/types.ts";
import type { CallOptions } from "../../transport/types.ts";
import type { CheckAnswer } from "./check.ts";
import type { Slot } from "./slot.ts";

/** Carries requests. */
export interface Transmitter {
  /** Calls one of the sink's functions once, later, never from inside this call. */
  send(slot: Slot, request: EncodedRequest): void;
  /** No further call of the sink. */
  close(): void;
}

/** What a transmitter calls. */
export interface TransmitSink {
  /** The answer is whole. `end` and the durations are in milliseconds. */
  done(slot: Slot, end: number, send: number, wait: number, receive: number): void;
  /** `answered` = the server refused the request; otherwise no answer came. */
  failed(slot: Slot, error: InferenceError, answered: boolean): void;
  /** One more answer of a decoupled model; `responses` of the slot counts it. */
  answered(slot: Slot): void;
  /** A further answer of a decoupled model, `time` after the one before it. */
  gap(end: number, time: number): void;
}

/** What is done with answers beside measuring them. */
export interface AnswerWatch {
  readonly check?: CheckAnswer;
  /** Of the header that says who asks: it is read again when it is refused. */
  readonly keeper?: CredentialKeeper;
}

/** One call a request. */
export function unaryTransmitter(
  protocol: Protocol,
  timeoutMs: number,
  sink: TransmitSink,
  { check, keeper }: AnswerWatch = {},
): Transmitter {
  let options: CallOptions = { timeoutMs: timeoutMs > 0 ? timeoutMs : undefined };
  // The requests after this one carry what is there now.
  const renew = async (error: InferenceError) => {
    if (error.code !== "UNAUTHENTICATED" || !await keeper?.renew()) return;
    options = { ...options, headers: [keeper!.current!] };
  };
  const callbacks: ReplyCallback[] = [];
  let closed = false;

  const callbackOf = (slot: Slot): ReplyCallback => {
    const answered = (reply: Reply) => {
      if (closed) return;
      slot.bytes = reply.byteLength;
      const failure = protocol.failure(reply) ?? check?.(slot, reply);
      if (failure !== undefined) {
        renew(failure);
        return sink.failed(slot, failure, true);
      }
      const { sendStart, sendEnd, receiveStart, receiveEnd } = reply.times;
      slot.responses = 1;
      sink.done(
        slot,
        // When the answer's last byte was there; what this side then does with it is not the server's.
        receiveEnd,
        Math.max(0, sendEnd - sendStart),
        Math.max(0, receiveStart - sendEnd),
        Math.max(0, receiveEnd - receiveStart),
      );
    };
    const failed = (error: unknown) => {
      if (closed) return;
      const reason = toInferenceError(error, "INTERNAL", "Cannot send the request");
      renew(reason);
      // A refusal that may pass counts as none: whoever is busy or away is not asked by the million.
      sink.failed(slot, reason, reason.answered && !reason.retryable);
    };
    return (answer, reason) => answer === undefined ? failed(reason) : answered(answer);
  };

  return {
    send(slot, request) {
      const own = callbacks[slot.index] ??= callbackOf(slot);
      try {
        protocol.exchange(request, options, own);
      } catch (error) {
        queueMicrotask(() =>
          own(undefined, toInferenceError(error, "INTERNAL", "Cannot send the request"))
        );
      }
    },
    close() {
      closed = true;
    },
  };
}
