/**
 * A TCP proxy that keeps what a server answers back while its gate is shut.
 *
 * @module
 */

/** A running proxy. */
export interface GateProxy extends AsyncDisposable {
  readonly address: string;
  /** Connections that stand. */
  readonly open: number;
  /** The most that stood at a time. */
  readonly most: number;
  /** Bytes that the server has sent so far. */
  readonly bytes: number;
  /** Keeps answers back from now on. */
  shut(): void;
  /** Lets go what was kept back. */
  let(): void;
}

/** Starts a proxy to `target`; its gate is open. */
export function startGateProxy(target: string): GateProxy {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const [hostname, port] = target.split(":");
  const conns = new Set<Deno.Conn>();
  let gate = Promise.withResolvers<void>();
  gate.resolve();
  let bytes = 0;
  let open = 0;
  let most = 0;
  const close = (conn: Deno.Conn) => {
    if (conns.delete(conn)) conn.close();
  };
  const pump = async (from: Deno.Conn, to: Deno.Conn, isAnswer: boolean) => {
    const buffer = new Uint8Array(65536);
    try {
      for (let count = await from.read(buffer); count !== null; count = await from.read(buffer)) {
        if (isAnswer) {
          bytes += count;
          await gate.promise;
        }
        for (let at = 0; at < count;) at += await to.write(buffer.subarray(at, count));
      }
    } catch {
      // Either side may end at any moment.
    }
    close(from);
    close(to);
  };
  const serve = async (client: Deno.Conn) => {
    conns.add(client);
    most = Math.max(most, ++open);
    try {
      const server = await Deno.connect({ hostname, port: Number(port) });
      conns.add(server);
      await Promise.all([pump(client, server, false), pump(server, client, true)]);
    } catch {
      close(client);
    } finally {
      open--;
    }
  };
  const serving: Promise<void>[] = [];
  const accepting = (async () => {
    for await (const conn of listener) serving.push(serve(conn));
  })();
  return {
    address: `127.0.0.1:${(listener.addr as Deno.NetAddr).port}`,
    get open() {
      return open;
    },
    get most() {
      return most;
    },
    get bytes() {
      return bytes;
    },
    shut: () => void (gate = Promise.withResolvers()),
    let: () => gate.resolve(),
    async [Symbol.asyncDispose]() {
      listener.close();
      gate.resolve();
      for (const conn of [...conns]) close(conn);
      await Promise.all([accepting, ...serving]);
    },
  };
}
