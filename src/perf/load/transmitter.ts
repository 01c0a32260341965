/**
 * How a slot's request reaches the server and its answer comes back, one request at a time.
 *
 * @module
 */
import { type ErrorCode, type InferenceError, toInferenceError } from "../../base/errors.ts";
import type { Protocol, SendCallback, WireReply, WireRequest } from "../../protocol/types.ts";
import type { CallOptions } from "../../transport/types.ts";
import type { Slot } from "./slot.ts";

/** Carries requests. */
export interface Transmitter {
  /** Calls one of the sink's functions once, later, never from inside this call. */
  send(slot: Slot, wire: WireRequest): void;
  /** No further call of the sink. */
  close(): void;
}

/** What a transmitter calls. */
export interface TransmitSink {
  /** The answer is whole. `end` and the durations are in milliseconds. */
  done(slot: Slot, end: number, send: number, wait: number, receive: number): void;
  /** `answered` = the server refused the request; otherwise no answer came. */
  failed(slot: Slot, error: InferenceError, answered: boolean): void;
  /** A further answer of a decoupled model, `time` after the one before it. */
  gap(end: number, time: number): void;
}

/** Codes of requests that the server gave no answer to. */
const UNANSWERED: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "CONNECTION",
  "PROTOCOL",
  "TIMEOUT",
  "CANCELLED",
  "UNAVAILABLE",
  "INTERNAL",
]);

interface SlotCallbacks {
  readonly reply: (reply: WireReply) => void;
  readonly error: (error: unknown) => void;
  readonly both: SendCallback;
}

/** One call a request. */
export function unaryTransmitter(
  protocol: Protocol,
  timeoutMs: number,
  sink: TransmitSink,
): Transmitter {
  const options: CallOptions = { timeoutMs: timeoutMs > 0 ? timeoutMs : undefined };
  const callbacks: SlotCallbacks[] = [];
  let closed = false;

  const makeCallbacks = (slot: Slot): SlotCallbacks => {
    const reply = (reply: WireReply) => {
      if (closed) return;
      const failure = protocol.failure(reply);
      if (failure !== undefined) return sink.failed(slot, failure, true);
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
    const error = (error: unknown) => {
      if (closed) return;
      const reason = toInferenceError(error, "INTERNAL", "Cannot send the request");
      sink.failed(slot, reason, !UNANSWERED.has(reason.code));
    };
    const both: SendCallback = (answer, failure) =>
      answer === undefined ? error(failure) : reply(answer);
    return { reply, error, both };
  };

  return {
    send(slot, wire) {
      const own = callbacks[slot.index] ??= makeCallbacks(slot);
      try {
        if (protocol.sendFast !== undefined) protocol.sendFast(wire, options, own.both);
        else protocol.send(wire, options).then(own.reply, own.error);
      } catch (error) {
        queueMicrotask(() => own.error(error));
      }
    },
    close() {
      closed = true;
    },
  };
}
