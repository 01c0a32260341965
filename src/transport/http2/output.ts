/**
 * Bytes on their way to the socket: small frames one after the other in a buffer, large payloads in
 * between as they are, without a copy.
 *
 * @module
 */

const INITIAL_CAPACITY = 16 * 1024;

/**
 * What waits to be written, in order. At most one piece may be in flight: a piece that was taken stays
 * untouched until the next one is.
 */
export class Output {
  #pieces: Uint8Array<ArrayBuffer>[] = [];
  #buffer = new Uint8Array(INITIAL_CAPACITY);
  #spare = new Uint8Array(INITIAL_CAPACITY);
  #start = 0;
  #length = 0;
  #appended = 0;
  #taken = 0;

  /** Octets appended since the beginning: the position of what comes next. */
  get appended(): number {
    return this.#appended;
  }

  /** Octets taken since the beginning. */
  get taken(): number {
    return this.#taken;
  }

  /** Octets that wait. */
  get bytes(): number {
    return this.#appended - this.#taken;
  }

  /** The buffer to write into after {@linkcode reserve}. */
  get buffer(): Uint8Array {
    return this.#buffer;
  }

  /** Appends `count` octets, to be filled in at the returned place of {@linkcode buffer}. */
  reserve(count: number): number {
    if (this.#length + count > this.#buffer.length) this.#grow(count);
    const at = this.#length;
    this.#length += count;
    this.#appended += count;
    return at;
  }

  /** Appends a copy. */
  append(bytes: Uint8Array): void {
    const at = this.reserve(bytes.length);
    this.#buffer.set(bytes, at);
  }

  /** Appends the bytes themselves; they must not change until they are written. */
  appendWithoutCopy(bytes: Uint8Array): void {
    this.#seal();
    this.#pieces.push(bytes as Uint8Array<ArrayBuffer>);
    this.#appended += bytes.length;
  }

  /** The next piece to write, or undefined when there is none. */
  take(): Uint8Array<ArrayBuffer> | undefined {
    if (this.#pieces.length > 0) {
      const piece = this.#pieces.shift()!;
      this.#taken += piece.length;
      return piece;
    }
    if (this.#length === this.#start) return undefined;
    const piece = this.#buffer.subarray(this.#start, this.#length);
    const buffer = this.#buffer;
    this.#buffer = this.#spare;
    this.#spare = buffer;
    this.#start = this.#length = 0;
    this.#taken += piece.length;
    return piece;
  }

  #seal(): void {
    if (this.#length === this.#start) return;
    this.#pieces.push(this.#buffer.subarray(this.#start, this.#length));
    this.#start = this.#length;
  }

  // The old buffer goes when its pieces are written: `take` never hands it out as a spare.
  #grow(count: number): void {
    this.#seal();
    this.#buffer = new Uint8Array(Math.max(count, this.#buffer.length * 2));
    this.#start = this.#length = 0;
  }
}
