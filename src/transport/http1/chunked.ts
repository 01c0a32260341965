/**
 * The chunked coding of an answer's body (RFC 9112, 7.1), taken apart as its bytes come.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import { printable } from "./head.ts";

const CR = 0x0d;
const LF = 0x0a;

/** Longest line of a chunk's size, with its extensions. */
const MAX_SIZE_LINE = 8192;
/** Longest run of trailers. */
const MAX_TRAILERS = 65_536;
/** 13 hexadecimal digits stay below 2^53. */
const MAX_SIZE_DIGITS = 13;

const enum State {
  Size,
  Extension,
  SizeEnd,
  Data,
  DataEnd,
  TrailerStart,
  Trailer,
  Done,
}

/** Reads one chunked body; trailers are read over. */
export class ChunkedDecoder {
  #state = State.Size;
  /** Bytes of the chunk still to come; while its size is read, the size so far. */
  #left = 0;
  #digits = 0;
  /** Length of the line, or of the trailers, so far. */
  #length = 0;
  #afterCr = false;

  /** Whether the last chunk and its trailers have come. */
  get done(): boolean {
    return this.#state === State.Done;
  }

  /** Bytes of the present chunk that are still to come, when they are next. */
  get dataLeft(): number {
    return this.#state === State.Data ? this.#left : 0;
  }

  /** Tells the decoder that `count` bytes, at most `dataLeft`, were read elsewhere. */
  skipData(count: number): void {
    this.#left -= count;
    if (this.#left === 0) this.#state = State.DataEnd;
  }

  /**
   * Takes bytes until they or the body end.
   *
   * @param onData gets each run of body bytes as offsets into `bytes`
   * @returns the offset after the last byte taken
   * @throws {InferenceError} PROTOCOL; the message says what is wrong, the caller knows with whom
   */
  decode(
    bytes: Uint8Array,
    start: number,
    end: number,
    onData: (start: number, end: number) => void,
  ): number {
    let at = start;
    while (at < end && this.#state !== State.Done) {
      if (this.#state === State.Data) {
        const count = Math.min(this.#left, end - at);
        onData(at, at + count);
        this.skipData(count);
        at += count;
      } else {
        this.#step(bytes, at++);
      }
    }
    return at;
  }

  /** Takes one byte that is not data. */
  #step(bytes: Uint8Array, at: number): void {
    const byte = bytes[at];
    switch (this.#state) {
      case State.Size:
        return this.#size(bytes, at);
      case State.Extension:
        this.#count(MAX_SIZE_LINE, "a chunk's extensions are");
        if (byte === CR) this.#state = State.SizeEnd;
        else if (byte === LF || byte === 0) {
          throw broken(bytes, at, "a chunk's extension is no line");
        }
        return;
      case State.SizeEnd:
        if (byte !== LF) throw broken(bytes, at, "the line of a chunk's size has no end");
        return this.#sizeEnd();
      case State.DataEnd:
        if (byte === CR && !this.#afterCr) this.#afterCr = true;
        else if (byte === LF && this.#afterCr) this.#startSize();
        else throw broken(bytes, at, "a chunk is longer than its size");
        return;
      case State.TrailerStart:
      case State.Trailer:
        this.#count(MAX_TRAILERS, "the trailers are");
        if (this.#afterCr !== (byte === LF) || byte === 0) {
          throw broken(bytes, at, "the trailers are no lines");
        }
        this.#afterCr = byte === CR;
        if (byte === LF) {
          this.#state = this.#state === State.TrailerStart ? State.Done : State.TrailerStart;
        } else if (byte !== CR) {
          this.#state = State.Trailer;
        }
    }
  }

  #size(bytes: Uint8Array, at: number): void {
    const byte = bytes[at];
    const digit = hexDigit(byte!);
    if (digit >= 0) {
      if (++this.#digits > MAX_SIZE_DIGITS) throw broken(bytes, at, "a chunk's size is too large");
      this.#left = this.#left * 16 + digit;
      return;
    }
    if (this.#digits === 0) throw broken(bytes, at, "a chunk's size is missing");
    if (byte === CR) this.#state = State.SizeEnd;
    // A semicolon or white space: whatever follows the size up to the line's end is ignored.
    else if (byte === 0x3b || byte === 0x20 || byte === 0x09) this.#state = State.Extension;
    else throw broken(bytes, at, "a chunk's size is not a number");
  }

  #sizeEnd(): void {
    this.#length = 0;
    this.#afterCr = false;
    this.#state = this.#left === 0 ? State.TrailerStart : State.Data;
  }

  #startSize(): void {
    this.#state = State.Size;
    this.#left = this.#digits = this.#length = 0;
    this.#afterCr = false;
  }

  #count(limit: number, what: string): void {
    if (++this.#length > limit) {
      throw new InferenceError("PROTOCOL", `${what} longer than ${limit} bytes`);
    }
  }
}

function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

function broken(bytes: Uint8Array, at: number, what: string): InferenceError {
  return new InferenceError("PROTOCOL", `${what} at ${printable(bytes.subarray(at, at + 16))}`);
}
