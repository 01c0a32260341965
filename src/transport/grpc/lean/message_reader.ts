/**
 * gRPC messages out of DATA: a flag, four octets of length, the message.
 *
 * @module
 */
import { InferenceError } from "../../../base/errors.ts";
import { decompress } from "./compression.ts";
import { uint32At } from "./frames.ts";

/** Octets before every gRPC message. */
export const MESSAGE_PREFIX = 5;

/** Nothing longer is ever believed. */
export const MAX_MESSAGE = 0x7fffffff;

// Small messages share their memory, which costs a fraction of an ArrayBuffer each.
const SLAB = 16 * 1024;
const MAX_SHARED = 1024;

/** Memory that is taken on a peer's word alone; beyond it, memory grows as the bytes come. */
const MAX_TRUSTED = 64 * 1024 * 1024;

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
  else for (let i = 0; i < length; i++) copy[i] = bytes[from + i];
  return copy;
}

/** Puts the messages of one call together. */
export class MessageReader {
  readonly #limit: number;
  readonly #encoding: string;
  readonly #emit: (message: Uint8Array) => void;
  readonly #allocate: (length: number) => Uint8Array<ArrayBuffer>;

  #prefixFilled = 0;
  #flag = 0;
  #length = 0;
  #message = EMPTY;
  #filled = 0;

  /**
   * @param limit most octets of a message
   * @param encoding how compressed messages are compressed: the value of `grpc-encoding`
   * @param emit takes each whole message; the bytes are its own
   * @param allocate makes the memory for a message that comes in parts
   */
  constructor(
    limit: number,
    encoding: string,
    emit: (message: Uint8Array) => void,
    allocate = (length: number) => new Uint8Array(length),
  ) {
    this.#limit = limit;
    this.#encoding = encoding;
    this.#emit = emit;
    this.#allocate = allocate;
  }

  /** Whether a message has begun and isn't whole. */
  get partial(): boolean {
    return this.#prefixFilled > 0;
  }

  /**
   * Takes in `bytes[from, to)`.
   *
   * @throws {InferenceError} PROTOCOL
   */
  feed(bytes: Uint8Array, from: number, to: number): void {
    while (from < to) {
      if (this.#prefixFilled === 0 && to - from >= MESSAGE_PREFIX) {
        const start = from + MESSAGE_PREFIX;
        const length = uint32At(bytes, from + 1);
        if (length <= to - start) {
          this.#begin(bytes[from], length);
          from = start + length;
          this.#finish(copyOut(bytes, start, from));
          continue;
        }
      }
      if (this.#prefixFilled < MESSAGE_PREFIX) {
        this.#feedPrefix(bytes[from++]);
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
    if (this.#filled === this.#message.length) {
      const larger = new Uint8Array(Math.min(this.#length, this.#filled * 2));
      larger.set(this.#message);
      this.#message = larger;
    }
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
    if (this.#length === 0) return this.#finish(EMPTY);
    this.#message = this.#allocate(Math.min(this.#length, MAX_TRUSTED));
    this.#filled = 0;
  }

  #begin(flag: number, length: number): void {
    if (flag > 1) throw bad(`the flag before a message is ${flag}`);
    if (length > this.#limit) throw bad(`a message of ${length} octets, more than ${this.#limit}`);
    this.#flag = flag;
    this.#length = length;
  }

  #finish(message: Uint8Array): void {
    this.#prefixFilled = 0;
    this.#message = EMPTY;
    this.#emit(
      this.#flag === 1 ? decompress(message, this.#encoding, this.#limit) : message,
    );
  }
}

const EMPTY = new Uint8Array(0);

function bad(what: string): InferenceError {
  return new InferenceError("PROTOCOL", `gRPC: ${what}`);
}
