/**
 * The sending half of a connection: one write at a time, data as far as the client's flow-control
 * windows reach.
 *
 * @module
 */
import { badWindow, FrameSender, HIGH_WATER } from "../../transport/grpc/lean/frame_sender.ts";
import { MAX_WINDOW } from "../../transport/grpc/lean/frames.ts";
import { MESSAGE_PREFIX } from "../../transport/grpc/lean/message_reader.ts";
import { Queue } from "../../transport/grpc/lean/queue.ts";
import { AnswerHeads } from "./heads.ts";
import type { CallStatus } from "./service.ts";
import type { ServerStream } from "./stream.ts";

const RESOLVED = Promise.resolve();

/** What a sender tells its connection. */
export interface SenderEvents {
  /** A call's answer is out. */
  onSent(stream: ServerStream): void;
  /** The socket takes no more; called once. */
  onFailure(): void;
}

/** Everything that goes out on a connection. */
export class ServerSender extends FrameSender {
  readonly heads = new AnswerHeads();
  readonly #conn: Deno.Conn;
  readonly #events: SenderEvents;
  /** Streams that have something to send, and may. */
  readonly #ready = new Queue<ServerStream>();
  #scheduled = false;
  #writing = false;
  #stopped = false;
  #drained: (() => void)[] = [];

  constructor(conn: Deno.Conn, events: SenderEvents) {
    super();
    this.#conn = conn;
    this.#events = events;
  }

  /** The window that a new stream has. */
  get initialWindow(): number {
    return this.initial;
  }

  /** Queues a header block; `end` = nothing follows on the stream. */
  putHeaders(streamId: number, block: Uint8Array, end: boolean): void {
    this.layOutHeaders(streamId, block, end);
    this.schedule();
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
    const change = octets - this.initial;
    this.initial = octets;
    for (const stream of streams) {
      stream.window += change;
      if (stream.window > MAX_WINDOW) throw badWindow(change);
      if (change > 0) this.#enqueue(stream);
    }
  }

  /** Resolves when all that is queued is written. */
  drained(): Promise<void> {
    if (!this.#writing && this.output.bytes === 0) return RESOLVED;
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
    this.schedule();
  }

  protected override schedule(): void {
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
        let piece = this.output.take();
        if (piece === undefined) break;
        while (piece.length > 0 && !this.#stopped) {
          piece = piece.subarray(await this.#conn.write(piece));
        }
        this.allWritten();
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
    while (this.#ready.length > 0 && this.output.bytes < HIGH_WATER) {
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
      if (stream.window <= 0 || this.output.bytes >= HIGH_WATER) return true;
      if (this.window <= 0) return false;
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
    const length = Math.min(left, this.window, stream.window, this.maxFrameSize);
    this.window -= length;
    stream.window -= length;
    this.layOutData(stream.id, message, from, length, false);
    stream.sentOctets = length === left ? 0 : from + length;
    if (length === left) stream.messages.shift();
  }
}
