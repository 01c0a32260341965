/**
 * One HTTP/2 connection of a channel: opened at once, usable while it is still connecting, and abandoned for good when it
 * breaks.
 *
 * @module
 */
import type { ByteConn } from "../../types.ts";
import { formatAddress } from "../../../base/address.ts";
import { InferenceError, toInferenceError } from "../../../base/errors.ts";
import { connectTimedOut, protocolError } from "../../errors.ts";
import { DEFAULT_CONNECT_TIMEOUT_MS, openConnection } from "../../tls.ts";
import type { TransportOptions } from "../../types.ts";
import type { Call, CallCarrier } from "./call.ts";
import { foreignAnswer } from "./foreign.ts";
import { IdleRef } from "./idle_ref.ts";
import {
  frame,
  FrameType,
  goAwayPayload,
  Http2Error,
  http2ErrorName,
  LAST_STREAM_ID,
} from "../../http2/frames.ts";
import { HpackEncoder } from "../../http2/hpack_encoder.ts";
import { Queue } from "../../http2/queue.ts";
import type { DataPart } from "../../http2/frame_reader.ts";
import { Receiver, type ReceiverHandler } from "../../http2/receiver.ts";
import { ReplyHeads } from "./reply_head.ts";
import { RequestBlocks } from "./request_head.ts";
import { Sender } from "./sender.ts";
import { LeftStreams } from "../../http2/left_streams.ts";
import { countReceived, GREETING, readSettings, windowDue } from "../../http2/settings.ts";
import { type KeepAliveOptions, Watchdog, type Watched } from "./watchdog.ts";

/** What a connection tells its channel. */
export interface ConnectionEvents {
  /** It takes no new calls any more; those in progress go on. May be told more than once. */
  onDraining(connection: Connection): void;
  /** It is gone for good. */
  onClosed(connection: Connection): void;
  /** A call that the server has surely not worked on, ready to be started elsewhere. */
  onReturned(call: Call): void;
}

/** What a connection needs to know. */
export interface ConnectionOptions extends TransportOptions, KeepAliveOptions {
  /** For tests: the number of a connection's first stream, odd. */
  readonly firstStreamId?: number;
}

/** Calls at a time until the peer's SETTINGS say; RFC 9113 wants servers to allow as many. */
const INITIAL_MAX_STREAMS = 100;

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
  readonly #left = new LeftStreams();
  readonly #idle = new IdleRef();
  readonly #attempt = new AbortController();
  readonly #watchdog = new Watchdog(this);

  #conn: ByteConn | undefined;
  #greeted = false;
  #closed = false;
  #draining = false;
  /** A call was brought to its end. */
  #served = false;
  #goAway = "";
  #nextStreamId: number;
  #maxStreams = INITIAL_MAX_STREAMS;
  unreported = 0;
  isSecuring = false;

  constructor(options: ConnectionOptions, events: ConnectionEvents) {
    this.#options = options;
    this.#events = events;
    this.#nextStreamId = options.firstStreamId ?? 1;
    this.#sender.put(GREETING);
    this.#run();
  }

  /** Calls in flight and waiting. */
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

  /** The calls in flight and waiting. */
  *calls(): Iterable<Call> {
    yield* this.#calls.values();
    yield* this.#waiting.toArray();
  }

  /** Starts a call, now or when the server allows one more at a time. */
  start(call: Call): void {
    call.carrier = this;
    this.#idle.wake();
    this.#waiting.push(call);
    this.#startWaiting();
  }

  resume(call: Call): void {
    this.#sender.resume(call);
  }

  giveWindow(call: Call): void {
    const increment = call.held || call.settled ? 0 : windowDue(call);
    if (increment > 0) this.#sender.putWindowUpdate(call.streamId, increment);
  }

  abandon(call: Call): void {
    if (call.streamId !== 0) return this.#reset(call, Http2Error.CANCEL);
    this.#waiting.remove(call);
    if (this.load === 0) this.#idle.rest();
  }

  /** Ends the connection and, with `error`, its calls. */
  close(error: InferenceError): void {
    this.#end((call) => call.settle(error));
  }

  async #run(): Promise<void> {
    const { address, connectTimeoutMs: limit = DEFAULT_CONNECT_TIMEOUT_MS } = this.#options;
    const begin = performance.now();
    let conn: ByteConn;
    try {
      const onSecuring = () => void (this.isSecuring = true);
      conn = await openConnection(this.#options, ["h2"], this.#attempt.signal, onSecuring);
    } catch (error) {
      return this.close(error as InferenceError);
    }
    this.isSecuring = false;
    if (this.#closed) return conn.close();
    this.#conn = conn;
    this.#idle.attach(conn);
    // The server's SETTINGS belong to connecting: until they come, anything may have answered.
    if (limit > 0) {
      const left = begin + limit - performance.now();
      this.#watchdog.awaitGreeting(left, () => this.close(connectTimedOut(address, limit)));
    }
    this.#sender.attach(conn);
    await this.#receiver.run(conn);
  }

  openSink(streamId: number): Call | undefined {
    return this.#calls.get(streamId);
  }

  onReadStart(): void {
    this.#sender.hold();
  }

  onReadEnd(): void {
    this.#sender.release();
  }

  onData({ streamId, bytes, from, to, flow, end }: DataPart): void {
    const increment = countReceived(this, flow);
    if (increment > 0) this.#sender.putWindowUpdate(0, increment);
    const call = this.#callOf(streamId);
    if (call === undefined) {
      // It was reset here; the server may not have known yet.
      if (this.#left.receive(streamId, flow, end)) this.#receiver.progress();
      return;
    }
    call.receiveWindow -= flow;
    if (to > from) {
      this.#receiver.progress();
      call.receivedData(bytes, from, to, this.#receiver.now);
    }
    if (!end) this.giveWindow(call);
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
    const { headerTableSize, maxConcurrentStreams } = settings;
    this.#sender.applySettings(settings, this.#calls.values());
    if (headerTableSize !== undefined) this.#encoder.setPeerLimit(headerTableSize);
    if (maxConcurrentStreams !== undefined) this.#maxStreams = maxConcurrentStreams;
    this.#startWaiting();
  }

  onPing(payload: Uint8Array, ack: boolean): void {
    if (!ack) this.#sender.answerPing(payload);
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
    if (this.#sender.growStreamWindow(call, increment)) return;
    this.#reset(call, Http2Error.FLOW_CONTROL_ERROR);
    call.settle(
      protocolError(this.#options.address, `sent a window update by ${increment} for a stream`),
    );
  }

  #onGreeting(): void {
    this.#greeted = true;
    this.#maxStreams = Infinity;
    this.#watchdog.greeted();
    this.#watchdog.keepAlive(this.#options, (why) => this.onLost(new Error(why)));
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
    this.#left.add(call.streamId, call.receiveWindow);
    this.#remove(call);
  }

  #remove(call: Call): void {
    this.#served = true;
    this.#calls.delete(call.streamId);
    if (this.#draining) this.#closeWhenIdle();
    else if (this.#waiting.length > 0) this.#startWaiting();
    else if (this.#calls.size === 0) this.#idle.rest();
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
    if (!this.#greeted) {
      return this.close(foreignAnswer(this.#receiver.rest, this.#options, cause));
    }
    this.#end((call) => {
      const again = call.streamId === 0 || this.#crossed(call);
      if (!again || !this.#giveBack(call)) call.broke(this.#goAway, cause);
    });
  }

  /**
   * Whether a call may have crossed the end of a connection that somebody in between thought idle: not a
   * byte has come since it was sent. It is worth one more try where that does no harm.
   */
  #crossed(call: Call): boolean {
    return this.#served && call.idempotent && call.attempts === 0 &&
      call.sendStart > this.#receiver.now;
  }

  onViolation(error: unknown): void {
    const { address } = this.#options;
    if (!this.#greeted) return this.close(foreignAnswer(this.#receiver.rest, this.#options));
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
