/**
 * The head of an HTTP/1.x request (RFC 9112, sections 3, 5 and 6).
 *
 * @module
 */
import { listMembers, trimBlanks } from "../../base/text.ts";
import { HttpRefusal } from "./message.ts";

/** What a head says. */
export interface RequestHead {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  /** Names in lower case; repeated ones joined by ", ". */
  readonly headers: ReadonlyMap<string, string>;
  /** Bytes of the body; 0 when it is chunked. */
  readonly contentLength: number;
  readonly chunked: boolean;
  /** Whether the client wants to send another request after this one. */
  readonly keepAlive: boolean;
  /** HTTP/1.0, whose clients are told when the connection is kept. */
  readonly isHttp10: boolean;
  /** Whether the client waits for `100 Continue` before it sends the body. */
  readonly expectsContinue: boolean;
}

const REQUEST_LINE = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+) ([\x21-\x7e\x80-\xff]+) HTTP\/(\d)\.(\d)$/;
const FIELD_LINE = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):([\t\x20-\x7e\x80-\xff]*)$/;

/**
 * Reads a head.
 *
 * @param text all of it, a character a byte, with or without the empty line
 * @throws {HttpRefusal} 400, 501 or 505
 */
export function parseRequestHead(text: string): RequestHead {
  // A lone line feed ends a line for one reader and not for the next: a proxy could be deceived.
  const [first, ...lines] = text.split("\r\n").filter((line) => line !== "");
  const line = REQUEST_LINE.exec(first!);
  if (line === null) throw new HttpRefusal(400, "the request line is not one");
  const [, method, target, major, minor] = line;
  if (major !== "1") throw new HttpRefusal(505, `HTTP/${major}.${minor}`);
  const headers = readFields(lines);
  const chunked = isChunked(headers.get("transfer-encoding"));
  const length = headers.get("content-length");
  const isHttp10 = minor === "0";
  if (chunked && isHttp10) throw new HttpRefusal(400, "chunks from an HTTP/1.0 client");
  if (!isHttp10 && !headers.has("host")) throw new HttpRefusal(400, "no Host header");
  // Two ends of the body, or two opinions of its length, may be somebody's attack.
  if (chunked && length !== undefined) throw new HttpRefusal(400, "a length and chunks");
  const options = listMembers(headers.get("connection")?.toLowerCase() ?? "");
  return {
    method: method!,
    ...splitTarget(target!),
    headers,
    contentLength: length === undefined ? 0 : readLength(length),
    chunked,
    keepAlive: isHttp10 ? options.includes("keep-alive") : !options.includes("close"),
    isHttp10,
    expectsContinue: !isHttp10 && headers.get("expect")?.toLowerCase() === "100-continue",
  };
}

function readFields(lines: readonly string[]): Map<string, string> {
  const headers = new Map<string, string>();
  for (const line of lines) {
    const field = FIELD_LINE.exec(line);
    if (field === null) throw new HttpRefusal(400, "a header line is not one");
    const name = field[1]!.toLowerCase();
    const before = headers.get(name);
    if (name === "host" && before !== undefined) throw new HttpRefusal(400, "two Host headers");
    const value = trimBlanks(field[2]!);
    headers.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return headers;
}

function splitTarget(target: string): { path: string; query: string } {
  // A proxy's form, http://host/path, names the host again.
  const rest = target.startsWith("/") ? target : target.replace(/^https?:\/\/[^/?]*/i, "");
  const question = rest.indexOf("?");
  if (question < 0) return { path: rest, query: "" };
  return { path: rest.slice(0, question), query: rest.slice(question + 1) };
}

function isChunked(coding: string | undefined): boolean {
  if (coding === undefined) return false;
  if (coding.toLowerCase() === "chunked") return true;
  throw new HttpRefusal(501, `Transfer-Encoding ${coding}`);
}

function readLength(text: string): number {
  const [first, ...others] = listMembers(text);
  const length = Number(first);
  if (!/^\d+$/.test(first!) || others.some((other) => other !== first)) {
    throw new HttpRefusal(400, "Content-Length is not a number");
  }
  if (!Number.isSafeInteger(length)) throw new HttpRefusal(413, `a body of ${first} bytes`);
  return length;
}
