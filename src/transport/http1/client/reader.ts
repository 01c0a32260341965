/**
 * Reading answers from one connection, one after the other.
 *
 * @module
 */
import type { Address } from "../../../base/address.ts";
import { InferenceError } from "../../../base/errors.ts";
import { protocolError } from "../../errors.ts";
import type { CallTimes } from "../../types.ts";
import { BodyBuffer } from "../../body_buffer.ts";
import { ChunkedDecoder } from "../chunked.ts";
import { type AnswerProgress, brokenAnswer, brokeOff, notHttp, tooLarge } from "./errors.ts";
import { findHeadEnd, ResponseHead, startsLikeHttp1 } from "../head.ts";
import { DEFAULT_MAX_BODY_BYTES, DEFAULT_MAX_HEAD_BYTES, type ResponseLimits } from "./options.ts";
import { Http1Response } from "./response.ts";

const BUFFER_BYTES = 65_536;
/** Most that is made room for at once when the peer only claims that more will come. */
const ROOM_BYTES = 1 << 20;
/** Interim answers (1xx) that may come before the one that counts. */
const MAX_INTERIM = 100;
const NOTHING: AnswerProgress = { phase: "nothing" };
const NO_HEAD_YET: AnswerProgress = { phase: "head", bytes: 0 };
const NO_BODY = new Uint8Array(0);

const hasNoBody = (status: number) => status === 204 || status === 304;

/** The part of a connection that a reader needs. */
export interface ReadSource {
  /** Reads up to as many bytes as fit; resolves to how many, or null at the end. */
  read(into: Uint8Array): Promise<number | null>;
}

/** Reads the answers of one connection. */
export class ResponseReader {
  readonly #address: Address;
  readonly #source: ReadSource;
  readonly #maxHeadBytes: number;
  readonly #maxBodyBytes: number;
  /** Bytes read and not used yet: from `#start` to `#end`. Reused by every answer. */
  #buffer = new Uint8Array(BUFFER_BYTES);
  #start = 0;
  #end = 0;
  /** For large bodies that are only lent; made when the first one comes, and reused. */
  #lentBody = NO_BODY;
  #progress = NOTHING;
  #keepAlive = true;

  constructor(address: Address, source: ReadSource, limits: ResponseLimits = {}) {
    this.#address = address;
    this.#source = source;
    this.#maxHeadBytes = limits.maxHeadBytes ?? DEFAULT_MAX_HEAD_BYTES;
    this.#maxBodyBytes = limits.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES;
  }

  /** Whether no byte of the present answer has come. */
  get nothingCame(): boolean {
    return this.#progress === NOTHING;
  }

  /** Whether, after an answer, the connection is good for another one. */
  get keepAlive(): boolean {
    return this.#keepAlive && this.#start === this.#end;
  }

  /** Starts to read before an answer is due; {@linkcode accept} takes what comes. */
  readAhead(): Promise<number | null> {
    this.#progress = NOTHING;
    this.#start = this.#end = 0;
    return this.#source.read(this.#buffer);
  }

  /**
   * Takes the bytes of {@linkcode readAhead}: the first part of the next answer.
   *
   * @throws {InferenceError} CONNECTION when there are none, because the connection has ended
   */
  accept(count: number | null): void {
    this.#end = this.#count(count);
  }

  /**
   * The next answer if it is in the buffer, whole and plain; sets the receive times that are 0.
   *
   * @param isLent its bytes stay where they are, and are good until the next one is read
   * @returns undefined when {@linkcode read} has to be called for it
   * @throws {InferenceError} PROTOCOL for bad bytes
   */
  takeBuffered(times: CallTimes, isLent: boolean): Http1Response | undefined {
    times.receiveEnd = times.receiveStart ||= performance.now();
    this.#progress = { phase: "head", bytes: this.#end - this.#start };
    this.#checkStart();
    const end = findHeadEnd(this.#buffer, this.#start, this.#end);
    if (end < 0 || end - this.#start > this.#maxHeadBytes) return undefined;
    const start = this.#start;
    const head = this.#takeHead(end);
    const { contentLength: length, status } = head;
    if (length < 0 || length > this.#end - end || status < 200 || hasNoBody(status)) {
      this.#start = start;
      return undefined;
    }
    this.#keepAlive = head.keepAlive;
    return new Http1Response(head, this.#bufferedBody(head, length, isLent), times);
  }

  /**
   * Reads one answer; sets the receive times that are 0.
   *
   * @param isLent its bytes need only be good until the next one is read
   * @throws {InferenceError} CONNECTION when the connection ends before, PROTOCOL for bad bytes
   */
  async read(times: CallTimes, isLent = false): Promise<Http1Response> {
    if (this.#start === this.#end) this.#progress = NOTHING;
    try {
      let head = await this.#head(times);
      let interim = 0;
      while (head.status < 200) {
        if (head.status === 101) {
          throw protocolError(this.#address, "switched to another protocol, unasked");
        }
        if (++interim > MAX_INTERIM) throw protocolError(this.#address, "sends 1xx without end");
        this.#progress = NO_HEAD_YET;
        head = await this.#head(times);
      }
      this.#keepAlive = head.keepAlive;
      const body = await this.#body(head, isLent);
      times.receiveEnd = performance.now();
      return new Http1Response(head, body, times);
    } catch (error) {
      throw error instanceof InferenceError
        ? error
        : brokeOff(this.#address, this.#progress, error);
    }
  }

  /** The next head; its bytes stay in the buffer until {@linkcode #body} has copied them. */
  async #head(times: CallTimes): Promise<ResponseHead> {
    if (this.#start === this.#end) await this.#fill();
    times.receiveStart ||= performance.now();
    let searched = this.#start;
    for (;;) {
      this.#progress = { phase: "head", bytes: this.#end - this.#start };
      this.#checkStart();
      const end = findHeadEnd(this.#buffer, searched, this.#end);
      if (end >= 0 && end - this.#start <= this.#maxHeadBytes) return this.#takeHead(end);
      if (end >= 0 || this.#end - this.#start > this.#maxHeadBytes) {
        throw tooLarge(this.#address, "a longer head", this.#maxHeadBytes);
      }
      const searchedBytes = Math.max(0, this.#end - this.#start - 3);
      await this.#fill();
      searched = this.#start + searchedBytes;
    }
  }

  #checkStart(): void {
    const bytes = this.#buffer.subarray(this.#start, this.#end);
    if (!startsLikeHttp1(bytes)) throw notHttp(this.#address, bytes);
  }

  #takeHead(end: number): ResponseHead {
    try {
      const head = new ResponseHead(this.#buffer.subarray(this.#start, end));
      this.#start = end;
      return head;
    } catch (error) {
      throw brokenAnswer(this.#address, error as InferenceError);
    }
  }

  /** Reads on behind the bytes that are in the buffer. */
  async #fill(): Promise<void> {
    this.#makeRoom();
    const room = this.#end === 0 ? this.#buffer : this.#buffer.subarray(this.#end);
    this.#end += this.#count(await this.#source.read(room));
  }

  #count(read: number | null): number {
    if (read === null) throw brokeOff(this.#address, this.#progress);
    return read;
  }

  #makeRoom(): void {
    if (this.#start === this.#end) this.#start = this.#end = 0;
    else if (this.#end === this.#buffer.length) {
      const kept = this.#buffer.subarray(this.#start, this.#end);
      if (this.#start === 0) this.#buffer = new Uint8Array(2 * this.#buffer.length);
      this.#buffer.set(kept);
      this.#start = 0;
      this.#end = kept.length;
    }
  }

  /** Copies the head out of the buffer, then reads the body. */
  #body(head: ResponseHead, isLent: boolean): Uint8Array | Promise<Uint8Array> {
    const hasNone = hasNoBody(head.status);
    const length = hasNone ? 0 : head.contentLength;
    if (length >= 0 && !head.chunked && length <= this.#end - this.#start) {
      return this.#bufferedBody(head, length, isLent);
    }
    head.moveTo(head.bytes.slice());
    if (hasNone) return NO_BODY;
    if (head.chunked) return this.#chunkedBody();
    if (length >= 0) return this.#sizedBody(length, isLent);
    this.#keepAlive = false;
    return this.#bodyToEnd();
  }

  /** A body that has come together with its head: one copy holds both, the body aligned in front. */
  #bufferedBody(head: ResponseHead, length: number, isLent: boolean): Uint8Array {
    this.#checkSize(length);
    const inBuffer = this.#buffer.subarray(this.#start, this.#start += length);
    if (isLent) return inBuffer;
    const both = new Uint8Array(length + head.bytes.length);
    both.set(inBuffer);
    both.set(head.bytes, length);
    head.moveTo(both.subarray(length));
    return both.subarray(0, length);
  }

  async #sizedBody(length: number, isLent: boolean): Promise<Uint8Array> {
    this.#checkSize(length);
    const body = isLent ? this.#lend(length) : this.#allocate(length);
    let have = this.#end - this.#start;
    body.set(this.#buffer.subarray(this.#start, this.#end));
    this.#start = this.#end;
    while (have < length) {
      this.#progress = { phase: "body", bytes: have, of: length };
      have += this.#count(await this.#source.read(body.subarray(have)));
    }
    return body;
  }

  async #chunkedBody(): Promise<Uint8Array> {
    const body = new BodyBuffer();
    const decoder = new ChunkedDecoder();
    const onData = (start: number, end: number) => {
      body.push(this.#buffer.subarray(start, end));
    };
    for (;;) {
      try {
        this.#start = decoder.decode(this.#buffer, this.#start, this.#end, onData);
      } catch (error) {
        throw brokenAnswer(this.#address, error as InferenceError);
      }
      this.#checkSize(body.length);
      if (decoder.done) return body.take();
      this.#progress = { phase: "body", bytes: body.length };
      if (decoder.dataLeft < BUFFER_BYTES) {
        await this.#fill();
        continue;
      }
      const size = Math.min(decoder.dataLeft, ROOM_BYTES);
      this.#checkSize(body.length + size);
      const room = body.room(size).subarray(0, decoder.dataLeft);
      const count = this.#count(await this.#source.read(room));
      body.added(count);
      decoder.skipData(count);
    }
  }

  async #bodyToEnd(): Promise<Uint8Array> {
    const body = new BodyBuffer();
    body.push(this.#buffer.subarray(this.#start, this.#end));
    this.#start = this.#end;
    for (;;) {
      this.#checkSize(body.length);
      this.#progress = { phase: "body", bytes: body.length };
      const count = await this.#source.read(body.room(BUFFER_BYTES));
      if (count === null) return body.take();
      body.added(count);
    }
  }

  #checkSize(bytes: number): void {
    if (bytes > this.#maxBodyBytes) {
      throw tooLarge(this.#address, `a body of ${bytes} bytes or more`, this.#maxBodyBytes);
    }
  }

  /** New memory for every large answer would cost more than to read it. */
  #lend(length: number): Uint8Array {
    if (this.#lentBody.length < length) this.#lentBody = this.#allocate(length);
    return this.#lentBody.subarray(0, length);
  }

  #allocate(length: number): Uint8Array<ArrayBuffer> {
    try {
      return new Uint8Array(length);
    } catch (cause) {
      throw protocolError(
        this.#address,
        `sent an answer of ${length} bytes, more than there is memory for`,
        { cause },
      );
    }
  }
}
