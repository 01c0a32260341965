/**
 * gRPC messages into DATA frames: a flag, four octets of length, the message. Both ends send so.
 *
 * @module
 */
import { copyInto, FrameSender, type OutgoingStream } from "../http2/frame_sender.ts";
import { MESSAGE_PREFIX } from "./message_reader.ts";

/** Larger payloads go to the socket as they are; smaller ones are copied together. */
const MAX_COPIED = 32 * 1024;

/** Octets of a message and its prefix that go into one frame. */
export interface MessagePart {
  /** The first octet, counted from the prefix on. */
  readonly from: number;
  readonly length: number;
  /** Whether the message is compressed. @default {false} */
  readonly compressed?: boolean;
}

/** Lays out messages. */
export abstract class MessageSender<S extends OutgoingStream> extends FrameSender<S> {
  /** Octets of the rest of a message, from the octet `from` on, that fit a frame and the windows. */
  protected partSize(stream: S, message: Uint8Array, from: number): number {
    const left = MESSAGE_PREFIX + message.length - from;
    return Math.min(left, this.window, stream.sendWindow, this.maxFrameSize);
  }

  /** Lays out one frame of a message; `end` = nothing follows on the stream. */
  protected layOutMessage(
    streamId: number,
    message: Uint8Array,
    { from, length, compressed = false }: MessagePart,
    end: boolean,
  ): void {
    const prefix = Math.min(length, Math.max(0, MESSAGE_PREFIX - from));
    const start = Math.max(0, from - MESSAGE_PREFIX);
    const payload = length - prefix;
    const isCopied = payload <= MAX_COPIED;
    let at = this.layOutDataHead(streamId, length, prefix + (isCopied ? payload : 0), end);
    const { buffer } = this.output;
    for (let i = from; i < from + prefix; i++) {
      buffer[at++] = i === 0 ? Number(compressed) : message.length >>> (32 - 8 * i);
    }
    if (isCopied) copyInto(buffer, at, message, start, start + payload);
    else this.output.appendWithoutCopy(message.subarray(start, start + payload));
  }
}
