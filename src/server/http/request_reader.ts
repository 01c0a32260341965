/**
 * Reading requests from one connection, one after the other.
 *
 * @module
 */
import { BodyBuffer } from "../../transport/http1/body_buffer.ts";
import { ChunkedDecoder } from "../../transport/http1/chunked.ts";
import { findHeadEnd, latin1 } from "../../transport/http1/head.ts";
import { HttpRefusal } from "./message.ts";
import { parseRequestHead, type RequestHead } from "./request_head.ts";

const BUFFER_BYTES = 65_536;
const MAX_HEAD_BYTES = BUFFER_BYTES;
const MAX_BODY_BYTES = 2 ** 31 - 1;
/** Most memory that is taken because a client says that so much will come. */
const MAX_TRUSTED_BYTES = 64 * 2 ** 20;
const CR = 0x0d;
const LF = 0x0a;
const NO_BODY = new Uint8Array(0);

/** The part of a connection that a reader needs. */
export interface RequestSource {
  /** Reads up to as many bytes as fit; resolves to how many, or null at the end. */
  read(into: Uint8Array): Promise<number | null>;
}

/** The connection ended in the middle of a request. */
export class ConnectionEnded extends Error {}

/** Reads the requests of one connection. */
export class RequestReader {
  readonly #source: RequestSource;
  /** Bytes read and not used yet: from `#start` to `#end`. */
  readonly #buffer = new Uint8Array(BUFFER_BYTES);
  #start = 0;
  #end = 0;

  constructor(source: RequestSource) {
    this.#source = source;
  }

  /**
   * The next head, or undefined when the client has ended the connection between two requests.
   *
   * @throws {HttpRefusal} for what is no head
   */
  async head(): Promise<RequestHead | undefined> {
    let searched = 0;
    for (;;) {
      this.#skipEmptyLines();
      const from = this.#start + Math.max(0, searched - 3);
      const end = findHeadEnd(this.#buffer, from, this.#end);
      if (end >= 0) {
        const text = latin1(this.#buffer, this.#start, end);
        this.#start = end;
        return parseRequestHead(text);
      }
      searched = this.#end - this.#start;
      if (searched >= MAX_HEAD_BYTES) throw new HttpRefusal(431, "the head is too long");
      if (!await this.#fill()) {
        if (searched === 0) return undefined;
        throw new ConnectionEnded();
      }
    }
  }

  /**
   * The body that goes with a head.
   *
   * @throws {HttpRefusal} for one that is too large or whose chunks are none
   */
  async body({ contentLength, chunked }: RequestHead): Promise<Uint8Array> {
    if (chunked) return await this.#chunked();
    checkSize(contentLength);
    const have = Math.min(contentLength, this.#end - this.#start);
    if (have === contentLength) {
      if (have === 0) return NO_BODY;
      return this.#buffer.slice(this.#start, this.#start += have);
    }
    const body = new BodyBuffer();
    body.room(Math.min(contentLength, MAX_TRUSTED_BYTES));
    body.push(this.#buffer.subarray(this.#start, this.#end));
    this.#start = this.#end;
    for (let left = contentLength - have; left > 0;) {
      const room = body.room(Math.min(left, BUFFER_BYTES));
      const count = await this.#source.read(room.subarray(0, left));
      if (count === null) throw new ConnectionEnded();
      body.added(count);
      left -= count;
    }
    return body.take();
  }

  async #chunked(): Promise<Uint8Array> {
    const body = new BodyBuffer();
    const decoder = new ChunkedDecoder();
    const onData = (start: number, end: number) => body.push(this.#buffer.subarray(start, end));
    for (;;) {
      try {
        this.#start = decoder.decode(this.#buffer, this.#start, this.#end, onData);
      } catch (error) {
        throw new HttpRefusal(400, (error as Error).message);
      }
      checkSize(body.length);
      if (decoder.done) return body.take();
      if (!await this.#fill()) throw new ConnectionEnded();
    }
  }

  /** Servers are asked to read over empty lines before a request (RFC 9112, 2.2). */
  #skipEmptyLines(): void {
    while (this.#start < this.#end) {
      const byte = this.#buffer[this.#start];
      if (byte !== CR && byte !== LF) return;
      this.#start++;
    }
  }

  /** Reads on behind the bytes that are in the buffer; false at the end of the connection. */
  async #fill(): Promise<boolean> {
    if (this.#start === this.#end) this.#start = this.#end = 0;
    else if (this.#end === this.#buffer.length) {
      this.#buffer.copyWithin(0, this.#start, this.#end);
      this.#end -= this.#start;
      this.#start = 0;
    }
    const count = await this.#source.read(this.#buffer.subarray(this.#end));
    if (count === null) return false;
    this.#end += count;
    return true;
  }
}

function checkSize(bytes: number): void {
  if (bytes > MAX_BODY_BYTES) throw new HttpRefusal(413, `a body of ${bytes} bytes`);
}
