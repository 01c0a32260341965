/**
 * Memory for large answers that are only lent: new memory for each would cost more than to read it.
 *
 * @module
 */

/** Most buffers that are kept while nobody uses them. */
const MAX_SPARE = 64;

/** Buffers that go from one answer to the next. */
export class SpareBuffers {
  readonly #spare: Uint8Array<ArrayBuffer>[] = [];

  /** A buffer of exactly `length` bytes, whatever is in them. */
  take(length: number): Uint8Array<ArrayBuffer> {
    const spare = this.#spare.pop();
    return spare !== undefined && spare.buffer.byteLength >= length
      ? new Uint8Array(spare.buffer, 0, length)
      : new Uint8Array(length);
  }

  /** Takes a buffer back that nothing writes to or reads from any more. */
  give(buffer: Uint8Array<ArrayBuffer>): void {
    if (this.#spare.length < MAX_SPARE) this.#spare.push(buffer);
  }
}
