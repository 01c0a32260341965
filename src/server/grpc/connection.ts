/**
 * One HTTP/2 connection of a client.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import { type FrameHandler, FrameReader } from "../../transport/grpc/lean/frame_reader.ts";
import {
  CLIENT_PREFACE,
  Flag,
  frame,
  FrameType,
  goAwayPayload,
  Http2Error,
} from "../../transport/grpc/lean/frames.ts";
import { HpackDecoder } from "../../transport/grpc/lean/hpack_decoder.ts";
import { OUR_WINDOW, readSettings, settingsAndWindow } from "../../transport/grpc/lean/settings.ts";
import { GrpcStatus } from "../../transport/grpc/status.ts";
import type { Header } from "../../transport/types.ts";
import { type Log, startCall } from "./call.ts";
import { ServerSender } from "./sender.ts";
import type { CallStatus, GrpcMethod } from "./service.ts";
import { ServerStream } from "./stream.ts";

const GREETING = settingsAndWindow([]);
const SETTINGS_ACK = frame(FrameType.SETTINGS, Flag.ACK, 0);
/** Parts of DATA frames from this size on go from the socket straight into their message. */
const MIN_DIRECT = 16 * 1024;
/** How often frames that move nothing forward are forgiven. */
const FORGIVE_MS = 1000;

/** What a connection serves. */
export interface Served {
  /** Methods by path. */
  readonly methods: ReadonlyMap<string, GrpcMethod>;
  readonly log: Log;
}

function valueOf(headers: readonly Header[], name: string): string | undefined {
  return headers.find(([candidate]) => candidate === name)?.[1];
}

/** A connection and its calls; over when {@linkcode serve} resolves. */
export class ServerConnection implements FrameHandler {
  readonly #conn: Deno.Conn;
  readonly #served: Served;
  readonly #sender: ServerSender;
  readonly #reader = new FrameReader(this);
  readonly #decoder = new HpackDecoder();
  readonly #streams = new Map<number, ServerStream>();
  #lastStreamId = 0;
  #unreported = 0;
  #forgivenAt = 0;
  #draining = false;
  #closed = false;
  // Whose message the next bytes go to directly.
  #directStream: ServerStream | undefined;

  constructor(conn: Deno.Conn, served: Served) {
    this.#conn = conn;
    this.#served = served;
    this.#sender = new ServerSender(conn, {
      onSent: (stream) => this.#sent(stream),
      onFailure: () => this.close(),
    });
  }

  /** Reads until the client goes, breaks the rules, or the connection is closed. Never rejects. */
  async serve(): Promise<void> {
    try {
      this.#sender.put(GREETING);
      if (await this.#readPreface()) await this.#read();
    } catch (error) {
      // Besides broken sockets: what the reader, the decoder and the calls below throw.
      if (error instanceof InferenceError) await this.#refuse();
    }
    this.close();
  }

  /**
   * Takes no new calls; when those under way are done, hangs up and waits for the client to do the
   * same. It gets no GOAWAY: a client on Deno's node:http2 may not survive one.
   */
  drain(): void {
    this.#draining = true;
    this.#hangUpWhenIdle();
  }

  /** Ends the connection at once. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#sender.stop();
    this.#reader.stop();
    this.#conn.close();
    for (const stream of this.#streams.values()) this.#cancel(stream);
    this.#streams.clear();
  }

  /** @returns false when it isn't HTTP/2, or the client goes before it has said so */
  async #readPreface(): Promise<boolean> {
    const bytes = new Uint8Array(4096);
    let length = 0;
    while (length < CLIENT_PREFACE.length) {
      const count = await this.#conn.read(bytes.subarray(length));
      if (count === null) return false;
      for (let i = length; i < Math.min(length + count, CLIENT_PREFACE.length); i++) {
        if (bytes[i] !== CLIENT_PREFACE[i]) return false;
      }
      length += count;
    }
    const rest = bytes.subarray(CLIENT_PREFACE.length, length);
    this.#reader.space().set(rest);
    this.#reader.received(rest.length);
    return true;
  }

  async #read(): Promise<void> {
    while (!this.#closed) {
      const direct = this.#directSpace();
      const count = await this.#conn.read(direct ?? this.#reader.space());
      if (count === null || this.#closed) return;
      const now = performance.now();
      if (now - this.#forgivenAt > FORGIVE_MS) {
        this.#forgivenAt = now;
        this.#reader.progress();
      }
      if (direct === undefined) this.#reader.received(count);
      else {
        this.#directStream!.reader.advance(count);
        this.#reader.progress();
        this.#reader.receivedData(count);
      }
    }
  }

  #directSpace(): Uint8Array<ArrayBuffer> | undefined {
    const left = this.#reader.dataLeft;
    if (left < MIN_DIRECT || this.#reader.dataStream === 0) return undefined;
    this.#directStream = this.#streams.get(this.#reader.dataStream);
    const space = this.#directStream?.reader.space();
    if (space === undefined || space.length < MIN_DIRECT) return undefined;
    return space.length > left ? space.subarray(0, left) : space;
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
    this.#reader.progress();
    if (this.#draining) return this.#sender.putReset(streamId, Http2Error.REFUSED_STREAM);
    if (!valueOf(headers, "content-type")?.startsWith("application/grpc")) {
      return this.#sender.putHeaders(streamId, this.#sender.heads.notGrpc(), true);
    }
    this.#open(streamId, headers, end);
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
    const stream = this.#streamOf(streamId);
    if (stream === undefined) return;
    stream.unreported += flow;
    if (stream.unreported >= OUR_WINDOW / 2 && !end) {
      this.#sender.putWindowUpdate(streamId, stream.unreported);
      stream.unreported = 0;
    }
    if (to > from) {
      this.#reader.progress();
      stream.reader.feed(bytes, from, to);
    }
    if (end) this.#inputEnded(stream);
  }

  onReset(streamId: number): void {
    const stream = this.#streamOf(streamId);
    if (stream === undefined) return;
    this.#cancel(stream);
    this.#remove(stream);
  }

  onSettings(payload: Uint8Array, ack: boolean): void {
    if (ack) return;
    const { headerTableSize, initialWindowSize, maxFrameSize } = readSettings(payload, true);
    this.#sender.reply(SETTINGS_ACK);
    if (headerTableSize !== undefined) this.#sender.heads.setPeerLimit(headerTableSize);
    if (maxFrameSize !== undefined) this.#sender.setMaxFrameSize(maxFrameSize);
    if (initialWindowSize !== undefined) {
      this.#sender.setInitialWindow(initialWindowSize, this.#streams.values());
    }
  }

  onPing(payload: Uint8Array, ack: boolean): void {
    if (!ack) this.#sender.reply(frame(FrameType.PING, Flag.ACK, 0, payload));
  }

  /** The client closes the connection itself when its calls are done. */
  onGoAway(): void {}

  onWindowUpdate(streamId: number, increment: number): void {
    if (streamId === 0) return this.#sender.growWindow(increment);
    const stream = this.#streamOf(streamId);
    if (stream === undefined) return;
    if (stream.messages.length > 0) this.#reader.progress();
    if (this.#sender.growStreamWindow(stream, increment)) return;
    this.#sender.putReset(streamId, Http2Error.FLOW_CONTROL_ERROR);
    this.#cancel(stream);
    this.#remove(stream);
  }

  #open(streamId: number, headers: readonly Header[], end: boolean): void {
    const encoding = valueOf(headers, "grpc-encoding") ?? "identity";
    const stream = new ServerStream(streamId, encoding, this.#sender.initialWindow);
    this.#streams.set(streamId, stream);
    const path = valueOf(headers, ":path") ?? "";
    const method = this.#served.methods.get(path);
    const finish = (status: CallStatus) => {
      if (!stream.over) this.#sender.finish(stream, status);
    };
    if (method) {
      const send = (message: Uint8Array) => {
        if (!stream.over && !stream.status) this.#sender.send(stream, message);
      };
      stream.handler = startCall(method, { send, finish }, this.#served.log);
    } else {
      finish({ code: GrpcStatus.UNIMPLEMENTED, details: `the server has no method ${path}` });
    }
    if (end) this.#inputEnded(stream);
  }

  #inputEnded(stream: ServerStream): void {
    if (stream.inputEnded) return;
    stream.inputEnded = true;
    if (stream.reader.partial) {
      const details = "the call ended in the middle of a message";
      return this.#sender.finish(stream, { code: GrpcStatus.INTERNAL, details });
    }
    if (!stream.status) stream.handler?.onEnd();
  }

  /** A call's answer is out; a client that still sends is told to stop. */
  #sent(stream: ServerStream): void {
    stream.over = true;
    if (!stream.inputEnded) this.#sender.putReset(stream.id, Http2Error.NO_ERROR);
    this.#remove(stream);
  }

  #cancel(stream: ServerStream): void {
    stream.over = true;
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
