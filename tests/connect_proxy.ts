/**
 * A forward proxy that makes connections on request (CONNECT) and remembers the requests.
 *
 * @module
 */
import { Peer } from "./tcp_server.ts";

/** How the proxy behaves. */
export interface ConnectProxyOptions {
  /** The credentials that it wants, as in `user:password`. */
  readonly user?: string;
  /** Says this, byte for byte, instead of connecting. */
  readonly answer?: string;
  /** Connects to this port of 127.0.0.1, whatever is asked for. */
  readonly port?: number;
}

/** A proxy under way. */
export interface ConnectProxy extends AsyncDisposable {
  /** `127.0.0.1:port`. */
  readonly address: string;
  /** The heads of the requests, in order. */
  readonly heads: string[];
}

/** Starts a proxy. */
export function startConnectProxy(options: ConnectProxyOptions = {}): ConnectProxy {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const heads: string[] = [];
  const open = new Set<Deno.Conn>();
  const serve = async (client: Deno.Conn) => {
    const peer = new Peer(client, 0);
    const head = (await peer.request())?.head;
    if (head === undefined) return;
    heads.push(head);
    const wanted = options.user === undefined ? "" : `Basic ${btoa(options.user)}`;
    const given = /^proxy-authorization: (.*)$/im.exec(head)?.[1] ?? "";
    if (given !== wanted) {
      return await peer.send(
        "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n",
      );
    }
    if (options.answer !== undefined) return await peer.send(options.answer);
    const [, port] = /^CONNECT \S+:(\d+) HTTP\/1.1/.exec(head)!;
    const server = await Deno.connect({
      hostname: "127.0.0.1",
      port: options.port ?? Number(port),
    });
    open.add(server);
    // What the server says at once comes together with the proxy's own answer.
    await peer.send("HTTP/1.1 200 Connection established\r\nVia: 1.1 test\r\n\r\n");
    await Promise.allSettled([
      client.readable.pipeTo(server.writable),
      server.readable.pipeTo(client.writable),
    ]);
  };
  const running: Promise<void>[] = [];
  const accepting = (async () => {
    for await (const client of listener) {
      open.add(client);
      running.push(
        serve(client).catch(() => {}).finally(() => {
          if (options.answer !== undefined || options.user !== undefined) closeConn(client);
        }),
      );
    }
  })();
  return {
    address: `127.0.0.1:${(listener.addr as Deno.NetAddr).port}`,
    heads,
    async [Symbol.asyncDispose]() {
      listener.close();
      await accepting;
      for (const conn of open) closeConn(conn);
      await Promise.all(running);
    },
  };
}

function closeConn(conn: Deno.Conn): void {
  try {
    conn.close();
  } catch {
    // It was closed with its streams.
  }
}
