/**
 * Everything that goes out on a connection: one write at a time, with all that was queued in one turn
 * of the event loop in it, and data only as far as the peer's flow-control windows reach.
 *
 * @module
 */
import type { ByteConn } from "../../types.ts";
import type { Call } from "./call.ts";
import { HIGH_WATER } from "../../http2/frame_sender.ts";
import { MESSAGE_PREFIX } from "../message_reader.ts";
import { MessageSender } from "../message_sender.ts";
import { isCompressed } from "./outgoing.ts";
import { Queue } from "../../http2/queue.ts";

const RESOLVED = Promise.resolve();

/** The sending half of a connection. */
export class Sender extends MessageSender<Call> {
  readonly #onFailure: (cause: unknown) => void;
  #conn: ByteConn | undefined;
  #stopped = false;

  // A call is in here while it has data to send and its own window is open.
  readonly #ready = new Queue<Call>();

  #scheduled = false;
  #held = false;
  #piece: Uint8Array<ArrayBuffer> | undefined;

  // For the moments of each call: whose first byte, and whose last, is still to go.
  readonly #starting = new Queue<Call>();
  readonly #ending = new Queue<Call>();

  /** @param onFailure is called once when the socket takes no more */
  constructor(onFailure: (cause: unknown) => void) {
    super();
    this.#onFailure = onFailure;
  }

  /** Whether calls have data that waits. */
  get busy(): boolean {
    return this.#ready.length > 0;
  }

  /** Starts writing what was queued so far, and everything after. */
  attach(conn: ByteConn): void {
    this.#conn = conn;
    this.flush();
  }

  /** Writes nothing more. */
  stop(): void {
    this.#stopped = true;
  }

  /** Everything queued until {@linkcode release} goes out together. */
  hold(): void {
    this.#held = true;
  }

  /** Sends what was held. */
  release(): void {
    this.#held = false;
    this.flush();
  }

  /** Queues a call's headers, and its first message as far as the windows allow. */
  open(call: Call, block: Uint8Array): void {
    call.sendWindow = this.initial;
    call.firstByte = this.output.appended;
    this.#starting.push(call);
    this.layOutHeaders(call.streamId, block, false);
    if (this.#ready.length === 0 && this.output.bytes < HIGH_WATER) this.#putData(call);
    if (hasMore(call)) this.#enqueue(call);
    this.schedule();
  }

  /** The call has something to send, or may send again. */
  override resume(call: Call): void {
    this.#enqueue(call);
    this.schedule();
  }

  /** Writes what there is, unless a write is in progress already. */
  flush(): void {
    this.#scheduled = false;
    if (this.#piece !== undefined || this.#conn === undefined || this.#stopped) return;
    if (this.#ready.length > 0) this.#putReadyData();
    const piece = this.output.take();
    if (piece === undefined) return;
    if (this.#starting.length > 0) {
      const now = performance.now();
      for (let call; (call = this.#starting.peek()) && call.firstByte < this.output.taken;) {
        this.#starting.shift();
        call.sendStart ||= now;
      }
    }
    this.#write(piece);
  }

  protected override schedule(): void {
    if (this.#scheduled || this.#held) return;
    this.#scheduled = true;
    RESOLVED.then(this.#flushScheduled);
  }

  readonly #flushScheduled = () => this.flush();

  #write(piece: Uint8Array<ArrayBuffer>): void {
    this.#piece = piece;
    this.#conn!.write(piece).then(this.#written, this.#failed);
  }

  readonly #written = (count: number) => {
    if (this.#stopped) return;
    const piece = this.#piece!;
    if (count < piece.length) return this.#write(piece.subarray(count));
    this.#piece = undefined;
    if (this.#ending.length > 0) {
      const now = performance.now();
      for (let call; (call = this.#ending.peek()) && call.lastByte <= this.output.taken;) {
        this.#ending.shift();
        call.sendEnd ||= now;
      }
    }
    this.allWritten();
    this.flush();
  };

  readonly #failed = (cause: unknown) => {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#onFailure(cause);
  };

  #enqueue(call: Call): void {
    if (call.queued || call.settled || call.streamId === 0) return;
    call.queued = true;
    this.#ready.push(call);
  }

  /** Lays out data of the calls that have some, a frame each in turn. */
  #putReadyData(): void {
    // Calls that wait for the connection's window keep their place; the round ends when all do.
    let stuck = 0;
    while (this.output.bytes < HIGH_WATER && stuck < this.#ready.length) {
      const call = this.#ready.shift()!;
      call.queued = false;
      if (call.settled) continue;
      const sent = this.#putData(call);
      if (sent) stuck = 0;
      if (!hasMore(call)) continue;
      this.#enqueue(call);
      if (!sent) stuck++;
    }
  }

  /** Lays out one frame of data. @returns false when the call has none, or a window is closed */
  #putData(call: Call): boolean {
    const message = call.outgoing;
    if (message === undefined) {
      if (!call.closing || call.sentEnd) return false;
      this.layOutEnd(call.streamId);
      this.#ended(call);
      return true;
    }
    const from = call.outgoingAt;
    const length = this.partSize(call, message, from);
    if (length <= 0) return false;
    this.window -= length;
    call.sendWindow -= length;
    const whole = from + length === MESSAGE_PREFIX + message.length;
    const end = whole && call.closing;
    const part = { from, length, compressed: from === 0 && isCompressed(message) };
    this.layOutMessage(call.streamId, message, part, end);
    if (end) this.#ended(call);
    call.outgoingAt = whole ? 0 : from + length;
    if (whole) call.messageSent();
    return true;
  }

  /** The call's last byte is laid out. */
  #ended(call: Call): void {
    call.sentEnd = true;
    call.lastByte = this.output.appended;
    this.#ending.push(call);
  }
}

/** Whether the call has something to send that its own window lets through. */
function hasMore(call: Call): boolean {
  return call.outgoing === undefined ? call.closing && !call.sentEnd : call.sendWindow > 0;
}
