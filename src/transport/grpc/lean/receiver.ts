/**
 * Everything that comes in on a connection: one read at a time, into a buffer that is used again and
 * again, or straight into a large message.
 *
 * @module
 */
import type { Call } from "./call.ts";
import { type FrameHandler, FrameReader } from "./frame_reader.ts";

/** What a receiver calls. */
export interface ReceiverHandler extends FrameHandler {
  /** The call of a stream, if it isn't over. */
  openCall(streamId: number): Call | undefined;
  /** Frames are about to be handed on. */
  onReadStart(): void;
  /** All frames of one read were handed on. */
  onReadEnd(): void;
  /** The peer broke the rules. */
  onViolation(error: unknown): void;
  /** The peer closed the connection, or it broke for `cause`. */
  onLost(cause: unknown): void;
}

/** Parts of DATA frames from this size on go from the socket straight into their message. */
const MIN_DIRECT = 16 * 1024;

/** Milliseconds in which no more than so many frames may come that move no call forward. */
const FORGIVEN_AFTER = 1000;

/** The receiving half of a connection. */
export class Receiver {
  readonly #handler: ReceiverHandler;
  readonly #reader: FrameReader;
  #stopped = false;
  #forgivenAt = 0;
  #directCall: Call | undefined;
  /** When the bytes came that are being read, by `performance.now()`. */
  now = 0;

  constructor(handler: ReceiverHandler) {
    this.#handler = handler;
    this.#reader = new FrameReader(handler);
  }

  /** What was received and isn't a whole frame yet. */
  get rest(): Uint8Array {
    return this.#reader.rest;
  }

  /** A call moved forward: the frames before were no idle chatter. */
  progress(): void {
    this.#reader.progress();
  }

  /** Hands nothing on any more. */
  stop(): void {
    this.#stopped = true;
    this.#reader.stop();
  }

  /** Reads until the connection ends or {@linkcode stop} is called. */
  async run(conn: Deno.Conn): Promise<void> {
    while (!this.#stopped) {
      const direct = this.#directSpace();
      let count: number | null;
      try {
        count = await conn.read(direct ?? this.#reader.space()).then(this.#arrival);
      } catch (cause) {
        if (!this.#stopped) this.#handler.onLost(cause);
        return;
      }
      if (this.#stopped) return;
      if (count === null) return this.#handler.onLost(undefined);
      if (this.now - this.#forgivenAt > FORGIVEN_AFTER) {
        this.#forgivenAt = this.now;
        this.#reader.progress();
      }
      this.#handler.onReadStart();
      try {
        if (direct === undefined) this.#reader.received(count);
        else this.#receivedDirectly(count);
      } catch (error) {
        return this.#handler.onViolation(error);
      }
      this.#handler.onReadEnd();
    }
  }

  /**
   * What came at the same time on several connections is stamped everywhere before any of it is dealt
   * with: that work is this side's, and no part of the others' latency.
   */
  readonly #arrival = (count: number | null) => {
    this.now = performance.now();
    return count;
  };

  #directSpace(): Uint8Array<ArrayBuffer> | undefined {
    const left = this.#reader.dataLeft;
    if (left < MIN_DIRECT || this.#reader.dataStream === 0) return undefined;
    this.#directCall = this.#handler.openCall(this.#reader.dataStream);
    const space = this.#directCall?.space();
    if (space === undefined || space.length < MIN_DIRECT) return undefined;
    return space.length > left ? space.subarray(0, left) : space;
  }

  #receivedDirectly(count: number): void {
    this.#directCall!.filled(count, this.now);
    this.#reader.progress();
    this.#reader.receivedData(count);
  }
}
