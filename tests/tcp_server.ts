/**
 * A TCP server that does what a script says: for everything that a proper server never does.
 *
 * @module
 */
import type { Address } from "../src/base/address.ts";

/** One connection to the scripted server, with the means to take HTTP requests from it. */
export class Peer {
  readonly conn: Deno.Conn;
  /** Number of the connection, from 0. */
  readonly index: number;
  /** Came and not taken yet. */
  #pending: Uint8Array[] = [];

  constructor(conn: Deno.Conn, index: number) {
    this.conn = conn;
    this.index = index;
  }

  /** Sends text (one byte a character) or bytes, all of it. */
  async send(data: string | Uint8Array): Promise<void> {
    const bytes = typeof data === "string"
      ? Uint8Array.from(data, (char) => char.charCodeAt(0))
      : data;
    for (let at = 0; at < bytes.length;) at += await this.conn.write(bytes.subarray(at));
  }

  /** The next request, or undefined when the client has closed the connection. */
  async request(): Promise<{ head: string; body: Uint8Array } | undefined> {
    let first = new Uint8Array(0);
    let end = -1;
    while (end < 0) {
      if (this.#pending.length === 0 && !await this.#more()) return undefined;
      first = concat([first, ...this.#pending.splice(0)]);
      end = new TextDecoder("latin1").decode(first).indexOf("\r\n\r\n");
    }
    const head = new TextDecoder("latin1").decode(first.subarray(0, end));
    const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
    let have = first.length - end - 4;
    while (have < length) {
      if (!await this.#more()) return undefined;
      have += this.#pending.at(-1)!.length;
    }
    const rest = concat([first.subarray(end + 4), ...this.#pending.splice(0)]);
    if (have > length) this.#pending.push(rest.slice(length));
    return { head, body: rest.subarray(0, length) };
  }

  /** Waits until at least one byte has come. */
  async anything(): Promise<void> {
    if (this.#pending.length === 0) await this.#more();
  }

  /** Waits until the client closes the connection. */
  async closed(): Promise<void> {
    while (await this.#more());
  }

  async #more(): Promise<boolean> {
    const buffer = new Uint8Array(65_536);
    const count = await this.conn.read(buffer).catch(() => null);
    if (count === null) return false;
    this.#pending.push(buffer.subarray(0, count));
    return true;
  }
}

function concat(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** A running scripted server. */
export interface TcpServer extends AsyncDisposable {
  readonly address: Address;
  /** Connections accepted so far. */
  readonly connections: number;
}

/**
 * Serves on 127.0.0.1. Each connection is closed when its script ends; disposing waits for all of
 * them, so the client has to have closed its side.
 */
export function serveTcp(
  script: (peer: Peer) => Promise<void>,
  listener: Deno.Listener = Deno.listen({ hostname: "127.0.0.1", port: 0 }),
): TcpServer {
  let connections = 0;
  const open = new Set<Promise<void>>();
  const errors: unknown[] = [];
  const run = async (conn: Deno.Conn) => {
    try {
      await script(new Peer(conn, connections++));
    } catch (error) {
      // A client that hangs up is what many scripts are about; a failed assertion is not.
      const hungUp = error instanceof Deno.errors.BrokenPipe ||
        error instanceof Deno.errors.ConnectionReset;
      if (!hungUp) errors.push(error);
    }
    conn.close();
  };
  const accepting = (async () => {
    for await (const conn of listener) {
      if ("setNoDelay" in conn) (conn as Deno.TcpConn).setNoDelay();
      const task = run(conn).finally(() => open.delete(task));
      open.add(task);
    }
  })();
  const { port } = listener.addr as Deno.NetAddr;
  return {
    address: { host: "127.0.0.1", port, tls: false, basePath: "" },
    get connections() {
      return connections;
    },
    async [Symbol.asyncDispose]() {
      listener.close();
      await accepting;
      await Promise.all(open);
      if (errors.length > 0) throw errors[0];
    },
  };
}
