/**
 * A call: what it has to send, what it has received, and how it ends. What goes over which connection
 * is the business of its carrier.
 *
 * @module
 */
import { onAbort } from "../../../base/abort.ts";
import { type Address, formatAddress } from "../../../base/address.ts";
import { InferenceError } from "../../../base/errors.ts";
import {
  cancelled,
  connectionBroke,
  handshakeUnanswered,
  protocolError,
  timedOut,
} from "../../errors.ts";
import type { CallTimes } from "../../types.ts";
import { grpcError, GrpcStatus } from "../status.ts";
import { Http2Error, http2ErrorName, uint32At } from "../../http2/frames.ts";
import { STREAM_WINDOW } from "../../http2/settings.ts";
import { decompress } from "../compression.ts";
import type { Outgoing } from "./outgoing.ts";
import { copyOut, MESSAGE_PREFIX, type MessageCredit, MessageReader } from "../message_reader.ts";
import { headError, type ReplyHead, statusOfReset } from "./reply_head.ts";
import type { RequestHead } from "./request_head.ts";

/** What carries a call over the wire. */
export interface CallCarrier {
  /** Resets the call's stream, or takes the call out of the queue. */
  abandon(call: Call): void;
  /** The call has more to send. */
  resume(call: Call): void;
  /** The call takes more again. */
  giveWindow(call: Call): void;
  /** Whether it is still connecting, with TLS. */
  readonly isSecuring: boolean;
}

/** What a call needs to know of its channel. */
export interface CallContext {
  readonly address: Address;
  /** Most octets of a received message. */
  readonly maxMessageBytes: number;
  /** What goes out in place of a message. */
  readonly outgoing?: Outgoing;
}

/** Connections that a call may be moved to before it fails. */
const MAX_ATTEMPTS = 3;

/** What a compressed message may grow to at most: a few KB can hold as much as one likes. */
const MAX_DECOMPRESSED = 256 * 1024 * 1024;

/** Memory for an answer on the word of a server that was asked for it. */
const CREDIT: MessageCredit = {
  take: (length) => Math.min(length, 16 * 1024 * 1024),
  give() {},
};

/** What unary and streaming calls have in common. */
export abstract class Call implements CallTimes {
  readonly head: RequestHead;
  protected readonly context: CallContext;
  /** When the call's time is over, by `performance.now()`; Infinity = never. */
  readonly deadline: number;
  readonly #unwatch: (() => void) | undefined;

  // Where it is sent: the carrier's fields.
  carrier: CallCarrier | undefined;
  attempts = 0;
  /** Whether the server may get the call twice. */
  readonly idempotent: boolean = false;
  streamId = 0;
  /** Octets that the peer still takes on this stream. */
  sendWindow = 0;
  /** Octets that the peer may still send on this stream. */
  receiveWindow = STREAM_WINDOW;
  /** Whether the carrier has it in its round of calls that have data to send. */
  queued = false;

  // What is sent: the message that goes out now, and how much of it, its prefix included, is out.
  outgoing: Uint8Array | undefined;
  outgoingAt = 0;
  /** END_STREAM is out. */
  sentEnd = false;
  /** Where in the connection's output the call's first byte is, and where its last one ends. */
  firstByte = 0;
  lastByte = 0;

  sendStart = 0;
  sendEnd = 0;
  receiveStart = 0;
  receiveEnd = 0;
  /** When the first byte of the message in progress came. */
  protected messageStart = 0;

  #settled = false;
  #dataAt = 0;
  #encoding: string | undefined;
  #reader: MessageReader | undefined;

  constructor(context: CallContext, head: RequestHead, signal?: AbortSignal) {
    this.context = context;
    this.head = head;
    this.deadline = head.timeoutMs > 0 ? performance.now() + head.timeoutMs : Infinity;
    if (signal !== undefined) {
      this.#unwatch = onAbort(signal, () => this.abort(cancelled(context.address, signal)));
    }
  }

  /** Whether the call has ended; nothing happens to it any more. */
  get settled(): boolean {
    return this.#settled;
  }

  /** Whether the peer is held back: its window isn't given anew. */
  get held(): boolean {
    return false;
  }

  /** Octets that are missing of the message in progress. */
  get missing(): number {
    return this.#reader?.missing ?? 0;
  }

  /** Whether nothing comes after `outgoing`. */
  abstract get closing(): boolean;

  /** `outgoing` is out completely: makes the next message `outgoing`, if there is one. */
  abstract messageSent(): void;

  /** Goes back to the beginning; false when what was sent can't be sent again. */
  protected abstract rewind(): boolean;

  /** Memory for a message that comes in parts. */
  protected allocate(length: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(length);
  }

  protected abstract received(message: Uint8Array): void;

  /** Status OK came; an error when the answer isn't complete. */
  protected abstract complete(): InferenceError | undefined;

  protected abstract ended(error: InferenceError | undefined): void;

  /** Prepares the call for another connection; false when it must fail. */
  retry(): boolean {
    if (this.#settled || ++this.attempts >= MAX_ATTEMPTS || !this.rewind()) return false;
    this.carrier = undefined;
    this.streamId = this.sendEnd = 0;
    this.receiveWindow = STREAM_WINDOW;
    this.queued = this.sentEnd = false;
    return true;
  }

  /** Ends the call from this side. */
  abort(error: InferenceError): void {
    if (this.#settled) return;
    this.carrier?.abandon(this);
    this.settle(error);
  }

  /** Ends the call with CANCELLED. */
  cancel(): void {
    this.abort(cancelled(this.context.address));
  }

  /** Ends the call because its time is over. */
  expire(): void {
    const error = timedOut(this.context.address, this.head.timeoutMs);
    this.abort(this.carrier?.isSecuring ? handshakeUnanswered(error) : error);
  }

  /** Ends the call; its stream is gone already. */
  settle(error: InferenceError | undefined): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#unwatch?.();
    this.#reader?.stop();
    this.carrier = this.#reader = this.outgoing = undefined;
    if (this.sendEnd === 0) this.sendEnd = this.receiveStart;
    try {
      this.ended(error);
    } catch (thrown) {
      reportError(thrown);
    }
  }

  /** The connection broke. @param goAway the server's parting words, if any */
  broke(goAway: string, cause?: unknown): void {
    const why = goAway === "" ? "" : ` (GOAWAY: ${goAway})`;
    this.settle(connectionBroke(this.context.address, `during ${this.head.method}${why}`, cause));
  }

  /** Headers that do not end the stream. @param now when they came */
  receivedHead(head: ReplyHead, now: number): void {
    if (this.#encoding !== undefined) {
      return this.abort(this.wrong("sent headers in the middle of an answer"));
    }
    if (head.httpStatus?.startsWith("1")) return;
    this.receiveStart = now;
    this.#encoding = head.encoding ?? "identity";
    const error = headError(head, formatAddress(this.context.address));
    if (error !== undefined) this.abort(error);
  }

  /** Headers that end the stream. */
  receivedTrailers(head: ReplyHead, now: number): void {
    if (this.receiveStart === 0) this.receiveStart = now;
    this.receiveEnd = now;
    if (!this.#reader?.busy) return this.settle(this.#errorOf(head));
    // The carrier is done with the call; what it has brought is still being decompressed.
    this.carrier = undefined;
    this.#reader.whenEmitted(() => this.settle(this.#errorOf(head)));
  }

  /** A part of a message, `bytes[from, to)`. @param now when it came */
  receivedData(bytes: Uint8Array, from: number, to: number, now: number): void {
    if (this.#encoding === undefined) return this.abort(this.wrong("sent data before headers"));
    if (!this.#reader?.partial) this.messageStart = now;
    this.#dataAt = now;
    const start = from + MESSAGE_PREFIX;
    try {
      if (
        this.#reader === undefined && to >= start && bytes[from] === 0 &&
        uint32At(bytes, from + 1) === to - start && to - start <= this.context.maxMessageBytes
      ) {
        this.#deliver(copyOut(bytes, start, to));
      } else {
        this.#messageReader(this.#encoding).feed(bytes, from, to);
      }
    } catch (error) {
      this.#unreadable(error);
    }
  }

  /** The stream ends with data instead of trailers. */
  receivedEnd(now: number): void {
    this.receiveEnd = now;
    this.settle(this.#missingStatus());
  }

  /** The server reset the stream. */
  receivedReset(errorCode: number): void {
    const name = http2ErrorName(errorCode);
    const address = this.context.address;
    this.settle(
      errorCode === Http2Error.CANCEL
        ? connectionBroke(address, `during ${this.head.method}: the server reset the stream`)
        : grpcError(
          statusOfReset(errorCode),
          `the server reset the stream (${name})`,
          formatAddress(address),
        ),
    );
  }

  /** Where the next bytes of a message in progress may be put directly; then {@linkcode filled}. */
  space(): Uint8Array<ArrayBuffer> | undefined {
    return this.#reader?.space();
  }

  /** `count` bytes are in {@linkcode space}. @param now when they came */
  filled(count: number, now: number): void {
    this.#dataAt = now;
    try {
      this.#reader?.advance(count);
    } catch (error) {
      this.#unreadable(error);
    }
  }

  #messageReader(encoding: string): MessageReader {
    return this.#reader ??= new MessageReader({
      limit: this.context.maxMessageBytes,
      encoding,
      emit: (message) => this.#deliver(message),
      fail: (error) => this.#unreadable(error),
      inflate: (message) =>
        decompress(message, encoding, Math.min(this.context.maxMessageBytes, MAX_DECOMPRESSED)),
      allocate: (length) => this.allocate(length),
      credit: CREDIT,
    });
  }

  #deliver(message: Uint8Array): void {
    if (this.#settled) return;
    try {
      this.received(message);
    } catch (thrown) {
      reportError(thrown);
    }
    this.messageStart = this.#dataAt;
  }

  #unreadable(error: unknown): void {
    if (!(error instanceof InferenceError)) throw error;
    const wrong = this.wrong(`sent an answer that can't be read: ${error.message}`);
    this.abort(
      error.code === "RESOURCE_EXHAUSTED"
        ? new InferenceError(error.code, wrong.message, {
          address: wrong.address,
          grpcStatus: GrpcStatus.RESOURCE_EXHAUSTED,
          // It would be as large again.
          retryable: false,
          cause: error,
        })
        : wrong,
    );
  }

  #errorOf(head: ReplyHead): InferenceError | undefined {
    const { grpcStatus, grpcMessage } = head;
    const { address } = this.context;
    if (grpcStatus === GrpcStatus.OK) {
      if (this.#reader?.partial) return this.wrong("ended in the middle of a message");
      return this.complete();
    }
    if (grpcStatus === GrpcStatus.DEADLINE_EXCEEDED && this.head.timeoutMs > 0) {
      return timedOut(address, this.head.timeoutMs);
    }
    if (grpcStatus !== undefined) return grpcError(grpcStatus, grpcMessage, formatAddress(address));
    if (this.#encoding !== undefined) return this.#missingStatus();
    return headError(head, formatAddress(address)) ?? this.#missingStatus();
  }

  #missingStatus(): InferenceError {
    const details = "the server ended its answer without a gRPC status";
    return grpcError(GrpcStatus.UNKNOWN, details, formatAddress(this.context.address));
  }

  /** The error for an answer that no gRPC server gives. */
  protected wrong(what: string): InferenceError {
    return protocolError(this.context.address, `${what} (${this.head.method})`);
  }
}
