/**
 * Reading requests from one connection, one after the other.
 *
 * @module
 */
import { BodyBuffer } from "../../transport/body_buffer.ts";
import { ChunkedDecoder } from "../../transport/http1/chunked.ts";
import { findHeadEnd, latin1 } from "../../transport/http1/head.ts";
import { DEFAULT_LIMITS } from "../limits.ts";
import { credit } from "../credit.ts";
import { HttpRefusal } from "./message.ts";
import { parseRequestHead, type RequestHead } from "./request_head.ts";

/** What a connection costs at first, so that a thousand that say nothing cost little. */
const FIRST_BUFFER_BYTES = 8192;
const BUFFER_BYTES = 65_536;
const MAX_HEAD_BYTES = BUFFER_BYTES;
const CR = 0x0d;
const LF = 0x0a;
/** No method begins with what is before it: control characters and the blank. */
const EXCLAMATION_MARK = 0x21;
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
  readonly #maxBodyBytes: number;
  /** Bytes read and not used yet: from `#start` to `#end`. */
  #buffer = new Uint8Array(FIRST_BUFFER_BYTES);
  #start = 0;
  #end = 0;
  #isInside = false;
  #isHead = true;
  #lastRead = performance.now();

  /** @param maxBodyBytes the longest body that is read */
  constructor(source: RequestSource, maxBodyBytes: number = DEFAULT_LIMITS.maxBodyBytes) {
    this.#source = source;
    this.#maxBodyBytes = maxBodyBytes;
  }

  /** When bytes came last, by `performance.now()`. */
  get lastRead(): number {
    return this.#lastRead;
  }

  /** Whether some of a request has come, and not all of it. */
  get isInside(): boolean {
    return this.#isInside;
  }

  /** A request was answered: the wait for the next one begins. */
  rest(): void {
    this.#lastRead = performance.now();
    this.#isInside = false;
  }

  /**
   * The next head, or undefined when the client has ended the connection between two requests.
   *
   * @throws {HttpRefusal} for what is not a head
   */
  async head(): Promise<RequestHead | undefined> {
    let searched = 0;
    this.#isHead = true;
    for (;;) {
      this.#skipEmptyLines();
      // A TLS handshake has no line end that would have to be waited for.
      if (this.#start < this.#end && this.#buffer[this.#start]! < EXCLAMATION_MARK) {
        throw new HttpRefusal(400, "the request line is not one");
      }
      const from = this.#start + Math.max(0, searched - 3);
      const end = findHeadEnd(this.#buffer, from, this.#end);
      if (end >= 0) {
        const text = latin1(this.#buffer, this.#start, end);
        this.#start = end;
        this.#isHead = false;
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
   * Refuses a body that is too large, before any of it is read.
   *
   * @throws {HttpRefusal}
   */
  check({ contentLength }: RequestHead): void {
    this.#checkSize(contentLength);
  }

  /**
   * The body that goes with a head that was checked.
   *
   * @throws {HttpRefusal} for one whose chunks are none, or too many
   */
  async body({ contentLength, chunked }: RequestHead): Promise<Uint8Array> {
    if (chunked) return await this.#chunked();
    const have = Math.min(contentLength, this.#end - this.#start);
    if (have === contentLength) {
      if (have === 0) return NO_BODY;
      return this.#buffer.slice(this.#start, this.#start += have);
    }
    const granted = credit.take(contentLength);
    try {
      return granted === contentLength
        ? await this.#atOnce(contentLength, have)
        : await this.#growing(contentLength, have);
    } finally {
      credit.give(granted);
    }
  }

  async #atOnce(length: number, have: number): Promise<Uint8Array> {
    const body = new Uint8Array(length);
    body.set(this.#buffer.subarray(this.#start, this.#end));
    this.#start = this.#end;
    for (let at = have; at < length;) at += await this.#read(body.subarray(at));
    return body;
  }

  /** Memory grows as the bytes come: to say that many will costs a client nothing. */
  async #growing(length: number, have: number): Promise<Uint8Array> {
    const body = new BodyBuffer();
    body.push(this.#buffer.subarray(this.#start, this.#end));
    this.#start = this.#end;
    for (let left = length - have; left > 0;) {
      const room = body.room(Math.min(left, BUFFER_BYTES));
      const count = await this.#read(room.subarray(0, left));
      body.added(count);
      left -= count;
    }
    return body.take();
  }

  async #read(into: Uint8Array): Promise<number> {
    const count = await this.#source.read(into);
    if (count === null) throw new ConnectionEnded();
    this.#heard();
    return count;
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
      this.#checkSize(body.length);
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

  #heard(): void {
    // A head has its time as a whole: a client that sends an octet a minute is no better than a mute one.
    if (this.#isInside && this.#isHead) return;
    this.#isInside = true;
    this.#lastRead = performance.now();
  }

  #checkSize(bytes: number): void {
    if (bytes <= this.#maxBodyBytes) return;
    throw new HttpRefusal(413, `a body of ${bytes} bytes, more than ${this.#maxBodyBytes}`);
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
    if (this.#end === this.#buffer.length && this.#end < BUFFER_BYTES) this.#grow();
    this.#heard();
    return true;
  }

  #grow(): void {
    const larger = new Uint8Array(BUFFER_BYTES);
    larger.set(this.#buffer);
    this.#buffer = larger;
  }
}
