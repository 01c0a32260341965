/**
 * The head of an HTTP/1.1 request as bytes.
 *
 * @module
 */
import { InferenceError } from "../../../base/errors.ts";
import type { HttpRequest } from "../../types.ts";

const NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
// A line break would start another header, NUL ends the line for some servers; the other control
// characters are not allowed either (RFC 9110, 5.5).
// deno-lint-ignore no-control-regex
const FORBIDDEN_IN_VALUE = /[\x00-\x08\x0a-\x1f\x7f]/;
const PATH = /^\/[\x21-\x7e]*$/;
// Both say where the body ends, which is the transport's to know.
const RESERVED = new Set(["content-length", "transfer-encoding"]);

const utf8 = new TextEncoder();

/**
 * The head: request line, Host, the headers in their order, Content-Length, empty line. A `Host`
 * among the headers takes the place of the authority.
 *
 * @param bodyLength bytes of the body; undefined for no body
 * @throws {InferenceError} INVALID_ARG when the path or a header can't be sent
 */
export function requestHead(
  authority: string,
  request: HttpRequest,
  bodyLength: number | undefined,
): Uint8Array {
  const { method, path, headers } = request;
  if (!PATH.test(path)) {
    throw invalid(`the path ${JSON.stringify(path)}`, "is not a slash and printable ASCII", {
      hint: "percent-encode other characters",
    });
  }
  let host = authority;
  let lines = "";
  for (const [name, value] of headers) {
    const lower = name.toLowerCase();
    if (!NAME.test(name)) throw invalid(`the header ${JSON.stringify(name)}`, "is not a name");
    if (RESERVED.has(lower)) throw invalid(`the header "${name}"`, "is set by the transport");
    if (FORBIDDEN_IN_VALUE.test(value)) {
      throw invalid(`the header "${name}"`, "has a line break or another control character");
    }
    if (lower === "host") host = value;
    else lines += `${name}: ${value}\r\n`;
  }
  const length = bodyLength === undefined ? "" : `Content-Length: ${bodyLength}\r\n`;
  return utf8.encode(`${method} ${path} HTTP/1.1\r\nHost: ${host}\r\n${lines}${length}\r\n`);
}

function invalid(what: string, why: string, details: { hint?: string } = {}): InferenceError {
  return new InferenceError("INVALID_ARG", `Cannot send ${what}: it ${why}`, details);
}

/** A request ready to be sent. */
export interface PreparedRequest {
  readonly head: Uint8Array;
  readonly body: readonly Uint8Array[];
  readonly bodyLength: number;
  /** Sending it twice does no harm. */
  readonly idempotent: boolean;
}

const NO_BODY: readonly Uint8Array[] = [];

interface CachedHead {
  readonly method: string;
  readonly path: string;
  readonly bodyLength: number | undefined;
  readonly head: Uint8Array;
}

/**
 * Prepares requests to one server. The head of a request is kept for as long as its `headers` array
 * lives: a request that is sent again and again with the same array is rendered once.
 */
export class RequestPreparer {
  readonly #authority: string;
  readonly #heads = new WeakMap<HttpRequest["headers"], CachedHead>();

  /** @param authority what `Host` says */
  constructor(authority: string) {
    this.#authority = authority;
  }

  /** @throws {InferenceError} INVALID_ARG when the path or a header can't be sent */
  prepare(request: HttpRequest): PreparedRequest {
    const { method, path, headers, body = NO_BODY } = request;
    let bytes = 0;
    for (const piece of body) bytes += piece.byteLength;
    const isPost = method === "POST";
    const bodyLength = isPost || request.body !== undefined ? bytes : undefined;
    let cached = this.#heads.get(headers);
    if (cached?.path !== path || cached.method !== method || cached.bodyLength !== bodyLength) {
      const head = requestHead(this.#authority, request, bodyLength);
      cached = { method, path, bodyLength, head };
      this.#heads.set(headers, cached);
    }
    const { idempotent = !isPost } = request;
    return { head: cached.head, body, bodyLength: bytes, idempotent };
  }
}
