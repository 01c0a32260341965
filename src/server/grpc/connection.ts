/**
 * One HTTP/2 connection of a client.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import {
  CLIENT_PREFACE,
  frame,
  FrameType,
  goAwayPayload,
  Http2Error,
  Setting,
} from "../../transport/http2/frames.ts";
import { HpackDecoder } from "../../transport/http2/hpack_decoder.ts";
import { LeftStreams } from "../../transport/http2/left_streams.ts";
import type { DataPart } from "../../transport/http2/frame_reader.ts";
import { Receiver, type ReceiverHandler } from "../../transport/http2/receiver.ts";
import {
  countReceived,
  readSettings,
  type Received,
  settingsAndWindow,
  STREAM_WINDOW,
  windowDue,
} from "../../transport/http2/settings.ts";
import { GrpcStatus } from "../../transport/grpc/status.ts";
import type { Header } from "../../transport/types.ts";
import { type Log, startCall } from "./call.ts";
import { Dispatcher } from "./dispatcher.ts";
import { Patience } from "./patience.ts";
import { ServerSender } from "./sender.ts";
import type { Inflater } from "../inflater.ts";
import type { ServerLimits } from "../limits.ts";
import { type CallStatus, type GrpcMethod, statusOf } from "./service.ts";
import { ServerStream } from "./stream.ts";

/** What a connection serves. */
export interface GrpcServices {
  /** Methods by path. */
  readonly methods: ReadonlyMap<string, GrpcMethod>;
  readonly log: Log;
  readonly limits: ServerLimits;
  readonly inflater: Inflater;
}

function valueOf(headers: readonly Header[], name: string): string | undefined {
  return headers.find(([candidate]) => candidate === name)?.[1];
}

/** A connection and its calls; over when {@linkcode serve} resolves. */
export class ServerConnection implements ReceiverHandler, Received {
  readonly #conn: Deno.Conn;
  readonly #served: GrpcServices;
  readonly #sender: ServerSender;
  readonly #receiver = new Receiver(this);
  readonly #decoder = new HpackDecoder();
  readonly #streams = new Map<number, ServerStream>();
  readonly #left = new LeftStreams();
  #lastStreamId = 0;
  unreported = 0;
  #draining = false;
  #closed = false;
  #violated = false;
  readonly #patience: Patience;
  readonly #dispatcher = new Dispatcher(() => {
    for (const stream of this.#streams.values()) this.#giveWindow(stream);
  });
  #greeted = false;

  constructor(conn: Deno.Conn, served: GrpcServices) {
    this.#conn = conn;
    this.#served = served;
    this.#patience = new Patience(served.limits);
    this.#sender = new ServerSender(conn, {
      onSent: (stream) => this.#sent(stream),
      onFailure: () => this.close(),
    });
  }

  /** Reads until the client goes, breaks the rules, or the connection is closed. Never rejects. */
  async serve(): Promise<void> {
    try {
      const { maxStreams } = this.#served.limits;
      this.#sender.put(
        settingsAndWindow([[Setting.MAX_CONCURRENT_STREAMS, maxStreams]], STREAM_WINDOW),
      );
      const rest = await this.#readPreface();
      this.#greeted = true;
      if (rest !== undefined) await this.#receiver.run(this.#conn, rest);
      if (this.#violated) await this.#refuse();
    } catch {
      // The socket broke.
    }
    this.close();
  }

  /**
   * Takes no new calls; when those in progress are done, hangs up and waits for the client to do the
   * same. It gets no GOAWAY: a client on Deno's node:http2 may not survive one.
   */
  drain(): void {
    this.#draining = true;
    this.#hangUpWhenIdle();
  }

  isOverdue(now: number): boolean {
    const streams = [...this.#streams.values()];
    return this.#patience.isOver(now, {
      heard: this.#receiver.now,
      expects: !this.#greeted || streams.some(({ reader }) => reader.partial),
      idle: streams.length === 0,
      written: this.#sender.written,
      waits: this.#sender.waits || streams.some(({ messages }) => messages.length > 0),
    });
  }

  /** Ends the connection at once. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#sender.stop();
    this.#receiver.stop();
    this.#dispatcher.stop();
    this.#conn.close();
    for (const stream of this.#streams.values()) this.#cancel(stream);
    this.#streams.clear();
  }

  /**
   * @returns what came behind the preface; undefined when it isn't HTTP/2, or the client goes before it
   * has said so
   */
  async #readPreface(): Promise<Uint8Array | undefined> {
    const bytes = new Uint8Array(4096);
    let length = 0;
    while (length < CLIENT_PREFACE.length) {
      const count = await this.#conn.read(bytes.subarray(length));
      if (count === null) return undefined;
      for (let i = length; i < Math.min(length + count, CLIENT_PREFACE.length); i++) {
        if (bytes[i] !== CLIENT_PREFACE[i]) return undefined;
      }
      length += count;
    }
    return bytes.subarray(CLIENT_PREFACE.length, length);
  }

  openSink(streamId: number): ServerStream | undefined {
    return this.#streams.get(streamId);
  }

  onReadStart(): void {}

  onReadEnd(): void {}

  onViolation(): void {
    this.#violated = true;
  }

  onLost(): void {
    this.close();
  }

  onHeaders(streamId: number, bytes: Uint8Array, from: number, to: number, end: boolean): void {
    // Every block must be decoded, for the table that it may change.
    const headers = this.#decoder.decode(bytes, from, to);
    const known = this.#streamOf(streamId, true);
    if (known) {
      if (end) this.#inputEnded(known);
      return;
    }
    if (streamId <= this.#lastStreamId) return;
    this.#lastStreamId = streamId;
    this.#receiver.progress();
    if (this.#draining || this.#streams.size >= this.#served.limits.maxStreams) {
      return this.#sender.replyReset(streamId, Http2Error.REFUSED_STREAM);
    }
    if (!valueOf(headers, "content-type")?.startsWith("application/grpc")) {
      return this.#sender.replyHeaders(streamId, this.#sender.heads.notGrpc());
    }
    this.#open(streamId, headers, end);
  }

  onData({ streamId, bytes, from, to, flow, end }: DataPart): void {
    const increment = countReceived(this, flow);
    if (increment > 0) this.#sender.putWindowUpdate(0, increment);
    const stream = this.#streamOf(streamId);
    if (stream === undefined) {
      // It was reset here; the client may not have known yet.
      if (this.#left.receive(streamId, flow, end)) this.#receiver.progress();
      return;
    }
    stream.receiveWindow -= flow;
    if (to > from) {
      this.#receiver.progress();
      this.#feed(stream, bytes, from, to);
    }
    if (!end) this.#giveWindow(stream);
    if (end) this.#inputEnded(stream);
  }

  onReset(streamId: number): void {
    const stream = this.#streamOf(streamId);
    if (stream === undefined) return;
    this.#cancel(stream);
    this.#remove(stream);
    this.#patience.countReset(this.#receiver.now);
  }

  onSettings(payload: Uint8Array, ack: boolean): void {
    if (ack) return;
    const settings = readSettings(payload, true);
    this.#sender.applySettings(settings, this.#streams.values());
    const { headerTableSize } = settings;
    if (headerTableSize !== undefined) this.#sender.heads.setPeerLimit(headerTableSize);
  }

  onPing(payload: Uint8Array, ack: boolean): void {
    if (!ack) this.#sender.answerPing(payload);
  }

  /** The client closes the connection itself when its calls are done. */
  onGoAway(): void {}

  onWindowUpdate(streamId: number, increment: number): void {
    if (streamId === 0) return this.#sender.growWindow(increment);
    const stream = this.#streamOf(streamId);
    if (stream === undefined) return;
    if (stream.messages.length > 0) this.#receiver.progress();
    if (this.#sender.growStreamWindow(stream, increment)) return;
    this.#sender.putReset(streamId, Http2Error.FLOW_CONTROL_ERROR);
    this.#left.add(streamId, stream.receiveWindow);
    this.#cancel(stream);
    this.#remove(stream);
  }

  #open(streamId: number, headers: readonly Header[], end: boolean): void {
    const { inflater, limits } = this.#served;
    const stream: ServerStream = new ServerStream(streamId, {
      encoding: valueOf(headers, "grpc-encoding") ?? "identity",
      window: this.#sender.initialWindow,
      maxMessageBytes: limits.maxBodyBytes,
      inflater,
      dispatch: (work) => this.#dispatcher.run(work, this.#receiver.now),
      onUnreadable: (error) => this.#giveUp(stream, error),
    });
    this.#streams.set(streamId, stream);
    const path = valueOf(headers, ":path") ?? "";
    const method = this.#served.methods.get(path);
    const finish = (status: CallStatus) => {
      if (!stream.over) this.#sender.finish(stream, status);
    };
    if (method) {
      const send = (message: Uint8Array) => {
        if (!stream.over && !stream.status) return this.#sender.send(stream, message);
      };
      const ready = (idle: boolean) => {
        if (idle) stream.idle();
        if (!stream.over) this.#giveWindow(stream);
      };
      const output = { caller: stream, send, finish, ready };
      stream.handler = startCall(method, output, this.#served.log);
    } else {
      finish({ code: GrpcStatus.UNIMPLEMENTED, details: `the server has no method ${path}` });
    }
    if (end) this.#inputEnded(stream);
  }

  #feed(stream: ServerStream, bytes: Uint8Array, from: number, to: number): void {
    if (stream.status) return;
    try {
      stream.reader.feed(bytes, from, to);
    } catch (error) {
      this.#giveUp(stream, error);
    }
  }

  /** A message that can't be taken ends its call, and no other. */
  #giveUp(stream: ServerStream, error: unknown): void {
    if (stream.over || stream.status) return;
    stream.handler?.onCancel();
    stream.handler = undefined;
    stream.reader.stop();
    this.#sender.finish(stream, statusOf(error));
  }

  #giveWindow(stream: ServerStream): void {
    const held = stream.held || stream.inputEnded || this.#dispatcher.busy;
    const increment = held ? 0 : windowDue(stream);
    if (increment > 0) this.#sender.putWindowUpdate(stream.id, increment);
  }

  #inputEnded(stream: ServerStream): void {
    if (stream.inputEnded) return;
    stream.inputEnded = true;
    if (stream.reader.partial) {
      const details = "the call ended in the middle of a message";
      return this.#sender.finish(stream, { code: GrpcStatus.INTERNAL, details });
    }
    stream.reader.whenEmitted(() =>
      this.#dispatcher.run(() => {
        if (!stream.status && !stream.over) stream.handler?.onEnd();
      }, this.#receiver.now)
    );
  }

  /** A call's answer is out; a client that still sends is told to stop. */
  #sent(stream: ServerStream): void {
    stream.end();
    if (!stream.inputEnded) {
      this.#sender.putReset(stream.id, Http2Error.NO_ERROR);
      this.#left.add(stream.id, stream.receiveWindow);
    }
    this.#remove(stream);
  }

  #cancel(stream: ServerStream): void {
    stream.end();
    if (!stream.status) stream.handler?.onCancel();
  }

  #remove(stream: ServerStream): void {
    this.#streams.delete(stream.id);
    if (this.#draining) this.#hangUpWhenIdle();
  }

  async #hangUpWhenIdle(): Promise<void> {
    if (this.#streams.size > 0) return;
    await this.#sender.drained();
    if (this.#closed) return;
    this.#sender.stop();
    // Fails when the client was faster.
    await this.#conn.closeWrite().catch(() => this.close());
  }

  /** The stream of a frame; undefined when it is over, or new. */
  #streamOf(streamId: number, mayOpen = false): ServerStream | undefined {
    const stream = this.#streams.get(streamId);
    if (stream === undefined && (streamId % 2 === 0 || streamId > this.#lastStreamId && !mayOpen)) {
      throw new InferenceError("PROTOCOL", `HTTP/2: a frame for stream ${streamId}, never opened`);
    }
    return stream;
  }

  /** Tells a client that broke the rules. */
  #refuse(): Promise<void> {
    const payload = goAwayPayload(this.#lastStreamId, Http2Error.PROTOCOL_ERROR);
    this.#sender.put(frame(FrameType.GOAWAY, 0, 0, payload));
    return this.#sender.drained();
  }
}
