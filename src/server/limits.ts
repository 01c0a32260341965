/**
 * What a client may cost the embedded server.
 *
 * @module
 */

/** Limits of a server. */
export interface ServerLimits {
  /**
   * The longest body of an HTTP request and the longest gRPC message, in bytes. A compressed one may grow
   * to an eighth of it.
   *
   * @default {268435456}
   */
  readonly maxBodyBytes: number;
  /**
   * Connections at a time on each port; more are closed as they come.
   *
   * @default {4096}
   */
  readonly maxConnections: number;
  /**
   * Streams that a client may have open on one HTTP/2 connection.
   *
   * @default {1024}
   */
  readonly maxStreams: number;
  /**
   * Milliseconds for the head of a request, between two pieces of its body, and for the client to take
   * more of an answer.
   *
   * @default {60000}
   */
  readonly requestTimeoutMs: number;
  /**
   * Milliseconds that a connection may wait for its next request.
   *
   * @default {600000}
   */
  readonly idleTimeoutMs: number;
}

/** What holds when nothing else is said. */
export const DEFAULT_LIMITS: ServerLimits = {
  maxBodyBytes: 256 * 2 ** 20,
  maxConnections: 4096,
  maxStreams: 1024,
  requestTimeoutMs: 60_000,
  idleTimeoutMs: 600_000,
};

/** What a compressed message may grow to. */
export function maxDecompressed({ maxBodyBytes }: ServerLimits): number {
  return Math.ceil(maxBodyBytes / 8);
}
