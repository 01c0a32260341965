/**
 * A keep-alive HTTP/1.1 client for one server, made for measuring: every byte is moved as few times as
 * can be, and nothing comes between the request and the socket.
 *
 * @module
 */
import { type Address, formatAddress } from "../../../base/address.ts";
import { checkTlsOptions } from "../../tls.ts";
import type {
  CallOptions,
  HttpCallback,
  HttpRequest,
  HttpResponse,
  HttpTransport,
} from "../../types.ts";
import { CallLimit } from "./call_limit.ts";
import type { Connection } from "./connection.ts";
import type { Http1Options } from "./options.ts";
import { ConnectionPool } from "./pool.ts";
import { type PreparedRequest, RequestPreparer } from "./request_head.ts";

/**
 * Makes the transport. No connection is made before the first request.
 *
 * A request that is sent again with the same `headers` array has its head rendered once.
 *
 * @throws {InferenceError} INVALID_ARG when the TLS material can't be used
 */
export function createHttp1Transport(options: Http1Options): HttpTransport {
  checkTlsOptions(options.tls);
  return new Http1Transport(options);
}

/** The event loop reads the sockets before a timer of so many milliseconds fires. */
const TURN_MS = 1;

class Http1Transport implements HttpTransport {
  readonly address: Address;
  readonly #pool: ConnectionPool;
  readonly #preparer: RequestPreparer;

  constructor(options: Http1Options) {
    this.address = options.address;
    this.#pool = new ConnectionPool(options);
    this.#preparer = new RequestPreparer(options.authority ?? formatAddress(options.address));
  }

  request(request: HttpRequest, options: CallOptions = {}): Promise<HttpResponse> {
    return new Promise((resolve, reject) => {
      this.#start(request, options, false, (response, error) => {
        if (response === undefined) reject(error);
        else resolve(response);
      });
    });
  }

  exchange(request: HttpRequest, options: CallOptions, callback: HttpCallback): void {
    this.#start(request, options, true, callback);
  }

  close(): void {
    this.#pool.close();
  }

  #start(request: HttpRequest, options: CallOptions, lent: boolean, callback: HttpCallback): void {
    const prepared = this.#preparer.prepare(request);
    if (!options.timeoutMs && options.signal === undefined) {
      return this.#send({ request: prepared, lent, callback, limit: undefined });
    }
    const limit = new CallLimit(this.address, options);
    this.#send({
      request: prepared,
      lent,
      limit,
      callback(response, error) {
        limit.release();
        callback(response, error);
      },
    });
  }

  #send(call: Call): void {
    const ended = call.limit?.error;
    if (ended !== undefined) return queueMicrotask(() => call.callback(undefined, ended));
    if (this.#pool.isUnwatched && !call.waited) return this.#sendLater(call);
    const connection = this.#pool.takeIdle();
    if (connection === undefined) this.#sendOn(this.#pool.take(call.limit), call);
    else this.#exchange(connection, call);
  }

  /** Lets the event loop turn first: a connection that got unasked bytes is closed then. */
  #sendLater(call: Call): void {
    const connection = this.#pool.claimIdle()!;
    const waited = { ...call, waited: true };
    setTimeout(() => {
      if (!connection.isOpen) return this.#send(waited);
      connection.wake();
      if (call.limit?.error === undefined) return this.#exchange(connection, waited);
      connection.close();
      this.#pool.released(connection);
      this.#send(waited);
    }, TURN_MS);
  }

  #sendOn(connecting: Promise<Connection>, call: Call): void {
    connecting.then(
      (connection) => this.#exchange(connection, call),
      (error) => call.callback(undefined, error),
    );
  }

  #exchange(connection: Connection, call: Call): void {
    const { request, limit, callback, lent } = call;
    limit?.onEnd((error) => connection.close(error));
    connection.exchange(request, lent, (response, error) => {
      limit?.onEnd(undefined);
      if (response !== undefined || call.again || !isStale(connection, request)) {
        return callback(response, error);
      }
      this.#sendOn(this.#pool.take(limit, true), { ...call, again: true });
    });
  }
}

/**
 * Whether the server closed a connection that it had kept alive: that is not an answer to this request, as
 * long as it never got there, or does no harm when it is sent twice.
 */
function isStale({ isReused, failure }: Connection, { idempotent }: PreparedRequest): boolean {
  return isReused && (failure === "unsent" || (failure === "unanswered" && idempotent));
}

/** A request on its way. */
interface Call {
  readonly request: PreparedRequest;
  /** The answer's bytes are only lent. */
  readonly lent: boolean;
  readonly limit: CallLimit | undefined;
  readonly callback: HttpCallback;
  /** It is sent for the second time, after its first connection turned out to be closed. */
  readonly again?: boolean;
  /** The event loop has turned since the call was made. */
  readonly waited?: boolean;
}
