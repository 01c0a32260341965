/**
 * What both ends of a connection send alike: control frames, header blocks and messages as frames, laid
 * out in an output that the end itself writes.
 *
 * @module
 */
import { InferenceError } from "../../../base/errors.ts";
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

/** Octets of data that are laid out before they are written. */
export const HIGH_WATER = 256 * 1024;

/** Larger payloads go to the socket as they are; smaller ones are copied together. */
const MAX_COPIED = 32 * 1024;

/** So that a large message doesn't keep the others waiting for long. */
const LARGEST_FRAME = 512 * 1024;

/** Control frames that a peer may make us send without reading any of them. */
const MAX_UNREAD_REPLIES = 1000;

/** Lays out frames; what is laid out is written soon after {@linkcode FrameSender.schedule}. */
export abstract class FrameSender {
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

  /** Applies the peer's SETTINGS_MAX_FRAME_SIZE. */
  setMaxFrameSize(octets: number): void {
    this.maxFrameSize = Math.min(octets, LARGEST_FRAME);
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
      putFrameHeader(output.buffer, at, to - from, type, flags, streamId);
      copy(block, from, to, output.buffer, at + FRAME_HEADER);
      from = to;
    }
  }

  /** Lays out a DATA frame without data that ends a stream. */
  protected layOutEnd(streamId: number): void {
    const at = this.output.reserve(FRAME_HEADER);
    putFrameHeader(this.output.buffer, at, 0, FrameType.DATA, Flag.END_STREAM, streamId);
  }

  /** Lays out a DATA frame: `length` octets of a message and its prefix, from the octet `from` on. */
  protected layOutData(
    streamId: number,
    message: Uint8Array,
    from: number,
    length: number,
    end: boolean,
  ): void {
    const { output } = this;
    const prefix = Math.min(length, Math.max(0, MESSAGE_PREFIX - from));
    const start = Math.max(0, from - MESSAGE_PREFIX);
    const payload = length - prefix;
    const isCopied = payload <= MAX_COPIED;
    let at = output.reserve(FRAME_HEADER + prefix + (isCopied ? payload : 0));
    const { buffer } = output;
    putFrameHeader(buffer, at, length, FrameType.DATA, end ? Flag.END_STREAM : 0, streamId);
    at += FRAME_HEADER;
    for (let i = from; i < from + prefix; i++) {
      buffer[at++] = i === 0 ? 0 : message.length >>> (32 - 8 * i);
    }
    if (isCopied) copy(message, start, start + payload, buffer, at);
    else output.appendWithoutCopy(message.subarray(start, start + payload));
  }
}

/** A loop is faster than the objects that `set` needs, for the few octets of most frames. */
function copy(bytes: Uint8Array, from: number, to: number, into: Uint8Array, at: number): void {
  if (to - from > 64) {
    into.set(from === 0 && to === bytes.length ? bytes : bytes.subarray(from, to), at);
  } else for (let i = from; i < to; i++) into[at++] = bytes[i];
}

/** The error for a WINDOW_UPDATE, or a change of settings, that no window takes. */
export function badWindow(increment: number): InferenceError {
  return new InferenceError("PROTOCOL", `HTTP/2: a window update by ${increment}`);
}
