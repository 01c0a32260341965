/**
 * The sockets behind a channel of @grpc/grpc-js, so that closing the channel closes them all.
 *
 * grpc-js alone leaves two kinds behind: it closes an HTTP/2 session in order, which takes for ever
 * when the server never spoke, and it still makes the connection that it was going to try again.
 *
 * @module
 */
import type { Socket } from "node:net";
import type { ChannelCredentials } from "@grpc/grpc-js";

/** The sockets of one channel. */
export class SocketSet {
  readonly #sockets = new Set<Socket>();
  #closed = false;

  /** Makes connections with these credentials known to this set. @returns the same credentials */
  track(credentials: ChannelCredentials): ChannelCredentials {
    const createConnector = credentials._createSecureConnector;
    credentials._createSecureConnector = (...args) => {
      const connector = createConnector.apply(credentials, args);
      const connect = connector.connect;
      connector.connect = (socket) => {
        this.#add(socket);
        return connect.call(connector, socket);
      };
      return connector;
    };
    return credentials;
  }

  /** @param inOrder leave the sockets that stand to be closed by HTTP/2's own goodbye */
  close(inOrder: boolean): void {
    this.#closed = true;
    if (!inOrder) { for (const socket of this.#sockets) socket.destroy(); }
  }

  #add(socket: Socket): void {
    if (this.#closed) socket.destroy();
    this.#sockets.add(socket);
    socket.once("close", () => this.#sockets.delete(socket));
  }
}
