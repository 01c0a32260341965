/**
 * Writing a request or an answer: what is small goes out together in one write, what is large without a copy.
 *
 * @module
 */

/** Messages up to this size, and the small beginnings of larger ones, are joined before the write. */
const JOIN_LIMIT = 65_536;
/** A body piece of this size or more is not worth copying. */
const OWN_WRITE = 16_384;
const FIRST_CAPACITY = 2048;

/** The part of a connection that a writer needs. */
export interface WriteTarget {
  /** Takes some of the bytes; resolves to how many. */
  write(bytes: Uint8Array): Promise<number>;
}

/** Writes messages to one connection, one after the other. */
export class MessageWriter {
  readonly #target: WriteTarget;
  /** Reused by every message; never in use by two writes. */
  #joined = new Uint8Array(FIRST_CAPACITY);
  /** Bytes of the present message that the system took. */
  written = 0;

  constructor(target: WriteTarget) {
    this.#target = target;
  }

  /** Writes a whole message; resolves when the system has taken all of it. */
  send(head: Uint8Array, body: readonly Uint8Array[], bodyLength: number): Promise<void> {
    this.written = 0;
    const total = head.length + bodyLength;
    if (total <= JOIN_LIMIT) return this.#write(this.#join(head, body, total));
    return this.#sendPieces(head, body);
  }

  async #sendPieces(head: Uint8Array, body: readonly Uint8Array[]): Promise<void> {
    let filled = this.#append(head, 0);
    for (const piece of body) {
      if (piece.length < OWN_WRITE && filled + piece.length <= JOIN_LIMIT) {
        filled = this.#append(piece, filled);
        continue;
      }
      if (filled > 0) await this.#write(this.#joined.subarray(0, filled));
      filled = 0;
      if (piece.length < OWN_WRITE) filled = this.#append(piece, 0);
      else await this.#write(piece);
    }
    if (filled > 0) await this.#write(this.#joined.subarray(0, filled));
  }

  #join(head: Uint8Array, body: readonly Uint8Array[], total: number): Uint8Array {
    if (head.length === total) return head;
    this.#reserve(total, 0);
    this.#joined.set(head);
    let at = head.length;
    for (const piece of body) {
      this.#joined.set(piece, at);
      at += piece.length;
    }
    return this.#joined.subarray(0, total);
  }

  #append(piece: Uint8Array, filled: number): number {
    this.#reserve(filled + piece.length, filled);
    this.#joined.set(piece, filled);
    return filled + piece.length;
  }

  /** Grows the block to hold `size` bytes, keeping the first `filled`. */
  #reserve(size: number, filled: number): void {
    if (size <= this.#joined.length) return;
    const grown = new Uint8Array(Math.max(size, 2 * this.#joined.length));
    grown.set(this.#joined.subarray(0, filled));
    this.#joined = grown;
  }

  async #write(bytes: Uint8Array): Promise<void> {
    let done = await this.#target.write(bytes);
    this.written += done;
    while (done < bytes.length) {
      const count = await this.#target.write(bytes.subarray(done));
      this.written += count;
      done += count;
    }
  }
}
