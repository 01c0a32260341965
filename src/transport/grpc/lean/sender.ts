/**
 * Everything that goes out on a connection: one write at a time, with all that was queued in one turn
 * of the event loop in it, and data only as far as the peer's flow-control windows reach.
 *
 * @module
 */
import { InferenceError } from "../../../base/errors.ts";
import type { Call } from "./call.ts";
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
} from "./frames.ts";
import { MESSAGE_PREFIX } from "./message_reader.ts";
import { Output } from "./output.ts";
import { Queue } from "./queue.ts";

/** Octets of data that are laid out before they are written. */
const HIGH_WATER = 256 * 1024;

/** Larger payloads go to the socket as they are; smaller ones are copied together. */
const MAX_COPIED = 32 * 1024;

/** So that a large message doesn't keep the others waiting for long. */
const LARGEST_FRAME = 512 * 1024;

/** Control frames that a peer may make us send without reading any of them. */
const MAX_UNREAD_REPLIES = 1000;

const RESOLVED = Promise.resolve();

/** The sending half of a connection. */
export class Sender {
  readonly #onFailure: (cause: unknown) => void;
  readonly #output = new Output();
  #conn: Deno.Conn | undefined;
  #stopped = false;

  // A call is in here while it has data to send and its own window is open.
  readonly #ready = new Queue<Call>();
  #window = DEFAULT_WINDOW;
  #initialWindow = DEFAULT_WINDOW;
  #maxFrameSize = MIN_MAX_FRAME_SIZE;

  #scheduled = false;
  #held = false;
  #piece: Uint8Array<ArrayBuffer> | undefined;
  #unreadReplies = 0;
  #lastReply = 0;

  // For the moments of each call: whose first byte, and whose last, is still to go.
  readonly #starting = new Queue<Call>();
  readonly #ending = new Queue<Call>();

  /** @param onFailure is called once when the socket takes no more */
  constructor(onFailure: (cause: unknown) => void) {
    this.#onFailure = onFailure;
  }

  /** Whether calls have data that waits. */
  get busy(): boolean {
    return this.#ready.length > 0;
  }

  /** Starts writing what was queued so far, and everything after. */
  attach(conn: Deno.Conn): void {
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

  /** Queues bytes: whole frames. */
  put(frames: Uint8Array): void {
    this.#output.append(frames);
    this.#schedule();
  }

  /**
   * Queues the answer to a frame of the peer's.
   *
   * @throws {InferenceError} PROTOCOL when the peer asks for more and more and reads none
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

  /** Queues a call's headers, and its first message as far as the windows allow. */
  open(call: Call, block: Uint8Array): void {
    call.sendWindow = this.#initialWindow;
    call.firstByte = this.#output.appended;
    this.#starting.push(call);
    this.#putHeaders(call.streamId, block);
    if (this.#ready.length === 0 && this.#output.bytes < HIGH_WATER) this.#putData(call);
    if (hasMore(call)) this.#enqueue(call);
    this.#schedule();
  }

  /** The call has something to send, or may send again. */
  resume(call: Call): void {
    this.#enqueue(call);
    this.#schedule();
  }

  /**
   * Applies a WINDOW_UPDATE for the connection.
   *
   * @throws {InferenceError} PROTOCOL when the window gets too large
   */
  growWindow(increment: number): void {
    if (increment === 0 || this.#window + increment > MAX_WINDOW) throw badWindow(increment);
    this.#window += increment;
    this.#schedule();
  }

  /** Applies a WINDOW_UPDATE for a call; false when it isn't valid. */
  growCallWindow(call: Call, increment: number): boolean {
    if (increment === 0 || call.sendWindow + increment > MAX_WINDOW) return false;
    call.sendWindow += increment;
    this.resume(call);
    return true;
  }

  /**
   * Applies the peer's SETTINGS_INITIAL_WINDOW_SIZE; the windows of open calls may get negative.
   *
   * @throws {InferenceError} PROTOCOL when a window gets too large
   */
  setInitialWindow(octets: number, open: Iterable<Call>): void {
    const change = octets - this.#initialWindow;
    this.#initialWindow = octets;
    for (const call of open) {
      call.sendWindow += change;
      if (call.sendWindow > MAX_WINDOW) throw badWindow(change);
      if (change > 0) this.resume(call);
    }
  }

  /** Applies the peer's SETTINGS_MAX_FRAME_SIZE. */
  setMaxFrameSize(octets: number): void {
    this.#maxFrameSize = Math.min(octets, LARGEST_FRAME);
  }

  /** Writes what there is, unless a write is under way already. */
  flush(): void {
    this.#scheduled = false;
    if (this.#piece !== undefined || this.#conn === undefined || this.#stopped) return;
    if (this.#ready.length > 0) this.#putReadyData();
    const piece = this.#output.take();
    if (piece === undefined) return;
    if (this.#starting.length > 0) {
      const now = performance.now();
      for (let call; (call = this.#starting.peek()) && call.firstByte < this.#output.taken;) {
        this.#starting.shift();
        call.sendStart ||= now;
      }
    }
    this.#write(piece);
  }

  #schedule(): void {
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
      for (let call; (call = this.#ending.peek()) && call.lastByte <= this.#output.taken;) {
        this.#ending.shift();
        call.sendEnd ||= now;
      }
    }
    if (this.#lastReply <= this.#output.taken) this.#unreadReplies = 0;
    this.flush();
  };

  readonly #failed = (cause: unknown) => {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#onFailure(cause);
  };

  #putHeaders(streamId: number, block: Uint8Array): void {
    const output = this.#output;
    const max = this.#maxFrameSize;
    for (let from = 0, type: number = FrameType.HEADERS; from < block.length;) {
      const to = Math.min(block.length, from + max);
      const flags = to === block.length ? Flag.END_HEADERS : 0;
      const at = output.reserve(FRAME_HEADER + to - from);
      putFrameHeader(output.buffer, at, to - from, type, flags, streamId);
      for (let i = from; i < to; i++) output.buffer[at + FRAME_HEADER + i - from] = block[i];
      from = to;
      type = FrameType.CONTINUATION;
    }
  }

  #enqueue(call: Call): void {
    if (call.queued || call.settled || call.streamId === 0) return;
    call.queued = true;
    this.#ready.push(call);
  }

  /** Lays out data of the calls that have some, a frame each in turn. */
  #putReadyData(): void {
    // Calls that wait for the connection's window keep their place; the round ends when all do.
    let stuck = 0;
    while (this.#output.bytes < HIGH_WATER && stuck < this.#ready.length) {
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
      this.#putDataHeader(call, 0, 0, true);
      return true;
    }
    const from = call.outgoingAt;
    const left = MESSAGE_PREFIX + message.length - from;
    const length = Math.min(left, this.#window, call.sendWindow, this.#maxFrameSize);
    if (length <= 0) return false;
    this.#window -= length;
    call.sendWindow -= length;
    const whole = length === left;
    const prefix = Math.min(length, Math.max(0, MESSAGE_PREFIX - from));
    const start = Math.max(0, from - MESSAGE_PREFIX);
    const end = start + length - prefix;
    const copied = end - start <= MAX_COPIED;
    const room = prefix + (copied ? end - start : 0);
    let at = this.#putDataHeader(call, length, room, whole && call.closing);
    const { buffer } = this.#output;
    for (let i = from; i < from + prefix; i++) {
      buffer[at++] = i === 0 ? 0 : message.length >>> (32 - 8 * i);
    }
    if (!copied) this.#output.appendWithoutCopy(message.subarray(start, end));
    else if (end - start > 64) {
      buffer.set(whole && start === 0 ? message : message.subarray(start, end), at);
    } else for (let i = start; i < end; i++) buffer[at++] = message[i];
    if (call.sentEnd) call.lastByte = this.#output.appended;
    call.outgoingAt = whole ? 0 : from + length;
    if (whole) call.messageSent();
    return true;
  }

  /** @returns where `room` octets of the payload belong in the output's buffer */
  #putDataHeader(call: Call, length: number, room: number, end: boolean): number {
    const at = this.#output.reserve(FRAME_HEADER + room);
    const flags = end ? Flag.END_STREAM : 0;
    putFrameHeader(this.#output.buffer, at, length, FrameType.DATA, flags, call.streamId);
    if (end) {
      call.sentEnd = true;
      call.lastByte = this.#output.appended;
      this.#ending.push(call);
    }
    return at + FRAME_HEADER;
  }
}

/** Whether the call has something to send that its own window lets through. */
function hasMore(call: Call): boolean {
  return call.outgoing === undefined ? call.closing && !call.sentEnd : call.sendWindow > 0;
}

function badWindow(increment: number): InferenceError {
  return new InferenceError("PROTOCOL", `HTTP/2: a window update by ${increment}`);
}
