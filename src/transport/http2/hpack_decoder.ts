/**
 * HPACK decoding, RFC 7541, of one connection: complete, and bounded in time and memory.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import type { Header } from "../types.ts";
import { huffmanDecode } from "./huffman.ts";
import { DEFAULT_TABLE_SIZE, entrySize, STATIC_TABLE } from "./static_table.ts";

/** Most octets of a decoded header list, counted as RFC 9113 section 6.5.2 does. */
export const MAX_HEADER_LIST = 256 * 1024;

/** Reads the header blocks of one connection, in the order they came. */
export class HpackDecoder {
  // Newest last; `#first` entries at the front are evicted and wait for a compaction.
  #entries: (Header | undefined)[] = [];
  #first = 0;
  #size = 0;
  #limit = DEFAULT_TABLE_SIZE;
  #version = 0;

  #bytes: Uint8Array = new Uint8Array(0);
  #at = 0;
  #end = 0;

  /** Changes whenever the dynamic table does: the same bytes mean the same until then. */
  get version(): number {
    return this.#version;
  }

  /** Octets in the dynamic table. */
  get tableSize(): number {
    return this.#size;
  }

  /**
   * Decodes the block `bytes[from, to)`.
   *
   * @throws {InferenceError} PROTOCOL; the connection can't be used any more
   */
  decode(bytes: Uint8Array, from: number, to: number): Header[] {
    this.#bytes = bytes;
    this.#at = from;
    this.#end = to;
    const headers: Header[] = [];
    let listSize = 0;
    while (this.#at < to) {
      const octet = bytes[this.#at];
      if ((octet! & 0xe0) === 0x20) {
        if (headers.length > 0) throw malformed("a table size update after a header");
        this.#resize(this.#integer(5));
        continue;
      }
      const header = octet! & 0x80
        ? this.#entry(this.#integer(7))
        : octet! & 0x40
        ? this.#insert(this.#literal(6))
        : this.#literal(4);
      listSize += entrySize(header[0], header[1]);
      if (listSize > MAX_HEADER_LIST) {
        throw malformed(`a header list of more than ${MAX_HEADER_LIST} octets`);
      }
      headers.push(header);
    }
    return headers;
  }

  #integer(prefixBits: number): number {
    const max = (1 << prefixBits) - 1;
    let value = this.#octet() & max;
    if (value < max) return value;
    for (let shift = 0; shift <= 21; shift += 7) {
      const octet = this.#octet();
      value += (octet & 0x7f) << shift;
      if (octet < 0x80) return value;
    }
    throw malformed("a number that is too large");
  }

  #octet(): number {
    if (this.#at >= this.#end) throw malformed("a header block that ends too early");
    return this.#bytes[this.#at++]!;
  }

  #string(): string {
    const huffman = (this.#bytes[this.#at]! & 0x80) !== 0;
    const length = this.#integer(7);
    const from = this.#at;
    if (length > this.#end - from) throw malformed("a string that is longer than its block");
    this.#at += length;
    if (huffman) {
      const text = huffmanDecode(this.#bytes, from, this.#at);
      if (text === undefined) throw malformed("a string that is not Huffman code");
      return text;
    }
    let text = "";
    for (let at = from; at < this.#at; at++) text += String.fromCharCode(this.#bytes[at]!);
    return text;
  }

  #literal(prefixBits: number): Header {
    const index = this.#integer(prefixBits);
    const name = index === 0 ? this.#string() : this.#entry(index)[0];
    return [name, this.#string()];
  }

  #entry(index: number): Header {
    const header = index <= STATIC_TABLE.length
      ? STATIC_TABLE[index - 1]
      : index - STATIC_TABLE.length <= this.#entries.length - this.#first
      ? this.#entries[this.#entries.length - (index - STATIC_TABLE.length)]
      : undefined;
    if (header === undefined) {
      throw malformed(`the header index ${index}, which is not in the table`);
    }
    return header;
  }

  #insert(header: Header): Header {
    this.#version++;
    const size = entrySize(header[0], header[1]);
    this.#evict(this.#limit - size);
    if (size <= this.#limit) {
      this.#entries.push(header);
      this.#size += size;
    }
    return header;
  }

  #resize(limit: number): void {
    if (limit > DEFAULT_TABLE_SIZE) throw malformed(`a header table of ${limit} octets`);
    this.#version++;
    this.#limit = limit;
    this.#evict(limit);
  }

  #evict(room: number): void {
    while (this.#size > 0 && this.#size > room) {
      const [name, value] = this.#entries[this.#first]!;
      this.#entries[this.#first++] = undefined;
      this.#size -= entrySize(name, value);
    }
    if (this.#first > 32 && this.#first * 2 > this.#entries.length) {
      this.#entries.splice(0, this.#first);
      this.#first = 0;
    }
  }
}

function malformed(what: string): InferenceError {
  return new InferenceError("PROTOCOL", `HPACK: ${what}`);
}
