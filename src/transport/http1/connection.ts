/**
 * One HTTP/1.1 connection, one request at a time.
 *
 * @module
 */
import type { Address } from "../../base/address.ts";
import type { InferenceError } from "../../base/errors.ts";
import { brokeOff, isClosedByPeer } from "./errors.ts";
import type { ResponseLimits } from "./options.ts";
import { ResponseReader } from "./reader.ts";
import type { PreparedRequest } from "./request_head.ts";
import type { Http1Response } from "./response.ts";
import { RequestWriter } from "./writer.ts";

/**
 * How far a request had come when its connection broke: `unsent` = the server can't have seen any of
 * it, `unanswered` = it may have, but no byte of an answer came, `answered` = some of one did.
 */
export type Failure = "unsent" | "unanswered" | "answered";

/** One connection to the server. */
export class Connection {
  readonly #address: Address;
  readonly #conn: Deno.Conn;
  readonly #reader: ResponseReader;
  readonly #writer: RequestWriter;
  readonly #onStale: (connection: Connection) => void;
  readonly #onIdleRead = () => this.#idleEnded();
  #isIdle = false;
  #isOpen = true;
  #isReused = false;
  #failure: Failure = "answered";
  #closeReason: InferenceError | undefined;

  /**
   * Takes over an open TCP or TLS connection.
   *
   * @param onStale called when the server ends the connection, or speaks unasked, while it is idle
   */
  constructor(
    address: Address,
    conn: Deno.Conn,
    limits: ResponseLimits,
    onStale: (connection: Connection) => void,
  ) {
    this.#address = address;
    this.#conn = conn;
    this.#reader = new ResponseReader(address, conn, limits);
    this.#writer = new RequestWriter(conn);
    this.#onStale = onStale;
  }

  /** Whether the connection can take a request. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Whether the connection has served a request before the last one. */
  get isReused(): boolean {
    return this.#isReused;
  }

  /** How far the last request that failed had come. */
  get failure(): Failure {
    return this.#failure;
  }

  /** Ends the connection; a request under way fails with `reason`. */
  close(reason?: InferenceError): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#closeReason = reason;
    this.#conn.close();
  }

  /**
   * Waits for the next request. The read that is left pending notices when the server closes the
   * connection; it keeps no process alive.
   */
  idle(): void {
    this.#isIdle = true;
    this.#conn.unref();
    this.#reader.readAhead().then(this.#onIdleRead, this.#onIdleRead);
  }

  #idleEnded(): void {
    if (!this.#isIdle || !this.#isOpen) return;
    this.close();
    this.#onStale(this);
  }

  /**
   * Sends a request and reads its answer. Closes the connection when it is good for no other one.
   *
   * @throws {InferenceError} CONNECTION, PROTOCOL, or the reason that was given to `close`
   */
  async exchange(request: PreparedRequest): Promise<Http1Response> {
    if (this.#isIdle) {
      this.#isIdle = false;
      this.#conn.ref();
    }
    const times = { sendStart: performance.now(), sendEnd: 0, receiveStart: 0, receiveEnd: 0 };
    let sendError: unknown;
    const sending = this.#writer.send(request.head, request.body, request.bodyLength).then(
      () => {
        times.sendEnd = performance.now();
      },
      (error) => {
        sendError = error;
        // Otherwise the server, which waits for the rest, would never answer.
        if (!isClosedByPeer(error)) this.close();
      },
    );
    try {
      const response = await this.#reader.read(times);
      if (times.sendEnd === 0) {
        // The answer came before the server had read the request: it won't read the rest.
        this.close();
        times.sendEnd = times.receiveStart;
      } else if (!this.#reader.keepAlive) this.close();
      this.#isReused = true;
      return response;
    } catch (error) {
      this.close();
      await sending;
      throw this.#explain(error as InferenceError, sendError);
    }
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
