/**
 * HPACK encoding, RFC 7541, as far as a client with few and constant headers needs it: headers enter
 * the dynamic table until it is full, nothing is ever evicted but on the peer's demand, and strings
 * go out plain, since each is sent once.
 *
 * @module
 */
import type { Header } from "../types.ts";
import { DEFAULT_TABLE_SIZE, entrySize, STATIC_TABLE } from "./static_table.ts";

const STATIC_INDEX = new Map<string, number>();
STATIC_TABLE.forEach(([name, value], i) => {
  if (!STATIC_INDEX.has(name)) STATIC_INDEX.set(name, i + 1);
  if (value !== "") STATIC_INDEX.set(`${name}\0${value}`, i + 1);
});

/** Writes the header blocks of one connection, in the order they are sent. */
export class HpackEncoder {
  // Keys in the order of insertion; an entry's number never changes, its index does.
  readonly #numbers = new Map<string, number>();
  #inserted = 0;
  #size = 0;
  #limit = DEFAULT_TABLE_SIZE;
  #announced = DEFAULT_TABLE_SIZE;
  #lowest = DEFAULT_TABLE_SIZE;
  #version = 0;

  /** Changes whenever the dynamic table does: a block made in the same version can be sent again. */
  get version(): number {
    return this.#version;
  }

  /** Applies the peer's SETTINGS_HEADER_TABLE_SIZE. */
  setPeerLimit(octets: number): void {
    this.#limit = Math.min(octets, DEFAULT_TABLE_SIZE);
    this.#lowest = Math.min(this.#lowest, this.#limit);
    for (const key of this.#numbers.keys()) {
      if (this.#size <= this.#limit) break;
      this.#numbers.delete(key);
      this.#size -= key.length - 1 + 32;
    }
    this.#version++;
  }

  /** The block for `headers`; names in lower case, one character an octet. */
  encode(headers: readonly Header[]): Uint8Array {
    const out: number[] = [];
    if (this.#lowest < this.#limit) putInteger(out, 0x20, 5, this.#lowest);
    if (this.#lowest < this.#announced || this.#limit !== this.#announced) {
      putInteger(out, 0x20, 5, this.#limit);
      this.#version++;
    }
    this.#announced = this.#lowest = this.#limit;
    for (const [name, value] of headers) this.#header(out, name, value);
    return Uint8Array.from(out);
  }

  #header(out: number[], name: string, value: string): void {
    const key = `${name}\0${value}`;
    const number = this.#numbers.get(key);
    const index = STATIC_INDEX.get(key) ??
      (number === undefined ? undefined : STATIC_TABLE.length + this.#inserted - number);
    if (index !== undefined) return putInteger(out, 0x80, 7, index);
    const nameIndex = STATIC_INDEX.get(name) ?? 0;
    const size = entrySize(name, value);
    if (this.#size + size <= this.#limit) {
      putInteger(out, 0x40, 6, nameIndex);
      this.#numbers.set(key, this.#inserted++);
      this.#size += size;
      this.#version++;
    } else {
      putInteger(out, 0, 4, nameIndex);
    }
    if (nameIndex === 0) putString(out, name);
    putString(out, value);
  }
}

function putInteger(out: number[], pattern: number, prefixBits: number, value: number): void {
  const max = (1 << prefixBits) - 1;
  if (value < max) {
    out.push(pattern | value);
    return;
  }
  out.push(pattern | max);
  for (value -= max; value >= 0x80; value >>>= 7) out.push(value & 0x7f | 0x80);
  out.push(value);
}

function putString(out: number[], text: string): void {
  putInteger(out, 0, 7, text.length);
  for (let i = 0; i < text.length; i++) out.push(text.charCodeAt(i));
}
