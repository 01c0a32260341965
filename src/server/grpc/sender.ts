/**
 * The sending half of a connection: one write at a time, data as far as the client's flow-control
 * windows reach.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import {
  DEFAULT_WINDOW,
  Flag,
  frame,
  FRAME_HEADER,
  FrameType,
  MAX_WINDOW,
  MIN_MAX_FRAME_SIZE,
  putFrameHeader,
  uint32Payload,
} from "../../transport/grpc/lean/frames.ts";
import { MESSAGE_PREFIX } from "../../transport/grpc/lean/message_reader.ts";
import { Output } from "../../transport/grpc/lean/output.ts";
import { Queue } from "../../transport/grpc/lean/queue.ts";
import { AnswerHeads } from "./heads.ts";
import type { CallStatus } from "./service.ts";
import type { ServerStream } from "./stream.ts";

/** Octets that are laid out before they are written. */
const HIGH_WATER = 256 * 1024;
/** Larger payloads go to the socket as they are; smaller ones are copied together. */
const MAX_COPIED = 32 * 1024;
/** Control frames that a client may make us send without reading any of them. */
const MAX_UNREAD_REPLIES = 1000;

const RESOLVED = Promise.resolve();

/** What a sender tells its connection. */
export interface SenderEvents {
  /** A call's answer is out. */
  onSent(stream: ServerStream): void;
  /** The socket takes no more; called once. */
  onFailure(): void;
}

/** Everything that goes out on a connection. */
export class ServerSender {
  readonly heads = new AnswerHeads();
  readonly #conn: Deno.Conn;
  readonly #events: SenderEvents;
  readonly #output = new Output();
  /** Streams that have something to send, and may. */
  readonly #ready = new Queue<ServerStream>();
  #window = DEFAULT_WINDOW;
  #initialWindow = DEFAULT_WINDOW;
  #maxFrameSize = MIN_MAX_FRAME_SIZE;
  #scheduled = false;
  #writing = false;
  #stopped = false;
  #unreadReplies = 0;
  #lastReply = 0;
  #drained: (() => void)[] = [];

  constructor(conn: Deno.Conn, events: SenderEvents) {
    this.#conn = conn;
    this.#events = events;
  }

  /** The window that a new stream has. */
  get initialWindow(): number {
    return this.#initialWindow;
  }

  /** Queues whole frames. */
  put(frames: Uint8Array): void {
    this.#output.append(frames);
    this.#schedule();
  }

  /**
   * Queues the answer to a frame of the client's.
   *
   * @throws {InferenceError} PROTOCOL when the client asks for more and more and reads none
   */
  reply(frames: Uint8Array): void {
    if (++this.#unreadReplies > MAX_UNREAD_REPLIES) {
      throw new InferenceError("PROTOCOL", "HTTP/2: a flood of frames that want an answer");
    }
    this.put(frames);
    this.#lastReply = this.#output.appended;
  }

  /** Queues a WINDOW_UPDATE; stream 0 = the connection. */
  putWindowUpdate(streamId: number, increment: number): void {
    this.put(frame(FrameType.WINDOW_UPDATE, 0, streamId, uint32Payload(increment)));
  }

  /** Queues a RST_STREAM. */
  putReset(streamId: number, errorCode: number): void {
    this.put(frame(FrameType.RST_STREAM, 0, streamId, uint32Payload(errorCode)));
  }

  /** Queues a header block; `end` = nothing follows on the stream. */
  putHeaders(streamId: number, block: Uint8Array, end: boolean): void {
    const max = this.#maxFrameSize;
    for (let from = 0, type: number = FrameType.HEADERS; from < block.length;) {
      const to = Math.min(block.length, from + max);
      const flags = (to === block.length ? Flag.END_HEADERS : 0) |
        (end && type === FrameType.HEADERS ? Flag.END_STREAM : 0);
      const at = this.#output.reserve(FRAME_HEADER + to - from);
      putFrameHeader(this.#output.buffer, at, to - from, type, flags, streamId);
      this.#output.buffer.set(block.subarray(from, to), at + FRAME_HEADER);
      from = to;
      type = FrameType.CONTINUATION;
    }
    this.#schedule();
  }

  /** Queues a message of a call. */
  send(stream: ServerStream, message: Uint8Array): void {
    stream.messages.push(message);
    this.#enqueue(stream);
  }

  /** Ends a call, after its messages. */
  finish(stream: ServerStream, status: CallStatus): void {
    stream.status ??= status;
    this.#enqueue(stream);
  }

  /** @throws {InferenceError} PROTOCOL when the window gets too large */
  growWindow(increment: number): void {
    if (increment === 0 || this.#window + increment > MAX_WINDOW) throw badWindow(increment);
    this.#window += increment;
    this.#schedule();
  }

  /** Applies a WINDOW_UPDATE for a call; false when it isn't valid. */
  growStreamWindow(stream: ServerStream, increment: number): boolean {
    if (increment === 0 || stream.window + increment > MAX_WINDOW) return false;
    stream.window += increment;
    this.#enqueue(stream);
    return true;
  }

  /**
   * Applies the client's SETTINGS_INITIAL_WINDOW_SIZE.
   *
   * @throws {InferenceError} PROTOCOL when a window gets too large
   */
  setInitialWindow(octets: number, streams: Iterable<ServerStream>): void {
    const change = octets - this.#initialWindow;
    this.#initialWindow = octets;
    for (const stream of streams) {
      stream.window += change;
      if (stream.window > MAX_WINDOW) throw badWindow(change);
      if (change > 0) this.#enqueue(stream);
    }
  }

  /** Applies the client's SETTINGS_MAX_FRAME_SIZE. */
  setMaxFrameSize(octets: number): void {
    this.#maxFrameSize = Math.min(octets, HIGH_WATER);
  }

  /** Resolves when all that is queued is written. */
  drained(): Promise<void> {
    if (!this.#writing && this.#output.bytes === 0) return RESOLVED;
    return new Promise((resolve) => this.#drained.push(resolve));
  }

  /** Writes nothing more. */
  stop(): void {
    this.#stopped = true;
    this.#tellDrained();
  }

  #enqueue(stream: ServerStream): void {
    if (!stream.queued && !stream.over) {
      stream.queued = true;
      this.#ready.push(stream);
    }
    this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled || this.#writing) return;
    this.#scheduled = true;
    RESOLVED.then(() => {
      this.#scheduled = false;
      this.#flush();
    });
  }

  async #flush(): Promise<void> {
    if (this.#writing) return;
    this.#writing = true;
    try {
      while (!this.#stopped) {
        this.#layOutReady();
        let piece = this.#output.take();
        if (piece === undefined) break;
        while (piece.length > 0 && !this.#stopped) {
          piece = piece.subarray(await this.#conn.write(piece));
        }
        if (this.#lastReply <= this.#output.taken) this.#unreadReplies = 0;
      }
    } catch {
      if (!this.#stopped) this.#events.onFailure();
    }
    this.#writing = false;
    this.#tellDrained();
  }

  #tellDrained(): void {
    for (const resolve of this.#drained.splice(0)) resolve();
  }

  #layOutReady(): void {
    while (this.#ready.length > 0 && this.#output.bytes < HIGH_WATER) {
      const stream = this.#ready.peek()!;
      if (!stream.over && !this.#layOut(stream)) return;
      this.#ready.shift();
      stream.queued = false;
      // The rest of a long answer, after the others.
      if (!stream.over && stream.messages.length > 0 && stream.window > 0) this.#enqueue(stream);
    }
  }

  /** Lays out what a call may send. @returns false when the connection's window is closed */
  #layOut(stream: ServerStream): boolean {
    const { messages } = stream;
    if (!stream.headSent) {
      stream.headSent = true;
      if (messages.length === 0 && stream.status) {
        this.putHeaders(stream.id, this.heads.headAndTrailers(stream.status), true);
        this.#events.onSent(stream);
        return true;
      }
      this.putHeaders(stream.id, this.heads.head(), false);
    }
    for (let message; (message = messages.peek());) {
      if (stream.window <= 0 || this.#output.bytes >= HIGH_WATER) return true;
      if (this.#window <= 0) return false;
      this.#putData(stream, message);
    }
    if (stream.status) {
      this.putHeaders(stream.id, this.heads.trailers(stream.status), true);
      this.#events.onSent(stream);
    }
    return true;
  }

  /** Lays out one frame of a message. */
  #putData(stream: ServerStream, message: Uint8Array): void {
    const from = stream.sentOctets;
    const left = MESSAGE_PREFIX + message.length - from;
    const length = Math.min(left, this.#window, stream.window, this.#maxFrameSize);
    this.#window -= length;
    stream.window -= length;
    const prefix = Math.min(length, Math.max(0, MESSAGE_PREFIX - from));
    const start = Math.max(0, from - MESSAGE_PREFIX);
    const payload = message.subarray(start, start + length - prefix);
    const copied = payload.length <= MAX_COPIED;
    const at = this.#output.reserve(FRAME_HEADER + prefix + (copied ? payload.length : 0));
    const { buffer } = this.#output;
    putFrameHeader(buffer, at, length, FrameType.DATA, 0, stream.id);
    for (let i = 0; i < prefix; i++) {
      const octet = from + i;
      buffer[at + FRAME_HEADER + i] = octet === 0 ? 0 : message.length >>> (32 - 8 * octet);
    }
    if (copied) buffer.set(payload, at + FRAME_HEADER + prefix);
    else this.#output.appendWithoutCopy(payload);
    stream.sentOctets = length === left ? 0 : from + length;
    if (length === left) stream.messages.shift();
  }
}

function badWindow(increment: number): InferenceError {
  return new InferenceError("PROTOCOL", `HTTP/2: a window update by ${increment}`);
}
