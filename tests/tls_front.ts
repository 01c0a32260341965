/**
 * TLS in front of a plain server.
 *
 * @module
 */
import { connect, type Socket } from "node:net";
import { createServer, type TlsOptions } from "node:tls";

/** Listens on a free port of 127.0.0.1 and passes what comes on to `port`. */
export async function tlsFront(port: number, options: TlsOptions) {
  const open = new Set<Socket>();
  const keep = (socket: Socket) => {
    open.add(socket);
    socket.on("error", () => socket.destroy()).on("close", () => open.delete(socket));
  };
  /** The names that clients asked for, in order; "" for none. */
  const names: string[] = [];
  const server = createServer({ ALPNProtocols: ["h2", "http/1.1"], ...options }, (secure) => {
    names.push(typeof secure.servername === "string" ? secure.servername : "");
    const plain = connect(port, "127.0.0.1");
    keep(secure);
    keep(plain);
    secure.pipe(plain).pipe(secure);
  });
  server.on("tlsClientError", () => {}).on("connection", keep);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as { port: number }).port,
    names,
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
