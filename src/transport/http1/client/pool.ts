/**
 * The connections to one server.
 *
 * @module
 */
import { onAbort } from "../../../base/abort.ts";
import type { InferenceError } from "../../../base/errors.ts";
import { transportClosed } from "../../errors.ts";
import { openConnection } from "../../tls.ts";
import type { CallLimit } from "./call_limit.ts";
import { Connection, type ConnectionOwner } from "./connection.ts";
import { LoopWatch } from "./loop_watch.ts";
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
  /** Since when each of them has had nothing to do. */
  readonly #idleSince = new WeakMap<Connection, number>();
  readonly #idleTimeoutMs: number;
  #sweeping: ReturnType<typeof setTimeout> | undefined;
  /** All that stand, idle or not. */
  readonly #open = new Set<Connection>();
  readonly #watch = new LoopWatch(() => this.#idle.length > 0);
  readonly #waiting: Waiter[] = [];
  /** Ends the connections that are being made. */
  readonly #connecting = new AbortController();
  /** Connections that stand or are being made. */
  #count = 0;
  #isClosed = false;

  constructor(options: Http1Options) {
    this.#options = options;
    this.#maxConnections = options.maxConnections ?? Infinity;
    this.#idleTimeoutMs = options.idleTimeoutMs ?? Infinity;
  }

  /**
   * Whether an idle connection may have got bytes that nobody has looked at, because the caller was busy:
   * they would be taken for the answer to the next request.
   */
  get isUnwatched(): boolean {
    return this.#idle.at(-1)?.isResting === true && this.#watch.isLate;
  }

  /** An idle connection, if there is one and the pool is open. */
  takeIdle(): Connection | undefined {
    const connection = this.claimIdle();
    connection?.wake();
    return connection;
  }

  /** The same, still at rest: it goes on watching for bytes until it is woken. */
  claimIdle(): Connection | undefined {
    return this.#idle.pop();
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

  /** See {@linkcode ConnectionOwner}. Most connections are taken again before they come to rest. */
  rests(connection: Connection): void {
    this.#idleSince.set(connection, performance.now());
    this.#sweepLater();
    this.#watch.start();
  }

  /** Ends all connections; calls in flight and waiting fail. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const reason = transportClosed(this.#options.address);
    this.#connecting.abort(reason);
    for (const waiter of this.#waiting.splice(0)) waiter.reject(reason);
    this.#idle.length = 0;
    clearTimeout(this.#sweeping);
    this.#watch.stop();
    for (const connection of this.#open) connection.close(reason);
  }

  #sweepLater(): void {
    if (this.#idleTimeoutMs === Infinity || this.#sweeping !== undefined) return;
    this.#sweeping = setTimeout(() => this.#sweep(), this.#idleTimeoutMs / 2);
    Deno.unrefTimer(this.#sweeping);
  }

  /** Closes who has been idle for long; the ones that were used last stand at the end. */
  #sweep(): void {
    this.#sweeping = undefined;
    const before = performance.now() - this.#idleTimeoutMs;
    const stays = this.#idle.findIndex((one) => (this.#idleSince.get(one) ?? 0) > before);
    for (const connection of this.#idle.splice(0, stays < 0 ? this.#idle.length : stays)) {
      connection.close();
      this.#remove(connection);
    }
    if (this.#idle.length > 0) this.#sweepLater();
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
    const unwatch = onAbort(this.#connecting.signal, stop);
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
      unwatch();
    }
  }

  /** See {@linkcode ConnectionOwner}. */
  stale(connection: Connection): void {
    const place = this.#idle.lastIndexOf(connection);
    if (place >= 0) this.#idle.splice(place, 1);
    this.#remove(connection);
  }
}
