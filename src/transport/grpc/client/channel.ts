/**
 * A gRPC channel that writes HTTP/2 frames itself: for measuring, where every microsecond that the
 * client takes is in the figures.
 *
 * @module
 */
import { type Address, formatAddress } from "../../../base/address.ts";
import type { InferenceError } from "../../../base/errors.ts";
import { cancelled, transportClosed } from "../../errors.ts";
import { checkTlsOptions, wantsTls } from "../../tls.ts";
import type {
  CallOptions,
  GrpcCallback,
  GrpcCallOptions,
  GrpcChannel,
  GrpcReply,
  GrpcStream,
  GrpcStreamHandlers,
} from "../../types.ts";
import type { Call, CallContext } from "./call.ts";
import { Connection, type ConnectionEvents, type ConnectionOptions } from "./connection.ts";
import { Deadlines } from "./deadlines.ts";
import { MAX_MESSAGE } from "../message_reader.ts";
import { type GrpcCompression, outgoing } from "./outgoing.ts";
import { type RequestHead, RequestHeads } from "./request_head.ts";
import { SpareBuffers } from "./spare_buffers.ts";
import { StreamCall } from "./stream_call.ts";
import { UnaryCall } from "./unary_call.ts";

/** How to make a native channel. */
export interface NativeChannelOptions extends ConnectionOptions {
  /**
   * Connections at most. A call goes to one that is idle; without one to a new one, as long as there may
   * be more; then to the one with the fewest calls.
   *
   * @default {1}
   */
  readonly connections?: number;
  /**
   * Most octets of a received message.
   *
   * @default {2147483647}
   */
  readonly maxMessageBytes?: number;
  /**
   * Most octets of a message that is sent.
   *
   * @default {2147483647}
   */
  readonly maxSendBytes?: number;
  /** Compress messages that are sent. */
  readonly compression?: GrpcCompression;
}

/** A channel that also knows a way around promises. */
export type NativeChannel = Required<GrpcChannel>;

/**
 * Makes a native channel. Nothing is connected before the first call.
 *
 * @throws {InferenceError} INVALID_ARG when the TLS material is incomplete
 */
export function createNativeChannel(options: NativeChannelOptions): NativeChannel {
  checkTlsOptions(options.tls);
  return new Channel(options);
}

class Channel implements NativeChannel, ConnectionEvents {
  readonly address: Address;
  readonly #options: NativeChannelOptions;
  readonly #context: CallContext;
  readonly #heads: RequestHeads;
  readonly #slots: (Connection | undefined)[];
  readonly #connections = new Set<Connection>();
  readonly #spare = new SpareBuffers();
  readonly #deadlines = new Deadlines((now) => this.#expire(now));
  #closed = false;

  constructor(options: NativeChannelOptions) {
    const { address, connections = 1, maxMessageBytes = MAX_MESSAGE } = options;
    this.address = address;
    this.#options = options;
    const { compression, maxSendBytes: maxBytes } = options;
    this.#context = {
      address,
      maxMessageBytes: Math.min(maxMessageBytes, MAX_MESSAGE),
      outgoing: compression || maxBytes ? outgoing({ compression, maxBytes }) : undefined,
    };
    this.#heads = new RequestHeads({
      scheme: wantsTls(options) ? "https" : "http",
      encoding: compression,
      authority: options.authority ?? options.tls?.serverName ?? formatAddress(address),
    });
    this.#slots = new Array(Math.max(1, connections)).fill(undefined);
  }

  exchange(
    method: string,
    message: Uint8Array,
    options: GrpcCallOptions,
    callback: GrpcCallback,
  ): void {
    const { signal, idempotent } = options;
    const how = { signal, idempotent, spare: this.#spare };
    const head = this.#head(method, options);
    this.#begin(new UnaryCall(this.#context, head, message, callback, how), options);
  }

  unary(method: string, message: Uint8Array, options: GrpcCallOptions = {}): Promise<GrpcReply> {
    return new Promise((resolve, reject) => {
      const head = this.#head(method, options);
      const { signal, idempotent } = options;
      const done: GrpcCallback = (reply, error) => {
        if (reply === undefined) return reject(error);
        const { sendStart, sendEnd, receiveStart, receiveEnd } = reply.times;
        const times = { sendStart, sendEnd, receiveStart, receiveEnd };
        resolve({ message: reply.message, times });
      };
      this.#begin(
        new UnaryCall(this.#context, head, message, done, { signal, idempotent }),
        options,
      );
    });
  }

  stream(
    method: string,
    handlers: GrpcStreamHandlers,
    options: GrpcCallOptions = {},
  ): GrpcStream {
    let head: RequestHead = { method, timeoutMs: 0, headers: [] };
    let refusal: InferenceError | undefined;
    try {
      head = this.#head(method, options);
    } catch (error) {
      refusal = error as InferenceError;
    }
    const call = new StreamCall(this.#context, head, handlers, options.signal);
    this.#begin(call, options, refusal);
    return call;
  }

  close(): void {
    this.#closed = true;
    this.#deadlines.stop();
    for (const connection of [...this.#connections]) {
      connection.close(transportClosed(this.address));
    }
  }

  onDraining(connection: Connection): void {
    const slot = this.#slots.indexOf(connection);
    if (slot >= 0) this.#slots[slot] = undefined;
  }

  onClosed(connection: Connection): void {
    this.onDraining(connection);
    this.#connections.delete(connection);
  }

  onReturned(call: Call): void {
    if (this.#closed) return call.settle(transportClosed(this.address));
    this.#connection().start(call);
  }

  #head(method: string, { timeoutMs, metadata }: GrpcCallOptions): RequestHead {
    return this.#heads.get(method, timeoutMs, metadata);
  }

  #begin(call: Call, { signal }: CallOptions = {}, refusal?: InferenceError): void {
    if (this.#closed) refusal ??= transportClosed(this.address);
    if (signal?.aborted) refusal ??= cancelled(this.address, signal);
    if (refusal !== undefined) return queueMicrotask(() => call.settle(refusal));
    this.#connection().start(call);
    if (call.deadline < Infinity) this.#deadlines.watch(call.deadline);
  }

  #connection(): Connection {
    const slots = this.#slots;
    let best = 0;
    for (let i = 1, least = loadOf(slots[0]); i < slots.length && least > 0; i++) {
      const load = loadOf(slots[i]);
      if (load >= least) continue;
      least = load;
      best = i;
    }
    return slots[best] ??= this.#connect();
  }

  #connect(): Connection {
    const connection = new Connection(this.#options, this);
    this.#connections.add(connection);
    return connection;
  }

  #expire(now: number): number {
    let next = Infinity;
    for (const connection of this.#connections) {
      for (const call of [...connection.calls()]) {
        if (call.deadline <= now) call.expire();
        else next = Math.min(next, call.deadline);
      }
    }
    return next;
  }
}

/** Calls on a connection; one that is still to be made comes between an idle and a busy one. */
function loadOf(connection: Connection | undefined): number {
  return connection === undefined ? 0.5 : connection.load;
}
