/**
 * The sending half of a connection: one write at a time, data as far as the client's flow-control
 * windows reach.
 *
 * @module
 */
import { HIGH_WATER } from "../../transport/http2/frame_sender.ts";
import { MESSAGE_PREFIX } from "../../transport/grpc/message_reader.ts";
import { MessageSender } from "../../transport/grpc/message_sender.ts";
import { Queue } from "../../transport/http2/queue.ts";
import { AnswerHeads } from "./heads.ts";
import type { CallStatus } from "./service.ts";
import type { ServerStream } from "./stream.ts";

const NOTHING = new Uint8Array(0);
const RESOLVED = Promise.resolve();

/** What a sender tells its connection. */
export interface SenderEvents {
  /** A call's answer is out. */
  onSent(stream: ServerStream): void;
  /** The socket takes no more; called once. */
  onFailure(): void;
}

/** Everything that goes out on a connection. */
export class ServerSender extends MessageSender<ServerStream> {
  readonly heads = new AnswerHeads();
  readonly #conn: Deno.Conn;
  readonly #events: SenderEvents;
  /** Streams that have something to send, and may. */
  readonly #ready = new Queue<ServerStream>();
  #scheduled = false;
  #written = 0;
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

  /** Octets taken by the socket since the beginning. */
  get written(): number {
    return this.#written;
  }

  /** Whether something is laid out that the socket hasn't taken. */
  get waits(): boolean {
    return this.#writing || this.output.bytes > 0;
  }

  /** Queues a header block that a client can ask for again and again; `end` = nothing follows. */
  replyHeaders(streamId: number, block: Uint8Array): void {
    this.layOutHeaders(streamId, block, true);
    this.reply(NOTHING);
  }

  /** Queues a header block; `end` = nothing follows on the stream. */
  putHeaders(streamId: number, block: Uint8Array, end: boolean): void {
    this.layOutHeaders(streamId, block, end);
    this.schedule();
  }

  /** Queues a message of a call. @returns a promise when its maker had better wait */
  send(stream: ServerStream, message: Uint8Array): void | Promise<void> {
    const room = stream.push(message);
    this.resume(stream);
    return room;
  }

  /** Ends a call, after its messages. */
  finish(stream: ServerStream, status: CallStatus): void {
    stream.status ??= status;
    this.resume(stream);
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

  override resume(stream: ServerStream): void {
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
          const count = await this.#conn.write(piece);
          this.#written += count;
          piece = piece.subarray(count);
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
      if (!stream.over && stream.messages.length > 0 && stream.sendWindow > 0) this.resume(stream);
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
      if (stream.sendWindow <= 0 || this.output.bytes >= HIGH_WATER) return true;
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
    const length = this.partSize(stream, message, from);
    this.window -= length;
    stream.sendWindow -= length;
    this.layOutMessage(stream.id, message, { from, length }, false);
    const whole = from + length === MESSAGE_PREFIX + message.length;
    stream.sentOctets = whole ? 0 : from + length;
    if (whole) stream.shifted();
  }
}
