/**
 * Whether a connection keeps its process alive.
 *
 * @module
 */
import type { ByteConn } from "../../types.ts";

/** Lets the process end while its connection has nothing to do, however early that is known. */
export class IdleRef {
  #conn: ByteConn | undefined;
  #resting = false;

  /** The connection stands. */
  attach(conn: ByteConn): void {
    this.#conn = conn;
    if (this.#resting) conn.unref();
  }

  /** There is nothing to do. */
  rest(): void {
    if (this.#resting) return;
    this.#resting = true;
    this.#conn?.unref();
  }

  /** There is. */
  wake(): void {
    if (!this.#resting) return;
    this.#resting = false;
    this.#conn?.ref();
  }
}
