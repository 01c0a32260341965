/**
 * The head of an HTTP/1.x answer: status line and headers (RFC 9112, sections 4 and 5), read in place
 * without a map or strings; what is not asked for is never decoded.
 *
 * @module
 */
import { listMembers } from "../../base/text.ts";
import { InferenceError } from "../../base/errors.ts";

const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const ZERO = 0x30;
const COLON = 0x3a;

/** 1 for every byte that a header name may have (RFC 9110, 5.6.2). */
const IS_TOKEN = new Uint8Array(256);
for (
  const char of "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
) {
  IS_TOKEN[char.charCodeAt(0)] = 1;
}

/** 1 for every byte that a header's value may have (RFC 9110, 5.5). */
const IS_VALUE = new Uint8Array(256).fill(1, SPACE);
IS_VALUE[TAB] = 1;

/** Bytes as text, one character a byte (ISO 8859-1, as HTTP has it). */
export function latin1(bytes: Uint8Array, start: number, end: number): string {
  let text = "";
  for (let at = start; at < end; at += 4096) {
    text += String.fromCharCode.apply(
      null,
      bytes.subarray(at, Math.min(at + 4096, end)) as unknown as number[],
    );
  }
  return text;
}

/** Bytes from a peer as they may be shown to a person. */
export function printable(bytes: Uint8Array, limit = 40): string {
  const text = JSON.stringify(latin1(bytes, 0, Math.min(bytes.length, limit)));
  return bytes.length > limit ? `${text}...` : text;
}

/**
 * Looks for the end of a head.
 *
 * @param from where to start; when called again with more bytes, three before the former `end`
 * @param end number of valid bytes
 * @returns the offset after the empty line, or -1 when it has not come yet
 */
export function findHeadEnd(bytes: Uint8Array, from: number, end: number): number {
  // A loop of our own: indexOf would search on behind the valid bytes.
  for (let at = from; at < end; at++) {
    if (bytes[at] !== LF) continue;
    const next = at + 1;
    if (next < end && bytes[next] === LF) return next + 1;
    if (next + 1 < end && bytes[next] === CR && bytes[next + 1] === LF) return next + 2;
  }
  return -1;
}

/** A whole head. */
export class ResponseHead {
  /** 200 and the like. */
  readonly status: number;
  /** -1 when the answer does not say. */
  readonly contentLength: number;
  readonly chunked: boolean;
  /** Whether the connection can take another request after this answer. */
  readonly keepAlive: boolean;
  #bytes: Uint8Array;
  /** Offset of the reason phrase, and of the first header line. */
  readonly #reason: number;
  readonly #headers: number;

  /**
   * @param bytes the head with its empty line; kept, so it must not change before {@linkcode moveTo}
   * @throws {InferenceError} PROTOCOL; the message says what is wrong, the caller knows with whom
   */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#headers = bytes.indexOf(LF) + 1;
    const minor = bytes[7]! - ZERO;
    this.status = (bytes[9]! - ZERO) * 100 + (bytes[10]! - ZERO) * 10 + bytes[11]! - ZERO;
    this.#reason = bytes[12] === SPACE ? 13 : 12;
    if (!isStatusLine(bytes, this.#headers)) {
      throw broken(`its status line is ${printable(this.#line(0))}`);
    }
    let contentLength = -1;
    let coding = "";
    let connection = "";
    for (let at = this.#headers; !isEmptyLine(bytes, at);) {
      const colon = nameEnd(bytes, at);
      if (colon === at || bytes[colon] !== COLON) {
        throw broken(`a header line is ${printable(this.#line(at))}`);
      }
      const next = valueEnd(bytes, colon + 1);
      if (next === 0) throw broken(`a header line is ${printable(this.#line(at))}`);
      if (isName(bytes, at, colon, "content-length")) {
        const length = lengthOf(bytes, colon + 1, next);
        if (contentLength >= 0 && length !== contentLength) {
          throw broken(`its Content-Length is ${contentLength} and ${length}`);
        }
        contentLength = length;
      } else if (isName(bytes, at, colon, "transfer-encoding")) {
        coding = append(coding, value(bytes, colon + 1, next));
      } else if (isName(bytes, at, colon, "connection")) {
        connection = append(connection, value(bytes, colon + 1, next));
      }
      at = next;
    }
    this.chunked = isChunked(coding);
    this.contentLength = this.chunked ? -1 : contentLength;
    const options = listMembers(connection.toLowerCase());
    const persistent = minor === 0 ? options.includes("keep-alive") : !options.includes("close");
    // An answer with both a length and chunks may be somebody's attack (RFC 9112, 6.3).
    // HTTP/1.0 knows no chunks: somebody in between may have seen another end.
    this.keepAlive = persistent && !(this.chunked && (contentLength >= 0 || minor === 0));
  }

  /** The bytes that the head was made from. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  /** From now on the head reads from this copy of its bytes. */
  moveTo(copy: Uint8Array): void {
    this.#bytes = copy;
  }

  /** The reason phrase, as in `200 OK`; often empty. */
  get statusText(): string {
    return value(this.#bytes, this.#reason, this.#headers);
  }

  /** Value of a header, name in lower case; repeated ones joined by ", ". */
  header(lowerCaseName: string): string | undefined {
    const bytes = this.#bytes;
    let found: string | undefined;
    for (let at = this.#headers; !isEmptyLine(bytes, at);) {
      const colon = bytes.indexOf(COLON, at);
      const next = bytes.indexOf(LF, colon) + 1;
      if (isName(bytes, at, colon, lowerCaseName)) {
        const text = value(bytes, colon + 1, next);
        found = found === undefined ? text : `${found}, ${text}`;
      }
      at = next;
    }
    return found;
  }

  #line(start: number): Uint8Array {
    const end = this.#bytes.indexOf(LF, start);
    return this.#bytes.subarray(start, this.#bytes[end - 1] === CR ? end - 1 : end);
  }
}

function broken(what: string): InferenceError {
  return new InferenceError("PROTOCOL", what);
}

function isStatusLine(bytes: Uint8Array, end: number): boolean {
  // HTTP/1.x and three digits, then the end or a space; shorter lines have their LF among them.
  if (end < 13 || !startsLikeHttp1(bytes) || bytes[8] !== SPACE) return false;
  for (const at of [7, 9, 10, 11]) if (!isDigit(bytes[at]!)) return false;
  return bytes[9] !== ZERO && (bytes[12] === SPACE || bytes[12] === CR || bytes[12] === LF);
}

const isDigit = (byte: number) => byte >= ZERO && byte <= ZERO + 9;

const HTTP1 = [0x48, 0x54, 0x54, 0x50, 0x2f, 0x31, 0x2e];

/** Whether the first bytes, as many as there are, can be those of `HTTP/1.`. */
export function startsLikeHttp1(bytes: Uint8Array): boolean {
  const count = Math.min(bytes.length, HTTP1.length);
  for (let i = 0; i < count; i++) if (bytes[i] !== HTTP1[i]) return false;
  return true;
}

function isEmptyLine(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === LF || (bytes[at] === CR && bytes[at + 1] === LF);
}

function nameEnd(bytes: Uint8Array, start: number): number {
  let at = start;
  while (IS_TOKEN[bytes[at]!] === 1) at++;
  return at;
}

/** The offset behind the value's line; 0 when a character is in it that no value may have. */
function valueEnd(bytes: Uint8Array, start: number): number {
  let at = start;
  while (IS_VALUE[bytes[at]!] === 1) at++;
  if (bytes[at] === CR) at++;
  return bytes[at] === LF ? at + 1 : 0;
}

function isName(bytes: Uint8Array, start: number, end: number, name: string): boolean {
  if (end - start !== name.length) return false;
  for (let i = 0; i < name.length; i++) {
    const byte = bytes[start + i];
    const lower = byte! >= 0x41 && byte! <= 0x5a ? byte! | 0x20 : byte;
    if (lower !== name.charCodeAt(i)) return false;
  }
  return true;
}

/** The text between the colon and the end of its line, without white space around it. */
function value(bytes: Uint8Array, start: number, lineEnd: number): string {
  let end = lineEnd - 1;
  if (bytes[end - 1] === CR) end--;
  while (start < end && (bytes[start] === SPACE || bytes[start] === TAB)) start++;
  while (end > start && (bytes[end - 1] === SPACE || bytes[end - 1] === TAB)) end--;
  return latin1(bytes, start, end);
}

const append = (list: string, text: string) => list === "" ? text : `${list},${text}`;

/** The value of one Content-Length line; a list is fine as long as its members agree. */
function lengthOf(bytes: Uint8Array, start: number, lineEnd: number): number {
  let at = start;
  while (bytes[at] === SPACE) at++;
  let length = 0;
  for (const first = at;; at++) {
    const byte = bytes[at];
    if (isDigit(byte!) && length < 1e14) length = length * 10 + byte! - ZERO;
    else if (at > first && (byte === CR || byte === LF)) return length;
    else break;
  }
  const text = value(bytes, start, lineEnd);
  const members = new Set(text.split(",").map((member) => member.trim()));
  const [member] = members;
  length = Number(member);
  if (members.size !== 1 || !/^\d+$/.test(member!) || !Number.isSafeInteger(length)) {
    throw broken(`its Content-Length is ${JSON.stringify(text)}`);
  }
  return length;
}

function isChunked(coding: string): boolean {
  if (coding === "") return false;
  const codings = coding.toLowerCase().split(",").map((name) => name.trim())
    .filter((name) => name !== "" && name !== "identity");
  if (codings.length === 0) return false;
  if (codings.length === 1 && codings[0] === "chunked") return true;
  throw broken(`its Transfer-Encoding is ${JSON.stringify(coding)}, only chunked is understood`);
}
