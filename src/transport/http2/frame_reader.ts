/**
 * Reading HTTP/2 frames out of one reused receive buffer. DATA goes on as it comes, in as many parts
 * as it comes in; everything else is small and goes on whole.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import {
  Flag,
  FRAME_HEADER,
  frameKind,
  FrameType,
  MIN_MAX_FRAME_SIZE,
  uint32At,
} from "./frames.ts";
import { HeaderBlock, MAX_HEADER_BLOCK } from "./header_block.ts";

/** A part of a DATA frame: `bytes[from, to)`. One object serves for all of them. */
export interface DataPart {
  readonly streamId: number;
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly to: number;
  /** Octets that count for flow control, padding included. */
  readonly flow: number;
  /** Whether the stream ends here. */
  readonly end: boolean;
}

/** What a {@linkcode FrameReader} calls. Byte ranges are valid during the call only. */
export interface FrameHandler {
  /** A part of a DATA frame. */
  onData(part: DataPart): void;
  /** A whole header block. */
  onHeaders(streamId: number, bytes: Uint8Array, from: number, to: number, end: boolean): void;
  onReset(streamId: number, errorCode: number): void;
  /** Payload of a SETTINGS frame, a multiple of six octets; none for an acknowledgement. */
  onSettings(payload: Uint8Array, ack: boolean): void;
  onPing(payload: Uint8Array, ack: boolean): void;
  onGoAway(lastStreamId: number, errorCode: number, debug: string): void;
  onWindowUpdate(streamId: number, increment: number): void;
}

const NOTHING: Uint8Array = new Uint8Array(0);

/** Room for what is received at first; grows while reads fill it. */
const INITIAL_BUFFER = 64 * 1024;
const MAX_BUFFER = 512 * 1024;

/**
 * Frames in a row that move no call forward. A peer that sends more within one second keeps us busy
 * for nothing.
 */
const MAX_IDLE_FRAMES = 10_000;

/** The frames of one connection; any exception it throws ends the connection. */
export class FrameReader {
  readonly #handler: FrameHandler;
  readonly #block = new HeaderBlock();
  #buffer: Uint8Array<ArrayBuffer>;
  #whole: Uint8Array<ArrayBuffer>;
  #end = 0;
  #filled = false;
  #stopped = false;
  #greeted = false;
  #idleFrames = 0;

  // The DATA frame, or the frame of a type to be skipped, that is half read.
  #skipLeft = 0;
  #dataLeft = 0;
  #dataStream = 0;
  #dataFlags = 0;
  #padding = 0;
  #uncounted = 0;
  readonly #part = { streamId: 0, bytes: NOTHING, from: 0, to: 0, flow: 0, end: false };

  constructor(handler: FrameHandler, bufferSize: number = INITIAL_BUFFER) {
    this.#handler = handler;
    this.#buffer = this.#whole = new Uint8Array(bufferSize);
  }

  /** Whether the peer's first frame, its SETTINGS, came. */
  get greeted(): boolean {
    return this.#greeted;
  }

  /** What was received and isn't a whole frame yet. */
  get rest(): Uint8Array {
    return this.#buffer.subarray(0, this.#end);
  }

  /** The stream whose DATA frame is half read with nothing buffered, and what is missing; else 0. */
  get dataStream(): number {
    return this.#end === 0 && this.#dataLeft > 0 ? this.#dataStream : 0;
  }
  get dataLeft(): number {
    return this.#dataLeft;
  }

  /** Where the next bytes from the socket belong; then call {@linkcode received}. */
  space(): Uint8Array<ArrayBuffer> {
    if (this.#filled && this.#buffer.length < MAX_BUFFER) this.#grow(this.#buffer.length * 2);
    return this.#end === 0 ? this.#whole : this.#buffer.subarray(this.#end);
  }

  /** Reads the frames that the next `count` bytes of {@linkcode space} complete. */
  received(count: number): void {
    this.#end += count;
    this.#filled = this.#end === this.#buffer.length;
    const at = this.#read();
    if (at === this.#end) this.#end = 0;
    else if (at > 0) {
      this.#buffer.copyWithin(0, at, this.#end);
      this.#end -= at;
    }
  }

  /** Counts `count` bytes of the current DATA frame that went from the socket to their place. */
  receivedData(count: number): void {
    this.#dataLeft -= count;
    this.#data(this.#buffer, 0, 0, count);
  }

  /** A call moved forward, so what came before was no idle chatter. */
  progress(): void {
    this.#idleFrames = 0;
  }

  /** Nothing more is handed on. */
  stop(): void {
    this.#stopped = true;
  }

  #grow(size: number): void {
    const larger = new Uint8Array(size);
    larger.set(this.#buffer.subarray(0, this.#end));
    this.#buffer = this.#whole = larger;
  }

  /** @returns where the first byte stands that isn't used up */
  #read(): number {
    const bytes = this.#buffer;
    const end = this.#end;
    let at = 0;
    while (!this.#stopped) {
      if (this.#dataLeft > 0) {
        const to = Math.min(end, at + this.#dataLeft);
        if (to === at) return at;
        this.#dataLeft -= to - at;
        this.#data(bytes, at, to, to - at);
        at = to;
        continue;
      }
      if (this.#skipLeft > 0) {
        const to = Math.min(end, at + this.#skipLeft);
        this.#skipLeft -= to - at;
        at = to;
        if (this.#skipLeft > 0) return at;
        continue;
      }
      if (end - at < FRAME_HEADER) return at;
      const length = bytes[at]! << 16 | bytes[at + 1]! << 8 | bytes[at + 2]!;
      const type = bytes[at + 3];
      const flags = bytes[at + 4];
      const streamId = uint32At(bytes, at + 5) & 0x7fffffff;
      const payload = at + FRAME_HEADER;
      if (type === FrameType.DATA) {
        const padded = (flags! & Flag.PADDED) !== 0;
        if (padded && end === payload && length > 0) return at;
        this.#startData(streamId, flags!, length, padded ? bytes[payload]! : 0);
        at = payload + (padded ? 1 : 0);
        continue;
      }
      this.#checkOrder(type!, flags!, streamId);
      if (length > longest(type!)) throw wrongLength(type!, length);
      if (type! > FrameType.CONTINUATION) {
        this.#skipLeft = length;
        at = payload;
        continue;
      }
      if (end - payload < length) {
        if (FRAME_HEADER + length > bytes.length) this.#grow(FRAME_HEADER + length + at);
        return at;
      }
      at = payload + length;
      this.#frame(frameKind(type!, flags!), streamId, bytes, payload, at);
    }
    return end;
  }

  #startData(streamId: number, flags: number, length: number, padding: number): void {
    this.#checkOrder(FrameType.DATA, flags, streamId);
    if (streamId === 0) throw broken("DATA for stream 0");
    const padded = flags & Flag.PADDED ? 1 : 0;
    if (padding + padded > length) throw broken("more padding than its frame holds");
    this.#dataStream = streamId;
    this.#dataFlags = flags;
    this.#dataLeft = length - padded - padding;
    this.#padding = this.#skipLeft = padding;
    this.#uncounted = padded;
    if (this.#dataLeft === 0) this.#data(this.#buffer, 0, 0, 0);
  }

  #data(bytes: Uint8Array, from: number, to: number, count: number): void {
    let flow = count + this.#uncounted;
    this.#uncounted = 0;
    const last = this.#dataLeft === 0;
    if (last) flow += this.#padding;
    const part = this.#part;
    part.streamId = this.#dataStream;
    part.bytes = bytes;
    part.from = from;
    part.to = to;
    part.flow = flow;
    part.end = last && (this.#dataFlags & Flag.END_STREAM) !== 0;
    this.#handler.onData(part);
  }

  /** The peer's SETTINGS come first, nothing but CONTINUATION follows an unfinished header block. */
  #checkOrder(type: number, flags: number, streamId: number): void {
    if (!this.#greeted) {
      if (type !== FrameType.SETTINGS || flags & Flag.ACK) throw broken("no SETTINGS first");
      this.#greeted = true;
    }
    const open = this.#block.streamId;
    if (open !== 0 && (type !== FrameType.CONTINUATION || streamId !== open)) {
      throw broken("another frame in the middle of a header block");
    }
    if (++this.#idleFrames > MAX_IDLE_FRAMES) throw broken("a flood of frames that mean nothing");
  }

  #frame(
    kind: number,
    streamId: number,
    bytes: Uint8Array,
    from: number,
    to: number,
  ): void {
    const handler = this.#handler;
    const [type, flags] = [kind >>> 8, kind & 0xff];
    const length = to - from;
    const endHeaders = (flags & Flag.END_HEADERS) !== 0;
    switch (type) {
      case FrameType.HEADERS: {
        if (streamId === 0) throw broken("HEADERS for stream 0");
        let padding = 0;
        if (flags & Flag.PADDED) {
          if (from === to) throw wrongLength(type, length);
          padding = bytes[from++]!;
        }
        if (flags & Flag.PRIORITY) from += 5;
        to -= padding;
        if (from > to) throw broken("more padding than its frame holds");
        const end = (flags & Flag.END_STREAM) !== 0;
        if (endHeaders) handler.onHeaders(streamId, bytes, from, to, end);
        else this.#block.start(streamId, end, bytes, from, to);
        return;
      }
      case FrameType.CONTINUATION: {
        const block = this.#block;
        if (block.streamId === 0) throw broken("CONTINUATION without HEADERS");
        block.append(bytes, from, to);
        if (!endHeaders) return;
        block.streamId = 0;
        handler.onHeaders(streamId, block.bytes, 0, block.length, block.end);
        return;
      }
      case FrameType.PRIORITY:
        if (length !== 5) throw wrongLength(type, length);
        return;
      case FrameType.RST_STREAM:
        if (length !== 4) throw wrongLength(type, length);
        if (streamId === 0) throw broken("RST_STREAM for stream 0");
        return handler.onReset(streamId, uint32At(bytes, from));
      case FrameType.SETTINGS: {
        const ack = (flags & Flag.ACK) !== 0;
        if (length % 6 !== 0 || ack && length > 0) throw wrongLength(type, length);
        if (streamId !== 0) throw broken(`SETTINGS for stream ${streamId}`);
        return handler.onSettings(bytes.subarray(from, to), ack);
      }
      case FrameType.PUSH_PROMISE:
        throw broken("a pushed stream, which we do not allow");
      case FrameType.PING:
        if (length !== 8) throw wrongLength(type, length);
        if (streamId !== 0) throw broken(`PING for stream ${streamId}`);
        return handler.onPing(bytes.subarray(from, to), (flags & Flag.ACK) !== 0);
      case FrameType.GOAWAY: {
        if (length < 8) throw wrongLength(type, length);
        if (streamId !== 0) throw broken(`GOAWAY for stream ${streamId}`);
        const lastId = uint32At(bytes, from) & 0x7fffffff;
        return handler.onGoAway(lastId, uint32At(bytes, from + 4), debugText(bytes, from + 8, to));
      }
      case FrameType.WINDOW_UPDATE:
        if (length !== 4) throw wrongLength(type, length);
        return handler.onWindowUpdate(streamId, uint32At(bytes, from) & 0x7fffffff);
    }
  }
}

/**
 * Most octets of a frame that isn't DATA, by its type. What is longer is garbage: to wait for its end
 * would take the connection out of use until its calls time out.
 */
function longest(type: number): number {
  switch (type) {
    case FrameType.PRIORITY:
    case FrameType.RST_STREAM:
    case FrameType.PING:
    case FrameType.WINDOW_UPDATE:
      return 8;
  }
  // Nobody extends HTTP/2 by more than a frame of the size that everybody has to take. The others have
  // room for a largest header block with its padding and priority.
  return type > FrameType.CONTINUATION ? MIN_MAX_FRAME_SIZE : MAX_HEADER_BLOCK + 261;
}

function debugText(bytes: Uint8Array, from: number, to: number): string {
  const text = new TextDecoder().decode(bytes.subarray(from, Math.min(to, from + 256)));
  return text.replace(/[^\x20-\x7e]+/g, " ").trim();
}

function broken(what: string): InferenceError {
  return new InferenceError("PROTOCOL", `HTTP/2: ${what}`);
}

function wrongLength(type: number, length: number): InferenceError {
  return broken(`a frame of type ${type} with ${length} octets`);
}
