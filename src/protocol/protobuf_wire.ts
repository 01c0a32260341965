/**
 * Reading and writing the protobuf wire format by hand, for the few messages on the hot path: no
 * objects a field, tensor bytes as views. Everything else goes through the generated code.
 *
 * @module
 */
import { InferenceError } from "../base/errors.ts";

const utf8Encoder = new TextEncoder();
const utf8Decoder = new TextDecoder();

/** Wire types. */
export const VARINT = 0;
export const FIXED64 = 1;
export const LENGTH_DELIMITED = 2;
export const FIXED32 = 5;

/** Writes fields into a growing buffer. */
export class WireWriter {
  #buffer: Uint8Array<ArrayBuffer>;
  #length = 0;

  constructor(sizeHint = 256) {
    this.#buffer = new Uint8Array(sizeHint);
  }

  /** An unsigned or two's complement 64-bit field; 0 is the default and left out. */
  int64(field: number, value: bigint): this {
    if (value === 0n) return this;
    this.#tag(field, VARINT);
    let rest = BigInt.asUintN(64, value);
    this.#reserve(10);
    while (rest > 0x7fn) {
      this.#buffer[this.#length++] = Number(rest & 0x7fn) | 0x80;
      rest >>= 7n;
    }
    this.#buffer[this.#length++] = Number(rest);
    return this;
  }

  /** An unsigned 32-bit field, an enum or a bool; 0 is the default and left out. */
  uint32(field: number, value: number): this {
    if (value === 0) return this;
    this.#tag(field, VARINT);
    this.#varint(value);
    return this;
  }

  /** A string field; empty is the default and left out. */
  string(field: number, value: string): this {
    return value === "" ? this : this.bytes(field, utf8Encoder.encode(value));
  }

  /** A length-delimited field, written even when empty. */
  bytes(field: number, value: Uint8Array): this {
    return this.pieces(field, [value]);
  }

  /** A length-delimited field whose value is several pieces one after the other. */
  pieces(field: number, pieces: readonly Uint8Array[]): this {
    this.#tag(field, LENGTH_DELIMITED);
    let length = 0;
    for (const piece of pieces) length += piece.byteLength;
    this.#varint(length);
    this.#reserve(length);
    for (const piece of pieces) {
      this.#buffer.set(piece, this.#length);
      this.#length += piece.byteLength;
    }
    return this;
  }

  /** A message field. */
  message(field: number, write: (writer: WireWriter) => void): this {
    const inner = new WireWriter(64);
    write(inner);
    return this.bytes(field, inner.finish());
  }

  /** Packed 64-bit integers. */
  packedInt64(field: number, values: readonly number[]): this {
    if (values.length === 0) return this;
    const inner = new WireWriter(values.length * 3);
    for (const value of values) inner.#varint(value);
    return this.bytes(field, inner.finish());
  }

  /** The bytes written so far, as a view of the buffer. */
  finish(): Uint8Array<ArrayBuffer> {
    return this.#buffer.subarray(0, this.#length);
  }

  #tag(field: number, type: number): void {
    this.#varint(field << 3 | type);
  }

  #varint(value: number): void {
    this.#reserve(10);
    let rest = value;
    while (rest > 0x7f) {
      this.#buffer[this.#length++] = (rest % 128) | 0x80;
      rest = Math.floor(rest / 128);
    }
    this.#buffer[this.#length++] = rest;
  }

  #reserve(count: number): void {
    const needed = this.#length + count;
    if (needed <= this.#buffer.byteLength) return;
    const grown = new Uint8Array(Math.max(needed, this.#buffer.byteLength * 2));
    grown.set(this.#buffer.subarray(0, this.#length));
    this.#buffer = grown;
  }
}

/** Walks over the fields of a message: `while (reader.next()) switch (reader.field) ...`. */
export class WireReader {
  /** Number of the current field. */
  field = 0;
  /** Wire type of the current field. */
  type = 0;
  readonly #bytes: Uint8Array;
  #position = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Whether nothing is left: the end of a packed list. */
  get done(): boolean {
    return this.#position >= this.#bytes.byteLength;
  }

  /** Goes to the next field; false at the end. @throws {InferenceError} PROTOCOL on bad bytes */
  next(): boolean {
    if (this.#position >= this.#bytes.byteLength) return false;
    const tag = this.varint();
    this.field = tag >>> 3;
    this.type = tag & 7;
    if (tag > 0xffff_ffff) throw malformed("a tag is too long");
    if (this.field === 0) throw malformed("field number 0");
    return true;
  }

  /** The current field as a number; bits above 2^53 are lost. */
  varint(): number {
    let value = 0;
    let scale = 1;
    for (let i = 0; i < 10; i++) {
      const byte = this.#bytes[this.#position++];
      if (byte === undefined) throw malformed("a number is cut short");
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 128;
    }
    throw malformed("a number is too long");
  }

  /** The current length-delimited field as a packed list of values of a wire type, to be read to its end. */
  packed(type: number): WireReader {
    const items = new WireReader(this.bytes());
    items.field = this.field;
    items.type = type;
    return items;
  }

  /** The current field as an unsigned 64-bit integer. */
  uint64(): bigint {
    // Most are small, and numbers are several times faster than bigints.
    let small = 0;
    let scale = 1;
    for (let i = 0; i < 7; i++) {
      const byte = this.#bytes[this.#position++];
      if (byte === undefined) throw malformed("a number is cut short");
      small += (byte & 0x7f) * scale;
      if (byte < 0x80) return BigInt(small);
      scale *= 128;
    }
    let value = BigInt(small);
    for (let shift = 49n; shift < 70n; shift += 7n) {
      const byte = this.#bytes[this.#position++];
      if (byte === undefined) throw malformed("a number is cut short");
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw malformed("a number is too long");
  }

  /** The current length-delimited field, as a view. */
  bytes(): Uint8Array {
    if (this.type !== LENGTH_DELIMITED) throw malformed(`field ${this.field} has a wrong type`);
    const length = this.varint();
    const end = this.#position + length;
    if (end > this.#bytes.byteLength) {
      throw malformed(`field ${this.field} claims ${length} bytes and has fewer`);
    }
    const view = this.#bytes.subarray(this.#position, end);
    this.#position = end;
    return view;
  }

  /** The current length-delimited field as text. */
  string(): string {
    return utf8Decoder.decode(this.bytes());
  }

  /** The current fixed-size field, as a view of `count` little-endian bytes. */
  fixed(count: 4 | 8): Uint8Array {
    if (this.type !== (count === 4 ? FIXED32 : FIXED64)) {
      throw malformed(`field ${this.field} has a wrong type`);
    }
    const start = this.#position;
    this.#advance(count);
    return this.#bytes.subarray(start, this.#position);
  }

  /** Passes over the current field. */
  skip(): void {
    if (this.type === VARINT) this.varint();
    else if (this.type === LENGTH_DELIMITED) this.bytes();
    else if (this.type === FIXED64) this.#advance(8);
    else if (this.type === FIXED32) this.#advance(4);
    else throw malformed(`wire type ${this.type} of field ${this.field}`);
  }

  #advance(count: number): void {
    this.#position += count;
    if (this.#position > this.#bytes.byteLength) {
      throw malformed(`field ${this.field} is cut short`);
    }
  }
}

function malformed(why: string): InferenceError {
  return new InferenceError("PROTOCOL", `Cannot read the server's protobuf message: ${why}`);
}
