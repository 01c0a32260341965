/**
 * gRPC messages out of DATA: a flag, four octets of length, the message.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import { decompress } from "./compression.ts";
import { uint32At } from "../http2/frames.ts";

/** Octets before every gRPC message. */
export const MESSAGE_PREFIX = 5;

/** Nothing longer is ever believed. */
export const MAX_MESSAGE = 0x7fffffff;

// Small messages share their memory, which costs a fraction of an ArrayBuffer each.
const SLAB = 16 * 1024;
const MAX_SHARED = 1024;

/**
 * Memory that a peer gets on its word alone, unless a reader says otherwise; beyond it, memory grows as the
 * bytes come.
 */
const TRUSTED = 64 * 1024;
const GROWTH = 4;
/** From here on memory only doubles. */
const LARGE = 16 * 1024 * 1024;

let slab = new Uint8Array(SLAB);
let slabUsed = 0;

/** A copy of `bytes[from, to)`; small ones are 8-aligned parts of a larger buffer. */
export function copyOut(bytes: Uint8Array, from: number, to: number): Uint8Array {
  const length = to - from;
  if (length > MAX_SHARED) return bytes.slice(from, to);
  if (slabUsed + length > SLAB) {
    slab = new Uint8Array(SLAB);
    slabUsed = 0;
  }
  const copy = slab.subarray(slabUsed, slabUsed + length);
  slabUsed += length + 7 & ~7;
  if (length > 128) copy.set(bytes.subarray(from, to));
  else for (let i = 0; i < length; i++) copy[i] = bytes[from + i]!;
  return copy;
}

/** Memory that a peer gets on its word alone. */
export interface MessageCredit {
  /** Octets that may be allocated for a message of `length`. */
  take(length: number): number;
  /** The message is there, or won't come. */
  give(granted: number): void;
}

/** What a reader does with messages. */
export interface MessageReaderOptions {
  /** Most octets of a message. */
  readonly limit: number;
  /** How compressed messages are compressed: the value of `grpc-encoding`. */
  readonly encoding: string;
  /** Takes each whole message, in order; the bytes are its own. */
  readonly emit: (message: Uint8Array) => void;
  /** A compressed message can't be read; nothing follows. */
  readonly fail: (error: unknown) => void;
  /** Decompresses a message. */
  readonly inflate?: (message: Uint8Array, encoding: string) => Promise<Uint8Array>;
  /** Makes the memory for a message that comes in parts. */
  readonly allocate?: (length: number) => Uint8Array<ArrayBuffer>;
  /** How much is allocated before any has come; 64 KiB unless this says otherwise. */
  readonly credit?: MessageCredit;
}

/** Puts the messages of one call together. */
export class MessageReader {
  readonly #options: MessageReaderOptions;
  #granted = 0;

  #prefixFilled = 0;
  #flag = 0;
  #length = 0;
  #message = EMPTY;
  #filled = 0;
  /** Ends when the messages that have come so far are emitted; undefined when they are. */
  #pending: Promise<void> | undefined;
  #stopped = false;

  constructor(options: MessageReaderOptions) {
    this.#options = options;
  }

  /** Whether messages that have come are still being decompressed. */
  get busy(): boolean {
    return this.#pending !== undefined;
  }

  /** Calls back when all messages that have come are emitted; never after a failure. */
  whenEmitted(done: () => void): void {
    if (this.#pending === undefined) done();
    else this.#pending.then(() => this.#stopped || this.whenEmitted(done));
  }

  /** Emits nothing any more. */
  stop(): void {
    this.#stopped = true;
    this.#giveBack();
  }

  #giveBack(): void {
    if (this.#granted > 0) this.#options.credit?.give(this.#granted);
    this.#granted = 0;
  }

  /** Octets that are missing of the message in progress; 0 between messages. */
  get missing(): number {
    return this.#prefixFilled < MESSAGE_PREFIX ? 0 : this.#length - this.#filled;
  }

  /** Whether a message has begun and isn't whole. */
  get partial(): boolean {
    return this.#prefixFilled > 0;
  }

  /**
   * Takes in `bytes[from, to)`.
   *
   * @throws {InferenceError} PROTOCOL, or RESOURCE_EXHAUSTED for a message beyond the limit
   */
  feed(bytes: Uint8Array, from: number, to: number): void {
    while (from < to) {
      if (this.#prefixFilled === 0 && to - from >= MESSAGE_PREFIX) {
        const start = from + MESSAGE_PREFIX;
        const length = uint32At(bytes, from + 1);
        if (length <= to - start) {
          this.#begin(bytes[from]!, length);
          from = start + length;
          this.#finish(copyOut(bytes, start, from));
          continue;
        }
      }
      if (this.#prefixFilled < MESSAGE_PREFIX) {
        this.#feedPrefix(bytes[from++]!);
        continue;
      }
      const space = this.space()!;
      const count = Math.min(to - from, space.length);
      space.set(bytes.subarray(from, from + count));
      from += count;
      this.advance(count);
    }
  }

  /** Where the next bytes of the message that has begun belong; undefined between messages. */
  space(): Uint8Array<ArrayBuffer> | undefined {
    if (this.#prefixFilled < MESSAGE_PREFIX) return undefined;
    if (this.#filled === this.#message.length) this.#grow();
    return this.#message.subarray(this.#filled);
  }

  /**
   * `count` bytes are in {@linkcode space}.
   *
   * @throws {InferenceError} PROTOCOL
   */
  advance(count: number): void {
    this.#filled += count;
    if (this.#filled === this.#length) this.#finish(this.#message);
  }

  #feedPrefix(octet: number): void {
    if (this.#prefixFilled++ === 0) {
      this.#flag = octet;
      this.#length = 0;
      return;
    }
    this.#length = this.#length * 256 + octet;
    if (this.#prefixFilled < MESSAGE_PREFIX) return;
    this.#begin(this.#flag, this.#length);
    this.#filled = 0;
    if (this.#length === 0) this.#finish(EMPTY);
  }

  /** Nothing is allocated for a message of which no octet has come. */
  #grow(): void {
    const have = this.#filled;
    if (have === 0) {
      const { credit } = this.#options;
      const first = this.#granted = credit?.take(this.#length) ??
        Math.min(this.#length, TRUSTED);
      this.#message = this.#options.allocate?.(first) ?? new Uint8Array(first);
      return;
    }
    const next = have < LARGE ? have * GROWTH : have * 2;
    const larger = new Uint8Array(Math.min(this.#length, next));
    larger.set(this.#message);
    this.#message = larger;
  }

  #begin(flag: number, length: number): void {
    if (flag > 1) throw bad(`the flag before a message is ${flag}`);
    const { limit } = this.#options;
    if (length > limit) {
      throw new InferenceError(
        "RESOURCE_EXHAUSTED",
        `gRPC: a message of ${length} octets, more than ${limit}`,
      );
    }
    this.#flag = flag;
    this.#length = length;
  }

  #finish(message: Uint8Array): void {
    this.#prefixFilled = 0;
    this.#message = EMPTY;
    if (this.#granted > 0) this.#giveBack();
    const isCompressed = this.#flag === 1;
    if (!isCompressed && this.#pending === undefined) return this.#options.emit(message);
    const mine = this.#pending = this.#emitLater(message, isCompressed, this.#pending);
    mine.then(() => {
      if (this.#pending === mine) this.#pending = undefined;
    });
  }

  /** Emits a message when those before it are. Never rejects. */
  async #emitLater(
    message: Uint8Array,
    isCompressed: boolean,
    before: Promise<void> | undefined,
  ): Promise<void> {
    const { encoding, limit, inflate = (bytes) => decompress(bytes, encoding, limit) } =
      this.#options;
    await before;
    if (this.#stopped) return;
    let error: unknown;
    try {
      const whole = isCompressed ? await inflate(message, encoding) : message;
      if (!this.#stopped) this.#options.emit(whole);
      return;
    } catch (thrown) {
      error = thrown;
    }
    if (this.#stopped) return;
    this.#stopped = true;
    this.#options.fail(error);
  }
}

const EMPTY = new Uint8Array(0);

function bad(what: string): InferenceError {
  return new InferenceError("PROTOCOL", `gRPC: ${what}`);
}
