/**
 * What both ends of a connection send alike: control frames, header blocks and the heads of DATA, laid
 * out in an output that the end itself writes, and how much the peer takes.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import {
  DEFAULT_WINDOW,
  Flag,
  frame,
  FRAME_HEADER,
  frameKind,
  FrameType,
  MAX_WINDOW,
  MIN_MAX_FRAME_SIZE,
  putFrameHeader,
  uint32Payload,
} from "./frames.ts";
import { Output } from "./output.ts";
import type { PeerSettings } from "./settings.ts";

/** Octets of data that are laid out before they are written. */
export const HIGH_WATER = 256 * 1024;

/** So that a large message doesn't keep the others waiting for long. */
const LARGEST_FRAME = 512 * 1024;

/** Control frames that a peer may make us send without reading any of them. */
const MAX_UNREAD_REPLIES = 1000;

const SETTINGS_ACK = frame(FrameType.SETTINGS, Flag.ACK, 0);

/** A stream as far as sending on it goes. */
export interface OutgoingStream {
  /** Octets that the peer still takes on it; below 0 when it took some back. */
  sendWindow: number;
}

/** Lays out frames; what is laid out is written soon after {@linkcode FrameSender.schedule}. */
export abstract class FrameSender<S extends OutgoingStream> {
  protected readonly output = new Output();
  /** Octets that the peer still takes on the connection. */
  protected window = DEFAULT_WINDOW;
  /** Octets that the peer takes on a new stream. */
  protected initial = DEFAULT_WINDOW;
  protected maxFrameSize = MIN_MAX_FRAME_SIZE;
  #unreadReplies = 0;
  #lastReply = 0;

  /** Something waits to be written. */
  protected abstract schedule(): void;

  /** A stream may send again. */
  abstract resume(stream: S): void;

  /** Queues whole frames. */
  put(frames: Uint8Array): void {
    this.output.append(frames);
    this.schedule();
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
    this.#lastReply = this.output.appended;
  }

  /** Queues a WINDOW_UPDATE; stream 0 = the connection. */
  putWindowUpdate(streamId: number, increment: number): void {
    this.put(frame(FrameType.WINDOW_UPDATE, 0, streamId, uint32Payload(increment)));
  }

  /** Answers a stream with a RST_STREAM. @throws {InferenceError} PROTOCOL for a flood of them */
  replyReset(streamId: number, errorCode: number): void {
    this.reply(frame(FrameType.RST_STREAM, 0, streamId, uint32Payload(errorCode)));
  }

  /** Queues a RST_STREAM. */
  putReset(streamId: number, errorCode: number): void {
    this.put(frame(FrameType.RST_STREAM, 0, streamId, uint32Payload(errorCode)));
  }

  /**
   * Applies a WINDOW_UPDATE for the connection.
   *
   * @throws {InferenceError} PROTOCOL when the window gets too large
   */
  growWindow(increment: number): void {
    if (increment === 0 || this.window + increment > MAX_WINDOW) throw badWindow(increment);
    this.window += increment;
    this.schedule();
  }

  /** Applies a WINDOW_UPDATE for a stream; false when it isn't valid. */
  growStreamWindow(stream: S, increment: number): boolean {
    if (increment === 0 || stream.sendWindow + increment > MAX_WINDOW) return false;
    stream.sendWindow += increment;
    this.resume(stream);
    return true;
  }

  /** Applies the peer's SETTINGS_MAX_FRAME_SIZE. */
  setMaxFrameSize(octets: number): void {
    this.maxFrameSize = Math.min(octets, LARGEST_FRAME);
  }

  /**
   * Applies the peer's SETTINGS_INITIAL_WINDOW_SIZE; the windows of open streams may get negative.
   *
   * @throws {InferenceError} PROTOCOL when a window gets too large
   */
  setInitialWindow(octets: number, open: Iterable<S>): void {
    const change = octets - this.initial;
    this.initial = octets;
    for (const stream of open) {
      stream.sendWindow += change;
      if (stream.sendWindow > MAX_WINDOW) throw badWindow(change);
      if (change > 0) this.resume(stream);
    }
  }

  /** Applies what the peer's SETTINGS say about sending, and acknowledges them. */
  applySettings({ maxFrameSize, initialWindowSize }: PeerSettings, open: Iterable<S>): void {
    this.reply(SETTINGS_ACK);
    if (maxFrameSize !== undefined) this.setMaxFrameSize(maxFrameSize);
    if (initialWindowSize !== undefined) this.setInitialWindow(initialWindowSize, open);
  }

  /** Answers a PING. @throws {InferenceError} PROTOCOL for a flood of them */
  answerPing(payload: Uint8Array): void {
    this.reply(frame(FrameType.PING, Flag.ACK, 0, payload));
  }

  /** Everything that was taken from the output so far is written. */
  protected allWritten(): void {
    if (this.#lastReply <= this.output.taken) this.#unreadReplies = 0;
  }

  /** Lays out a header block; `end` = nothing follows on the stream. */
  protected layOutHeaders(streamId: number, block: Uint8Array, end: boolean): void {
    const { output, maxFrameSize } = this;
    const first = FrameType.HEADERS;
    for (let from = 0, type: number = first; from < block.length; type = FrameType.CONTINUATION) {
      const to = Math.min(block.length, from + maxFrameSize);
      const flags = (to === block.length ? Flag.END_HEADERS : 0) |
        (end && type === first ? Flag.END_STREAM : 0);
      const at = output.reserve(FRAME_HEADER + to - from);
      putFrameHeader(output.buffer, at, to - from, frameKind(type, flags), streamId);
      copyInto(output.buffer, at + FRAME_HEADER, block, from, to);
      from = to;
    }
  }

  /** Lays out a DATA frame without data that ends a stream. */
  protected layOutEnd(streamId: number): void {
    const at = this.output.reserve(FRAME_HEADER);
    putFrameHeader(this.output.buffer, at, 0, frameKind(FrameType.DATA, Flag.END_STREAM), streamId);
  }

  /**
   * Lays out the head of a DATA frame of `length` octets, of which `room` are to be filled in; the rest
   * is appended.
   *
   * @returns where in the output's buffer they belong
   */
  protected layOutDataHead(
    streamId: number,
    length: number,
    room: number,
    end: boolean,
  ): number {
    const at = this.output.reserve(FRAME_HEADER + room);
    const flags = end ? Flag.END_STREAM : 0;
    putFrameHeader(this.output.buffer, at, length, frameKind(FrameType.DATA, flags), streamId);
    return at + FRAME_HEADER;
  }
}

/** A loop is faster than the objects that `set` needs, for the few octets of most frames. */
export function copyInto(
  into: Uint8Array,
  at: number,
  bytes: Uint8Array,
  from: number,
  to: number,
): void {
  if (to - from > 64) {
    into.set(from === 0 && to === bytes.length ? bytes : bytes.subarray(from, to), at);
  } else for (let i = from; i < to; i++) into[at++] = bytes[i]!;
}

/** The error for a WINDOW_UPDATE, or a change of settings, that no window takes. */
function badWindow(increment: number): InferenceError {
  return new InferenceError("PROTOCOL", `HTTP/2: a window update by ${increment}`);
}
