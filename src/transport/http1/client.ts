/**
 * A keep-alive HTTP/1.1 client for one server, made for measuring: every byte is moved as few times as
 * can be, and nothing comes between the request and the socket.
 *
 * @module
 */
import type { Address } from "../../base/address.ts";
import { checkTlsOptions } from "../tls.ts";
import type { CallOptions, HttpRequest, HttpResponse, HttpTransport } from "../types.ts";
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

class Http1Transport implements HttpTransport {
  readonly address: Address;
  readonly #pool: ConnectionPool;
  readonly #preparer: RequestPreparer;

  constructor(options: Http1Options) {
    this.address = options.address;
    this.#pool = new ConnectionPool(options);
    this.#preparer = new RequestPreparer(options.address);
  }

  async request(request: HttpRequest, options: CallOptions = {}): Promise<HttpResponse> {
    const prepared = this.#preparer.prepare(request);
    if (!options.timeoutMs && options.signal === undefined) return await this.#send(prepared);
    const limit = new CallLimit(this.address, options);
    try {
      limit.check();
      return await this.#send(prepared, limit);
    } finally {
      limit.release();
    }
  }

  close(): void {
    this.#pool.close();
  }

  async #send(request: PreparedRequest, limit?: CallLimit): Promise<HttpResponse> {
    const connection = this.#pool.takeIdle() ?? await this.#pool.take(limit);
    try {
      return await this.#exchange(connection, request, limit);
    } catch (error) {
      const { isReused, failure } = connection;
      // The server closed a connection that it had kept alive: that is no answer to this request, as
      // long as it never got there, or does no harm when it is sent twice.
      const isStale = isReused &&
        (failure === "unsent" || (failure === "unanswered" && request.idempotent));
      if (!isStale) throw error;
    }
    return await this.#exchange(await this.#pool.take(limit, true), request, limit);
  }

  async #exchange(
    connection: Connection,
    request: PreparedRequest,
    limit: CallLimit | undefined,
  ): Promise<HttpResponse> {
    limit?.onEnd((error) => connection.close(error));
    try {
      return await connection.exchange(request);
    } finally {
      limit?.onEnd(undefined);
      this.#pool.giveBack(connection);
    }
  }
}
