/**
 * A body whose length is not known before it ends.
 *
 * @module
 */

const FIRST_CAPACITY = 16_384;

/** Bytes that come piece by piece, kept in one block that grows. */
export class BodyBuffer {
  #bytes = new Uint8Array(0);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Room for at least `count` more bytes; {@linkcode BodyBuffer.added} says how many were put there. */
  room(count: number): Uint8Array {
    const needed = this.#length + count;
    if (needed > this.#bytes.length) {
      const capacity = Math.max(FIRST_CAPACITY, this.#bytes.length * 2, needed);
      // transfer() moves the block where realloc can, instead of copying it.
      this.#bytes = new Uint8Array(this.#bytes.buffer.transfer(capacity));
    }
    return this.#bytes.subarray(this.#length);
  }

  /** Takes the first `count` bytes of the room into the body. */
  added(count: number): void {
    this.#length += count;
  }

  /** Appends a copy of the bytes. */
  push(bytes: Uint8Array): void {
    this.room(bytes.length).set(bytes);
    this.added(bytes.length);
  }

  /** The whole body; the buffer is empty after. */
  take(): Uint8Array {
    const whole = new Uint8Array(this.#bytes.buffer.transfer(this.#length));
    this.#bytes = new Uint8Array(0);
    this.#length = 0;
    return whole;
  }
}
