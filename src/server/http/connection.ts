/**
 * One HTTP/1.1 connection of the server: a request, its answer, the next request.
 *
 * @module
 */
import { describeError } from "../../base/errors.ts";
import { MessageWriter } from "../../transport/http1/writer.ts";
import type { Served } from "../listening.ts";
import { DEFAULT_LIMITS, type ServerLimits } from "../limits.ts";
import { HttpRefusal, type HttpServerRequest, type HttpServerResponse } from "./message.ts";
import type { RequestHead } from "./request_head.ts";
import { RequestReader } from "./request_reader.ts";
import { CONTINUE, responseHead } from "./response_head.ts";

/** Answers a request. */
export type Handle = (
  request: HttpServerRequest,
) => HttpServerResponse | Promise<HttpServerResponse>;

/** How long a client that was refused may go on sending, so that it gets to read why. */
const LINGER_MS = 500;
const LINGER_BUFFER = 65_536;

/** Options of a connection. */
export interface ConnectionOptions {
  /** Gets a line a request. */
  readonly log?: (line: string) => void;
  readonly limits?: ServerLimits;
}

/** A connection that is served until either side ends it. */
export class HttpConnection implements Served {
  readonly #conn: Deno.TcpConn;
  readonly #handle: Handle;
  readonly #log: ((line: string) => void) | undefined;
  readonly #reader: RequestReader;
  readonly #writer: MessageWriter;
  readonly #over = Promise.withResolvers<void>();
  readonly #limits: ServerLimits;
  #isBusy = false;
  /** Since when an answer is being written; 0 while the request comes, Infinity while it is dealt with. */
  #sendingSince = 0;
  #written = 0;
  #isDraining = false;
  #isOpen = true;

  constructor(conn: Deno.TcpConn, handle: Handle, options: ConnectionOptions = {}) {
    this.#conn = conn;
    this.#handle = handle;
    this.#log = options.log;
    this.#limits = options.limits ?? DEFAULT_LIMITS;
    this.#reader = new RequestReader(conn, this.#limits.maxBodyBytes);
    this.#writer = new MessageWriter(conn);
  }

  /** Resolves when the connection is closed, whatever a handler still does; never rejects. */
  serve(): Promise<void> {
    this.#serveAll();
    return this.#over.promise;
  }

  async #serveAll(): Promise<void> {
    try {
      while (await this.#serveOne());
    } catch (error) {
      if (error instanceof HttpRefusal) await this.#refuse(error).catch(() => {});
      // Anything else: the client has gone, or the server closes.
    }
    this.close();
  }

  /** Lets a request in flight finish, then ends the connection. */
  drain(): void {
    this.#isDraining = true;
    if (!this.#isBusy) this.close();
  }

  isOverdue(now: number): boolean {
    const { requestTimeoutMs, idleTimeoutMs } = this.#limits;
    if (this.#sendingSince === 0) {
      const allowed = this.#reader.isInside ? requestTimeoutMs : idleTimeoutMs;
      return now - this.#reader.lastRead > allowed;
    }
    if (this.#sendingSince < Infinity && this.#writer.written !== this.#written) {
      this.#written = this.#writer.written;
      this.#sendingSince = now;
    }
    return now - this.#sendingSince > requestTimeoutMs;
  }

  /** Ends the connection at once. */
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#conn.close();
    this.#over.resolve();
  }

  /** @returns whether another request may follow */
  async #serveOne(): Promise<boolean> {
    const head = await this.#reader.head();
    if (head === undefined) return false;
    this.#isBusy = true;
    this.#reader.check(head);
    if (head.expectsContinue) await this.#writer.send(CONTINUE, [], 0);
    const body = await this.#reader.body(head);
    this.#sendingSince = Infinity;
    const response = await this.#respond(head, body);
    const keep = head.keepAlive && !this.#isDraining;
    this.#sendingSince = performance.now();
    await this.#send(response, head, keep);
    this.#isBusy = false;
    this.#sendingSince = 0;
    this.#reader.rest();
    return keep && !this.#isDraining;
  }

  async #respond(head: RequestHead, body: Uint8Array): Promise<HttpServerResponse> {
    const { method, path, query, headers } = head;
    const header = (name: string) => headers.get(name);
    const startedAt = this.#log === undefined ? 0 : performance.now();
    let response: HttpServerResponse;
    try {
      response = await this.#handle({ method, path, query, header, body });
    } catch (error) {
      this.#log?.(`HTTP request failed inside the server: ${describeError(error)}`);
      response = { status: 500 };
    }
    if (this.#log !== undefined) {
      const ms = (performance.now() - startedAt).toFixed(1);
      this.#log(`HTTP ${method} ${path} ${response.status} ${ms} ms`);
    }
    return response;
  }

  #send(
    response: HttpServerResponse,
    { method, isHttp10 }: RequestHead,
    keep: boolean,
  ): Promise<void> {
    const { body = [] } = response;
    let length = 0;
    for (const piece of body) length += piece.byteLength;
    const connection = keep ? isHttp10 ? "keep-alive" : undefined : "close";
    const bytes = responseHead(response, length, connection);
    return method === "HEAD"
      ? this.#writer.send(bytes, [], 0)
      : this.#writer.send(bytes, body, length);
  }

  async #refuse({ status, message }: HttpRefusal): Promise<void> {
    this.#log?.(`HTTP refused with ${status}: ${message}`);
    await this.#writer.send(responseHead({ status }, 0, "close"), [], 0);
    // A connection that is closed with bytes unread is reset, and the client would lose the answer.
    await this.#conn.closeWrite();
    const timer = setTimeout(() => this.close(), LINGER_MS);
    try {
      const buffer = new Uint8Array(LINGER_BUFFER);
      while (await this.#conn.read(buffer) !== null);
    } finally {
      clearTimeout(timer);
    }
  }
}
