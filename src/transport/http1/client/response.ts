/**
 * An answer over HTTP/1.1.
 *
 * @module
 */
import type { CallTimes, HttpResponse } from "../../types.ts";
import type { ResponseHead } from "../head.ts";

/** A whole answer. */
export class Http1Response implements HttpResponse {
  readonly status: number;
  readonly body: Uint8Array;
  readonly times: CallTimes;
  readonly #head: ResponseHead;

  constructor(head: ResponseHead, body: Uint8Array, times: CallTimes) {
    this.status = head.status;
    this.body = body;
    this.times = times;
    this.#head = head;
  }

  get statusText(): string {
    return this.#head.statusText;
  }

  header(lowerCaseName: string): string | undefined {
    return this.#head.header(lowerCaseName);
  }
}
