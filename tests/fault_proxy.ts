/**
 * A TCP proxy in front of a server that spoils what the server answers, whatever the protocol.
 *
 * @module
 */

/**
 * What happens to the bytes of the server: `pass`; `silence` = they never arrive; `half` = now and then
 * half of them arrive and the connection ends; `garbage` = now and then others arrive instead.
 */
export type Fault = "pass" | "silence" | "half" | "garbage";

/** One in so many pieces is spoilt. */
const SPOILT = 60;

/** A running proxy. */
export interface FaultProxy extends AsyncDisposable {
  readonly address: string;
  /** That came in so far. */
  readonly connections: number;
  fault: Fault;
}

/** Starts a proxy to `target`, passing everything on. */
export function startFaultProxy(target: string): FaultProxy {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const open = new Set<Deno.Conn>();
  const [hostname, port] = target.split(":");
  const close = (conn: Deno.Conn) => {
    if (!open.delete(conn)) return;
    conn.close();
  };
  let pieces = 0;
  let closed = false;
  const spoil = (bytes: Uint8Array): [bytes: Uint8Array, ends: boolean] => {
    if (proxy.fault === "silence") return [new Uint8Array(0), false];
    if (proxy.fault === "pass" || ++pieces % SPOILT !== 0) return [bytes, false];
    if (proxy.fault === "half") return [bytes.slice(0, bytes.length >> 1), true];
    return [crypto.getRandomValues(new Uint8Array(bytes.length)), false];
  };
  const pump = async (
    from: Deno.Conn,
    to: Deno.Conn,
    change: (bytes: Uint8Array) => [Uint8Array, boolean],
  ) => {
    const buffer = new Uint8Array(65536);
    try {
      while (true) {
        const count = await from.read(buffer);
        if (count === null) break;
        const [bytes, ends] = change(buffer.subarray(0, count));
        for (let at = 0; at < bytes.length;) at += await to.write(bytes.subarray(at));
        if (ends) break;
      }
    } catch {
      // Either side may end at any moment; the other one is told below.
    }
    close(from);
    close(to);
  };
  const serve = async (client: Deno.Conn) => {
    open.add(client);
    try {
      const server = await Deno.connect({ hostname, port: Number(port) });
      open.add(server);
      await Promise.all([
        pump(client, server, (bytes) => [bytes, false]),
        pump(server, client, spoil),
      ]);
    } catch {
      close(client);
    }
  };
  const serving: Promise<void>[] = [];
  const accepting = (async () => {
    for await (const conn of listener) serving.push(serve(conn));
  })();
  const proxy: FaultProxy = {
    address: `127.0.0.1:${(listener.addr as Deno.NetAddr).port}`,
    get connections() {
      return serving.length;
    },
    fault: "pass",
    async [Symbol.asyncDispose]() {
      if (closed) return;
      closed = true;
      listener.close();
      for (const conn of [...open]) close(conn);
      await accepting;
      await Promise.all(serving);
    },
  };
  return proxy;
}
