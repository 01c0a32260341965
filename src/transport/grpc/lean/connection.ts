/**
 * One HTTP/2 connection of a channel: made at once, used before it stands, given up for good when it
 * breaks.
 *
 * @module
 */
import { formatAddress } from "../../../base/address.ts";
import { InferenceError, toInferenceError } from "../../../base/errors.ts";
import { connectTimedOut, protocolError } from "../../errors.ts";
import { DEFAULT_CONNECT_TIMEOUT_MS, openConnection } from "../../tls.ts";
import type { TransportOptions } from "../../types.ts";
import type { Call, CallCarrier } from "./call.ts";
import { foreignAnswer } from "./foreign.ts";
import {
  Flag,
  frame,
  FrameType,
  goAwayPayload,
  Http2Error,
  http2ErrorName,
  LAST_STREAM_ID,
} from "./frames.ts";
import { HpackEncoder } from "./hpack_encoder.ts";
import { Queue } from "./queue.ts";
import { Receiver, type ReceiverHandler } from "./receiver.ts";
import { ReplyHeads } from "./reply_head.ts";
import { RequestBlocks } from "./request_head.ts";
import { Sender } from "./sender.ts";
import { GREETING, OUR_WINDOW, readSettings } from "./settings.ts";
import { Watchdog, type Watched } from "./watchdog.ts";

/** What a connection tells its channel. */
export interface ConnectionEvents {
  /** It takes no new calls any more; those under way go on. May be told more than once. */
  onDraining(connection: Connection): void;
  /** It is gone for good. */
  onClosed(connection: Connection): void;
  /** A call that the server has surely not worked on, ready to be started elsewhere. */
  onReturned(call: Call): void;
}

/** What a connection needs to know. */
export interface ConnectionOptions extends TransportOptions {
  /**
   * Milliseconds without a byte from the server, while calls are under way, after which a PING asks
   * whether it is there; after as long again the connection counts as broken. 0 = never.
   *
   * @default {0}
   */
  readonly keepaliveMs?: number;
  /** For tests: the number of a connection's first stream, odd. */
  readonly firstStreamId?: number;
}

/** Calls at a time until the peer's SETTINGS say; RFC 9113 wants servers to allow as many. */
const INITIAL_MAX_STREAMS = 100;

const SETTINGS_ACK = frame(FrameType.SETTINGS, Flag.ACK, 0);
const PING = frame(FrameType.PING, 0, 0, new Uint8Array(8));

/** A connection and its calls. */
export class Connection implements CallCarrier, ReceiverHandler, Watched {
  readonly #options: ConnectionOptions;
  readonly #events: ConnectionEvents;
  readonly #sender = new Sender((cause) => this.onLost(cause));
  readonly #receiver = new Receiver(this);
  readonly #encoder = new HpackEncoder();
  readonly #blocks = new RequestBlocks(this.#encoder);
  readonly #replyHeads = new ReplyHeads();
  readonly #calls = new Map<number, Call>();
  readonly #waiting = new Queue<Call>();
  readonly #attempt = new AbortController();
  readonly #watchdog = new Watchdog(this);

  #conn: Deno.Conn | undefined;
  #greeted = false;
  #closed = false;
  #draining = false;
  #goAway = "";
  #nextStreamId: number;
  #maxStreams = INITIAL_MAX_STREAMS;
  /** Octets received and not yet given back to the peer by a WINDOW_UPDATE. */
  #unreported = 0;

  constructor(options: ConnectionOptions, events: ConnectionEvents) {
    this.#options = options;
    this.#events = events;
    this.#nextStreamId = options.firstStreamId ?? 1;
    this.#sender.put(GREETING);
    this.#run();
  }

  /** Calls under way and waiting. */
  get load(): number {
    return this.#calls.size + this.#waiting.length;
  }

  get lastRead(): number {
    return this.#receiver.now;
  }

  get busy(): boolean {
    return this.#calls.size > 0;
  }

  ping(): void {
    this.#sender.put(PING);
  }

  /** The calls under way and waiting. */
  *calls(): Iterable<Call> {
    yield* this.#calls.values();
    yield* this.#waiting.toArray();
  }

  /** Starts a call, now or when the server allows one more at a time. */
  start(call: Call): void {
    call.carrier = this;
    this.#waiting.push(call);
    this.#startWaiting();
  }

  resume(call: Call): void {
    this.#sender.resume(call);
  }

  abandon(call: Call): void {
    if (call.streamId === 0) this.#waiting.remove(call);
    else this.#reset(call, Http2Error.CANCEL);
  }

  /** Ends the connection and, with `error`, its calls. */
  close(error: InferenceError): void {
    this.#end((call) => call.settle(error));
  }

  async #run(): Promise<void> {
    const { address, connectTimeoutMs: limit = DEFAULT_CONNECT_TIMEOUT_MS } = this.#options;
    const begin = performance.now();
    let conn: Deno.Conn;
    try {
      conn = await openConnection(this.#options, ["h2"], this.#attempt.signal);
    } catch (error) {
      return this.close(error as InferenceError);
    }
    if (this.#closed) return conn.close();
    this.#conn = conn;
    // The server's SETTINGS belong to connecting: until they come, anything may have answered.
    if (limit > 0) {
      const left = begin + limit - performance.now();
      this.#watchdog.awaitGreeting(left, () => this.close(connectTimedOut(address, limit)));
    }
    this.#sender.attach(conn);
    await this.#receiver.run(conn);
  }

  openCall(streamId: number): Call | undefined {
    return this.#calls.get(streamId);
  }

  onReadStart(): void {
    this.#sender.hold();
  }

  onReadEnd(): void {
    this.#sender.release();
  }

  onData(
    streamId: number,
    bytes: Uint8Array,
    from: number,
    to: number,
    flow: number,
    end: boolean,
  ): void {
    this.#unreported += flow;
    if (this.#unreported >= OUR_WINDOW / 2) {
      this.#sender.putWindowUpdate(0, this.#unreported);
      this.#unreported = 0;
    }
    const call = this.#callOf(streamId);
    if (call === undefined) return;
    call.unreported += flow;
    if (call.unreported >= OUR_WINDOW / 2 && !end) {
      this.#sender.putWindowUpdate(streamId, call.unreported);
      call.unreported = 0;
    }
    if (to > from) {
      this.#receiver.progress();
      call.receivedData(bytes, from, to, this.#receiver.now);
    }
    if (!end || call.settled) return;
    this.#finish(call);
    call.receivedEnd(this.#receiver.now);
  }

  onHeaders(streamId: number, bytes: Uint8Array, from: number, to: number, end: boolean): void {
    const head = this.#replyHeads.read(bytes, from, to);
    const call = this.#callOf(streamId);
    if (call === undefined) return;
    if (!end) return call.receivedHead(head, this.#receiver.now);
    this.#receiver.progress();
    this.#finish(call);
    call.receivedTrailers(head, this.#receiver.now);
  }

  onReset(streamId: number, errorCode: number): void {
    const call = this.#callOf(streamId);
    if (call === undefined) return;
    this.#remove(call);
    if (errorCode !== Http2Error.REFUSED_STREAM || !this.#giveBack(call)) {
      call.receivedReset(errorCode);
    }
  }

  onSettings(payload: Uint8Array, ack: boolean): void {
    if (ack) return;
    const settings = readSettings(payload);
    if (!this.#greeted) this.#onGreeting();
    const { headerTableSize, maxConcurrentStreams, initialWindowSize, maxFrameSize } = settings;
    this.#sender.reply(SETTINGS_ACK);
    if (headerTableSize !== undefined) this.#encoder.setPeerLimit(headerTableSize);
    if (maxFrameSize !== undefined) this.#sender.setMaxFrameSize(maxFrameSize);
    if (initialWindowSize !== undefined) {
      this.#sender.setInitialWindow(initialWindowSize, this.#calls.values());
    }
    if (maxConcurrentStreams !== undefined) this.#maxStreams = maxConcurrentStreams;
    this.#startWaiting();
  }

  onPing(payload: Uint8Array, ack: boolean): void {
    if (!ack) this.#sender.reply(frame(FrameType.PING, Flag.ACK, 0, payload));
  }

  onGoAway(lastStreamId: number, errorCode: number, debug: string): void {
    this.#goAway = http2ErrorName(errorCode) + (debug === "" ? "" : `, ${debug}`);
    this.#drain(lastStreamId);
  }

  onWindowUpdate(streamId: number, increment: number): void {
    if (streamId === 0) {
      if (this.#sender.busy) this.#receiver.progress();
      return this.#sender.growWindow(increment);
    }
    const call = this.#callOf(streamId);
    if (call === undefined) return;
    if (call.outgoing !== undefined) this.#receiver.progress();
    if (this.#sender.growCallWindow(call, increment)) return;
    this.#reset(call, Http2Error.FLOW_CONTROL_ERROR);
    call.settle(
      protocolError(this.#options.address, `sent a window update by ${increment} for a stream`),
    );
  }

  #onGreeting(): void {
    this.#greeted = true;
    this.#maxStreams = Infinity;
    this.#watchdog.greeted();
    const { keepaliveMs: ms = 0 } = this.#options;
    const lost = () => this.onLost(new Error(`no answer to a PING within ${ms} ms`));
    if (ms > 0) this.#watchdog.keepAlive(ms, lost);
  }

  /** The call of a stream, or undefined when that one is over. */
  #callOf(streamId: number): Call | undefined {
    const call = this.#calls.get(streamId);
    if (call === undefined && (streamId % 2 === 0 || streamId >= this.#nextStreamId)) {
      throw new InferenceError("PROTOCOL", `HTTP/2: a frame for stream ${streamId}, never opened`);
    }
    return call;
  }

  #startWaiting(): void {
    while (this.#waiting.length > 0 && this.#calls.size < this.#maxStreams && !this.#draining) {
      if (this.#nextStreamId > LAST_STREAM_ID) return this.#drain(LAST_STREAM_ID);
      const call = this.#waiting.shift()!;
      if (call.settled) continue;
      call.streamId = this.#nextStreamId;
      this.#nextStreamId += 2;
      this.#calls.set(call.streamId, call);
      this.#sender.open(call, this.#blocks.get(call.head));
    }
  }

  /** The server ended a call's stream. */
  #finish(call: Call): void {
    if (call.sentEnd) this.#remove(call);
    else this.#reset(call, Http2Error.CANCEL);
  }

  #reset(call: Call, errorCode: number): void {
    this.#sender.putReset(call.streamId, errorCode);
    this.#remove(call);
  }

  #remove(call: Call): void {
    this.#calls.delete(call.streamId);
    if (this.#draining) this.#closeWhenIdle();
    else if (this.#waiting.length > 0) this.#startWaiting();
  }

  #drain(lastStreamId: number): void {
    this.#draining = true;
    this.#events.onDraining(this);
    const unseen = [...this.#calls.values()].filter((call) => call.streamId > lastStreamId);
    for (const call of unseen) this.#calls.delete(call.streamId);
    for (const call of [...unseen, ...this.#waiting.drain()]) {
      if (!this.#giveBack(call)) call.broke(this.#goAway);
    }
    this.#closeWhenIdle();
  }

  #closeWhenIdle(): void {
    if (this.#calls.size > 0) return;
    this.#sender.flush();
    this.#end(() => {});
  }

  #giveBack(call: Call): boolean {
    if (!call.retry()) return false;
    this.#events.onReturned(call);
    return true;
  }

  onLost(cause: unknown): void {
    const { address } = this.#options;
    if (!this.#greeted) return this.close(foreignAnswer(this.#receiver.rest, address, cause));
    this.#end((call) => {
      if (call.streamId > 0 || !this.#giveBack(call)) call.broke(this.#goAway, cause);
    });
  }

  onViolation(error: unknown): void {
    const { address } = this.#options;
    if (!this.#greeted) return this.close(foreignAnswer(this.#receiver.rest, address));
    this.#sender.put(frame(FrameType.GOAWAY, 0, 0, goAwayPayload(0, Http2Error.PROTOCOL_ERROR)));
    this.#sender.release();
    this.close(
      error instanceof InferenceError
        ? protocolError(address, `broke the rules of ${error.message}`, { cause: error })
        : toInferenceError(error, "INTERNAL", `Cannot read from ${formatAddress(address)}`),
    );
  }

  #end(endCall: (call: Call) => void): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#sender.stop();
    this.#receiver.stop();
    this.#watchdog.stop();
    this.#attempt.abort();
    this.#conn?.close();
    this.#events.onClosed(this);
    const calls = [...this.calls()];
    this.#calls.clear();
    this.#waiting.drain();
    for (const call of calls) endCall(call);
  }
}
