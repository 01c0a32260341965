/**
 * Everything that comes in on a connection: one read at a time, into a buffer that is used again and
 * again, or straight into a large message.
 *
 * @module
 */
import { type FrameHandler, FrameReader } from "./frame_reader.ts";

/** Where the data of a stream may go without a detour. */
export interface DataSink {
  /** Room for the next octets of what is in progress; undefined when there is none to be had. */
  space(): Uint8Array<ArrayBuffer> | undefined;
  /** So many octets are in there. @param now when they came */
  filled(count: number, now: number): void;
}

/** What a receiver calls. */
export interface ReceiverHandler extends FrameHandler {
  /** Takes the data of a stream; undefined when it is over. */
  openSink(streamId: number): DataSink | undefined;
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
  #direct: DataSink | undefined;
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

  /**
   * Reads until the connection ends or {@linkcode stop} is called.
   *
   * @param first what was read before
   */
  async run(conn: Pick<Deno.Conn, "read">, first?: Uint8Array): Promise<void> {
    if (first !== undefined && first.length > 0) {
      this.now = performance.now();
      this.#reader.space().set(first);
      if (!this.#handOn(first.length)) return;
    }
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
      if (!this.#handOn(count, direct !== undefined)) return;
    }
  }

  /** @returns false when the peer broke the rules */
  #handOn(count: number, directly = false): boolean {
    this.#handler.onReadStart();
    try {
      if (directly) this.#receivedDirectly(count);
      else this.#reader.received(count);
    } catch (error) {
      this.#handler.onViolation(error);
      return false;
    }
    this.#handler.onReadEnd();
    return true;
  }

  /**
   * What came at the same time on several connections is stamped everywhere before any of it is dealt
   * with: that work is this side's, and no part of the others' latency.
   */
  readonly #arrival = (count: number | null) => {
    if (count !== null) this.now = performance.now();
    return count;
  };

  #directSpace(): Uint8Array<ArrayBuffer> | undefined {
    const left = this.#reader.dataLeft;
    if (left < MIN_DIRECT || this.#reader.dataStream === 0) return undefined;
    this.#direct = this.#handler.openSink(this.#reader.dataStream);
    const space = this.#direct?.space();
    if (space === undefined || space.length < MIN_DIRECT) return undefined;
    return space.length > left ? space.subarray(0, left) : space;
  }

  #receivedDirectly(count: number): void {
    this.#direct!.filled(count, this.now);
    this.#reader.progress();
    this.#reader.receivedData(count);
  }
}
