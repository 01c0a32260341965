/**
 * What both listeners are: connections that come in on a socket, and an orderly end.
 *
 * @module
 */
import { formatAddress } from "../base/address.ts";
import { systemClock } from "../base/clock.ts";
import { describeError, InferenceError } from "../base/errors.ts";
import type { Inflater } from "./inflater.ts";
import { DEFAULT_LIMITS, type ServerLimits } from "./limits.ts";

/** A socket to listen on. */
export interface ListenOptions {
  readonly host: string;
  /** 0 = any free one. */
  readonly port: number;
  /** Gets a line a request. */
  readonly log?: (line: string) => void;
  /** What clients may cost. */
  readonly limits?: Partial<ServerLimits>;
  /** What decompresses what they send. */
  readonly inflater?: Inflater;
}

/** Something that listens. */
export interface Listener {
  /** `host:port`. */
  readonly address: string;
  /** Takes nothing new, lets requests in flight finish for `graceMs`, then ends them. */
  close(graceMs: number): Promise<void>;
}

/** A connection that came in. */
export interface Served {
  /** Resolves when the connection is closed; never rejects. */
  serve(): Promise<void>;
  /** Lets requests in flight finish, then ends the connection. */
  drain(): void;
  /** Ends the connection at once. */
  close(): void;
  /** Whether its client has had its time. @param now by `performance.now()` */
  isOverdue(now: number): boolean;
}

/** Connections fail to come in when the process has too many files open: that passes. */
const ACCEPT_RETRY_MS = 50;
/** Connections that may come at once: of more the last would be tried again after a second. */
const BACKLOG = 4096;
/** How often connections are asked whether they are overdue. */
const MAX_WATCH_EVERY_MS = 5000;

/**
 * Listens on a TCP socket.
 *
 * @param wire for messages
 * @param take makes what serves a connection
 * @throws {InferenceError} CONNECTION when the address is not to be had
 */
export function listenTcp(
  wire: string,
  { host, port, log, limits: given }: ListenOptions,
  take: (conn: Deno.TcpConn, limits: ServerLimits) => Served,
): Listener {
  const limits = { ...DEFAULT_LIMITS, ...given };
  let socket: Deno.TcpListener;
  try {
    socket = Deno.listen({ hostname: host, port, tcpBacklog: BACKLOG });
  } catch (error) {
    throw listenError(wire, host, port, error);
  }
  const connections = new Map<Served, Promise<void>>();
  let isClosed = false;
  const accept = async () => {
    while (!isClosed) {
      try {
        const conn = await socket.accept();
        if (connections.size >= limits.maxConnections) {
          log?.(`${wire} closed a connection: ${limits.maxConnections} are open`);
          conn.close();
          continue;
        }
        conn.setNoDelay(true);
        const connection = take(conn, limits);
        connections.set(
          connection,
          connection.serve().then(() => {
            connections.delete(connection);
          }),
        );
      } catch (error) {
        if (isClosed) return;
        log?.(`${wire} cannot take a connection: ${describeError(error)}`);
        await systemClock.sleep(ACCEPT_RETRY_MS);
      }
    }
  };
  const accepting = accept();
  const watch = setInterval(() => {
    const now = performance.now();
    for (const connection of connections.keys()) {
      if (connection.isOverdue(now)) connection.close();
    }
  }, Math.min(limits.requestTimeoutMs / 4, MAX_WATCH_EVERY_MS));
  Deno.unrefTimer(watch);
  return {
    address: formatAddress({ host: socket.addr.hostname, port: socket.addr.port }),
    close(graceMs) {
      isClosed = true;
      clearInterval(watch);
      socket.close();
      for (const connection of connections.keys()) connection.drain();
      const finished = Promise.all([accepting, ...connections.values()]).then(() => {});
      return finishWithin(graceMs, finished, () => {
        for (const connection of connections.keys()) connection.close();
      });
    },
  };
}

/** The error of a listener that could not be opened. */
function listenError(wire: string, host: string, port: number, cause: unknown) {
  return new InferenceError(
    "CONNECTION",
    `Cannot listen for ${wire} on ${formatAddress({ host, port })}: ${
      cause instanceof Deno.errors.AddrInUse ? "the port is already in use" : describeError(cause)
    }`,
    { hint: "choose another port; 0 takes any free one", cause },
  );
}

/** Waits for `finished`; after `graceMs` calls `force` and waits on. */
async function finishWithin(
  graceMs: number,
  finished: Promise<void>,
  force: () => void,
): Promise<void> {
  const timer = setTimeout(force, graceMs);
  try {
    await finished;
  } finally {
    clearTimeout(timer);
  }
}
