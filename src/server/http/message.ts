/**
 * Requests and responses as the protocols' HTTP sides see them: whole, without a stream.
 *
 * @module
 */
import type { Header } from "../../transport/types.ts";

/** A whole request. */
export interface HttpServerRequest {
  readonly method: string;
  /** As it was sent, without the query. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  /** Value of a header, name in lower case; repeated ones joined by ", ". */
  header(lowerCaseName: string): string | undefined;
  readonly body: Uint8Array;
}

/** A whole response. */
export interface HttpServerResponse {
  readonly status: number;
  /** Sent in this order, then Content-Length, then `Content-Type: text/plain` unless one is among them. */
  readonly headers?: readonly Header[];
  /** Pieces, sent one after the other without a copy; none = empty. */
  readonly body?: readonly Uint8Array[];
}

/** A protocol's part of the paths. */
export interface HttpRoute {
  /** What its paths begin with. */
  readonly prefix: string;
  handle(request: HttpServerRequest): HttpServerResponse | Promise<HttpServerResponse>;
}

/** A request that HTTP itself forbids; the connection ends with the answer. */
export class HttpRefusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}
