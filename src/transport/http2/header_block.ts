/**
 * A header block that comes in more than one frame.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";

/** Most octets of a header block as it is on the wire. */
export const MAX_HEADER_BLOCK = 64 * 1024;

// Counted for every frame besides its payload, so that empty ones come to an end too.
const FRAME_COST = 64;

/** Collects HEADERS and its CONTINUATIONs. */
export class HeaderBlock {
  /** The stream of the unfinished block; 0 = none. */
  streamId = 0;
  /** Whether the stream ends with this block. */
  end = false;
  bytes: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  length = 0;
  #cost = 0;

  start(streamId: number, end: boolean, bytes: Uint8Array, from: number, to: number): void {
    this.streamId = streamId;
    this.end = end;
    this.length = this.#cost = 0;
    this.append(bytes, from, to);
  }

  /** @throws {InferenceError} PROTOCOL when the block gets too long */
  append(bytes: Uint8Array, from: number, to: number): void {
    const length = this.length + to - from;
    this.#cost += FRAME_COST + to - from;
    if (this.#cost > MAX_HEADER_BLOCK) {
      throw new InferenceError(
        "PROTOCOL",
        `HTTP/2: a header block over ${MAX_HEADER_BLOCK} octets`,
      );
    }
    if (length > this.bytes.length) {
      const larger = new Uint8Array(Math.min(MAX_HEADER_BLOCK, Math.max(4096, length * 2)));
      larger.set(this.bytes.subarray(0, this.length));
      this.bytes = larger;
    }
    this.bytes.set(bytes.subarray(from, to), this.length);
    this.length = length;
  }
}
