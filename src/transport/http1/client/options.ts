/**
 * Options of the HTTP/1.1 transport.
 *
 * @module
 */
import type { TransportOptions } from "../../types.ts";

/** How large an answer may be. */
export interface ResponseLimits {
  /**
   * Bytes of an answer's head.
   *
   * @default {65536}
   */
  readonly maxHeadBytes?: number;
  /**
   * Bytes of an answer's body.
   *
   * @default {2147483648}
   */
  readonly maxBodyBytes?: number;
}

/** What {@linkcode createHttp1Transport} takes. */
export interface Http1Options extends TransportOptions, ResponseLimits {
  /**
   * Connections at the same time; requests beyond wait for their turn, first come first served.
   *
   * @default {Infinity}
   */
  readonly maxConnections?: number;
  /**
   * Milliseconds after which a connection that no call needs is closed.
   *
   * @default {Infinity}
   */
  readonly idleTimeoutMs?: number;
}

export const DEFAULT_MAX_HEAD_BYTES = 65_536;
export const DEFAULT_MAX_BODY_BYTES = 2 ** 31;
