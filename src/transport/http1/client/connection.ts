/**
 * One HTTP/1.1 connection, one request at a time.
 *
 * @module
 */
import type { ByteConn } from "../../types.ts";
import type { Address } from "../../../base/address.ts";
import type { InferenceError } from "../../../base/errors.ts";
import { brokeOff, isClosedByPeer } from "./errors.ts";
import type { ResponseLimits } from "./options.ts";
import { ResponseReader } from "./reader.ts";
import type { PreparedRequest } from "./request_head.ts";
import type { CallTimes, HttpCallback } from "../../types.ts";
import type { Http1Response } from "./response.ts";
import { MessageWriter } from "../writer.ts";

/**
 * How far a request had come when its connection broke: `unsent` = the server can't have seen any of
 * it, `unanswered` = it may have, but no byte of an answer came, `answered` = some of one did.
 */
export type Failure = "unsent" | "unanswered" | "answered";

/** Who a connection belongs to. */
export interface ConnectionOwner {
  /** An exchange is over. Returns whether the connection is idle from now on. */
  released(connection: Connection): boolean;
  /** The idle connection was not taken at once: it waits, and watches for bytes. */
  rests(connection: Connection): void;
  /** The server ended the idle connection, or spoke unasked; it is closed. */
  stale(connection: Connection): void;
}

const NO_TIMES: CallTimes = { sendStart: 0, sendEnd: 0, receiveStart: 0, receiveEnd: 0 };

/** One connection to the server. */
export class Connection {
  readonly #address: Address;
  readonly #conn: ByteConn;
  readonly #reader: ResponseReader;
  readonly #writer: MessageWriter;
  readonly #owner: ConnectionOwner;
  /** The read that waits for the first bytes of an answer, from before the request on if it can. */
  #ahead: Promise<number | null> | undefined;
  #isIdle = false;
  #isResting = false;
  #isOpen = true;
  #isReused = false;
  #failure: Failure = "answered";
  #closeReason: InferenceError | undefined;
  // Of the exchange in progress:
  #callback: HttpCallback = () => {};
  #isLent = false;
  #times = NO_TIMES;
  #sending: Promise<void> | undefined;
  #sendError: unknown;

  /** Takes over an open TCP or TLS connection. */
  constructor(
    address: Address,
    conn: ByteConn,
    limits: ResponseLimits,
    owner: ConnectionOwner,
  ) {
    this.#address = address;
    this.#conn = conn;
    this.#reader = new ResponseReader(address, conn, limits);
    this.#writer = new MessageWriter(conn);
    this.#owner = owner;
  }

  /** Whether the connection can take a request. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Whether nothing has been asked of it since the event loop last turned, or longer. */
  get isResting(): boolean {
    return this.#isResting;
  }

  /** Whether the connection has served a request before the last one. */
  get isReused(): boolean {
    return this.#isReused;
  }

  /** How far the last request that failed had come. */
  get failure(): Failure {
    return this.#failure;
  }

  /** Ends the connection; a request in flight fails with `reason`. */
  close(reason?: InferenceError): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#closeReason = reason;
    this.#conn.close();
  }

  /** The connection was taken for a request, which may come a little later. */
  wake(): void {
    this.#isIdle = false;
    if (!this.#isResting) return;
    this.#isResting = false;
    this.#conn.ref();
  }

  /**
   * Waits for the next request. The read that is left pending notices when the server closes the
   * connection; it keeps no process alive.
   */
  #rest(): void {
    this.#isResting = true;
    this.#conn.unref();
    this.#ahead = this.#reader.readAhead();
    this.#ahead.then(this.#onIdleRead, this.#onIdleRead);
    this.#owner.rests(this);
  }

  readonly #onIdleRead = () => {
    if (!this.#isResting || !this.#isOpen) return;
    this.close();
    this.#owner.stale(this);
  };

  /**
   * Sends a request and reads its answer. Closes the connection when it is good for no other one.
   *
   * @param isLent the answer's bytes need only be good until the callback returns
   * @param callback gets the answer, or an error: CONNECTION, PROTOCOL, or what `close` was given;
   * the connection has gone back to its owner by then
   */
  exchange(request: PreparedRequest, isLent: boolean, callback: HttpCallback): void {
    this.#callback = callback;
    this.#isLent = isLent;
    this.#times = { sendStart: performance.now(), sendEnd: 0, receiveStart: 0, receiveEnd: 0 };
    this.#sendError = undefined;
    // The write first: the server is at work while this side prepares to read.
    this.#sending = this.#writer.send(request.head, request.body, request.bodyLength)
      .then(this.#onSent, this.#onSendError);
    const ahead = this.#ahead ?? this.#reader.readAhead();
    this.#ahead = undefined;
    ahead.then(this.#onArrival).then(this.#onRead, this.#onReadError);
  }

  /**
   * Answers that came at the same time, on several connections, are all stamped before the first one is
   * dealt with: that work is this side's, and no part of the others' latency.
   */
  readonly #onArrival = (count: number | null) => {
    this.#times.receiveStart = performance.now();
    return count;
  };

  readonly #onSent = () => {
    this.#times.sendEnd = performance.now();
  };

  readonly #onSendError = (error: unknown) => {
    this.#sendError = error;
    // Otherwise the server, which waits for the rest, would never answer.
    if (!isClosedByPeer(error)) this.close();
  };

  readonly #onRead = (count: number | null) => {
    let response: Http1Response | undefined;
    try {
      this.#reader.accept(count);
      response = this.#reader.takeBuffered(this.#times, this.#isLent);
    } catch (error) {
      return void this.#fail(error as InferenceError);
    }
    if (response === undefined || this.#times.sendEnd === 0) return void this.#readOn(response);
    this.#succeed(response);
  };

  readonly #onReadError = (error: unknown) => {
    this.#fail(brokeOff(this.#address, { phase: "nothing" }, error));
  };

  /** The usual answer is there after one read; this is for the others. */
  async #readOn(buffered: Http1Response | undefined): Promise<void> {
    let response: Http1Response;
    try {
      response = buffered ?? await this.#reader.read(this.#times, this.#isLent);
      if (this.#times.sendEnd === 0) await this.#hearOfSending();
    } catch (error) {
      return await this.#fail(error as InferenceError);
    }
    this.#succeed(response);
  }

  /** A write that is done may have had no turn yet to say so; it has before a timer fires. */
  async #hearOfSending(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, 0);
    await Promise.race([this.#sending, promise]);
    clearTimeout(timer);
  }

  #succeed(response: Http1Response): void {
    if (this.#times.sendEnd === 0) {
      // The answer came before the server had read the request: it won't read the rest.
      this.close();
      this.#times.sendEnd = this.#times.receiveStart;
    } else if (!this.#reader.keepAlive) this.close();
    this.#isReused = true;
    this.#finish(response, undefined);
  }

  async #fail(readError: InferenceError): Promise<void> {
    this.close();
    await this.#sending;
    this.#finish(undefined, this.#explain(readError, this.#sendError));
  }

  #finish(response: Http1Response | undefined, error: InferenceError | undefined): void {
    const callback = this.#callback;
    this.#isIdle = this.#owner.released(this);
    callback(response, error);
    // Often the callback has sent the next request already.
    if (this.#isIdle && this.#isOpen) this.#rest();
  }

  #explain(readError: InferenceError, sendError: unknown): InferenceError {
    this.#failure = "answered";
    if (this.#closeReason) return this.#closeReason;
    if (!this.#reader.nothingCame) return readError;
    const { cause } = readError;
    const gone = readError.code === "CONNECTION" && (cause === undefined || isClosedByPeer(cause));
    const unsent = this.#writer.written === 0 && isClosedByPeer(sendError);
    if (gone || unsent) this.#failure = unsent ? "unsent" : "unanswered";
    return sendError !== undefined && (cause === undefined || !gone)
      ? brokeOff(this.#address, { phase: "nothing" }, sendError)
      : readError;
  }
}
