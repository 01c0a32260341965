/**
 * The connections to one server.
 *
 * @module
 */
import type { InferenceError } from "../../base/errors.ts";
import { transportClosed } from "../errors.ts";
import { openConnection } from "../tls.ts";
import type { CallLimit } from "./call_limit.ts";
import { Connection, type ConnectionOwner } from "./connection.ts";
import type { Http1Options } from "./options.ts";

interface Waiter {
  /** With a connection, or with the right to make one. */
  resolve(connection: Connection | undefined): void;
  reject(error: InferenceError): void;
}

/** Hands out connections: the one used last first, so that few stay warm. */
export class ConnectionPool implements ConnectionOwner {
  readonly #options: Http1Options;
  readonly #maxConnections: number;
  readonly #idle: Connection[] = [];
  /** All that stand, idle or not. */
  readonly #open = new Set<Connection>();
  readonly #waiting: Waiter[] = [];
  /** Ends the connections that are being made. */
  readonly #connecting = new AbortController();
  /** Connections that stand or are being made. */
  #count = 0;
  #isClosed = false;

  constructor(options: Http1Options) {
    this.#options = options;
    this.#maxConnections = options.maxConnections ?? Infinity;
  }

  /** An idle connection, if there is one and the pool is open. */
  takeIdle(): Connection | undefined {
    const connection = this.#idle.pop();
    connection?.wake();
    return connection;
  }

  /**
   * A connection that is idle, new, or given back by another call.
   *
   * @param fresh never an idle one
   * @throws {InferenceError} CONNECTION, or what ends the call
   */
  async take(limit: CallLimit | undefined, fresh = false): Promise<Connection> {
    if (this.#isClosed) throw transportClosed(this.#options.address);
    const idle = fresh ? undefined : this.takeIdle();
    if (idle !== undefined) return idle;
    if (this.#count < this.#maxConnections) this.#count++;
    else {
      const given = await this.#wait(limit);
      if (given !== undefined) return given;
    }
    return await this.#connect(limit);
  }

  /** See {@linkcode ConnectionOwner}; a closed connection makes room for another. */
  released(connection: Connection): boolean {
    if (!connection.isOpen) this.#remove(connection);
    else if (this.#waiting.length > 0) this.#waiting.shift()!.resolve(connection);
    else {
      this.#idle.push(connection);
      return true;
    }
    return false;
  }

  /** Ends all connections; calls under way and waiting fail. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const reason = transportClosed(this.#options.address);
    this.#connecting.abort(reason);
    for (const waiter of this.#waiting.splice(0)) waiter.reject(reason);
    this.#idle.length = 0;
    for (const connection of this.#open) connection.close(reason);
  }

  #remove(connection: Connection): void {
    this.#open.delete(connection);
    this.#freePlace();
  }

  #freePlace(): void {
    const waiter = this.#waiting.shift();
    if (waiter !== undefined) waiter.resolve(undefined);
    else this.#count--;
  }

  #wait(limit: CallLimit | undefined): Promise<Connection | undefined> {
    return new Promise((resolve, reject) => {
      const waiter = { resolve, reject };
      this.#waiting.push(waiter);
      limit?.onEnd((error) => {
        const place = this.#waiting.indexOf(waiter);
        if (place >= 0) this.#waiting.splice(place, 1);
        reject(error);
      });
    });
  }

  async #connect(limit: CallLimit | undefined): Promise<Connection> {
    const attempt = new AbortController();
    const stop = () => attempt.abort(this.#connecting.signal.reason);
    this.#connecting.signal.addEventListener("abort", stop);
    limit?.onEnd((error) => attempt.abort(error));
    try {
      const conn = await openConnection(this.#options, undefined, attempt.signal);
      if (this.#isClosed) {
        conn.close();
        throw transportClosed(this.#options.address);
      }
      const { address } = this.#options;
      const connection = new Connection(address, conn, this.#options, this);
      this.#open.add(connection);
      return connection;
    } catch (error) {
      this.#freePlace();
      throw error;
    } finally {
      this.#connecting.signal.removeEventListener("abort", stop);
    }
  }

  /** See {@linkcode ConnectionOwner}. */
  stale(connection: Connection): void {
    const place = this.#idle.lastIndexOf(connection);
    if (place >= 0) this.#idle.splice(place, 1);
    this.#remove(connection);
  }
}
