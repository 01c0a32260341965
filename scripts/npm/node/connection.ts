/**
 * TCP and TLS connections with the methods of Deno's.
 *
 * @module
 */
import { connect as connectTcp, isIP, type Socket } from "node:net";
import { connect as connectSecure, rootCertificates, type TLSSocket } from "node:tls";
import { denoError, errors } from "./errors.ts";

/** Where to connect to. */
interface ConnectOptions {
  readonly hostname?: string;
  readonly port: number;
  readonly signal?: AbortSignal;
}

/** What a handshake needs. */
interface SecureOptions {
  readonly hostname: string;
  readonly caCerts?: readonly string[];
  readonly alpnProtocols?: readonly string[];
  readonly cert?: string;
  readonly key?: string;
}

/** A connection; see Deno.Conn. */
export class Connection {
  readonly socket: Socket;
  /** What came and was not read yet. */
  #rest: Uint8Array | undefined;
  #waiting: (() => void) | undefined;
  #ended = false;
  #closed = false;
  #error: unknown;

  constructor(socket: Socket) {
    this.socket = socket;
    const wake = () => {
      this.#waiting?.();
      this.#waiting = undefined;
    };
    socket.on("readable", wake);
    socket.on("end", () => {
      this.#ended = true;
      wake();
    });
    socket.on("close", () => {
      this.#ended = true;
      wake();
    });
    socket.on("error", (error) => {
      this.#error = denoError(error);
      wake();
    });
  }

  /** Reads some bytes; null at the end. */
  async read(into: Uint8Array): Promise<number | null> {
    for (;;) {
      const bytes = this.#rest ?? this.socket.read() as Uint8Array | null;
      if (bytes !== null) {
        const count = Math.min(bytes.length, into.length);
        into.set(bytes.subarray(0, count));
        this.#rest = count < bytes.length ? bytes.subarray(count) : undefined;
        return count;
      }
      if (this.#closed) throw new errors.Interrupted("operation canceled");
      if (this.#error !== undefined) throw this.#error;
      if (this.#ended) return null;
      await new Promise<void>((resolve) => this.#waiting = resolve);
    }
  }

  /** Writes all bytes. */
  write(bytes: Uint8Array): Promise<number> {
    return new Promise((resolve, reject) => {
      this.socket.write(
        bytes,
        (error) => error ? reject(this.#error ?? denoError(error)) : resolve(bytes.length),
      );
    });
  }

  close(): void {
    this.#closed = true;
    this.socket.destroy();
  }

  setNoDelay(enable = true): void {
    this.socket.setNoDelay(enable);
  }

  ref(): void {
    this.socket.ref();
  }

  unref(): void {
    this.socket.unref();
  }

  get remoteAddr(): { transport: "tcp"; hostname: string; port: number } {
    const { remoteAddress = "", remotePort = 0 } = this.socket;
    return { transport: "tcp", hostname: remoteAddress, port: remotePort };
  }
}

/** A connection over TLS; see Deno.TlsConn. */
export class SecureConnection extends Connection {
  readonly #handshake: Promise<void>;

  constructor(socket: TLSSocket) {
    super(socket);
    this.#handshake = new Promise((resolve, reject) => {
      socket.once("secureConnect", resolve);
      socket.once("error", (error) => reject(denoError(error)));
      socket.once("close", () => reject(new errors.ConnectionReset("tls handshake eof")));
    });
    // Whoever asks for the handshake hears of it.
    this.#handshake.catch(() => {});
  }

  /** Resolves when the connection is encrypted. */
  async handshake(): Promise<{ alpnProtocol: string | null }> {
    await this.#handshake;
    const { alpnProtocol } = this.socket as TLSSocket;
    return { alpnProtocol: alpnProtocol || null };
  }
}

/** Deno.connect. */
export async function connect({ hostname, port, signal }: ConnectOptions): Promise<Connection> {
  signal?.throwIfAborted();
  const socket = connectTcp({ host: hostname ?? "127.0.0.1", port });
  const abort = () => socket.destroy(signal!.reason);
  signal?.addEventListener("abort", abort);
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once("connect", resolve);
      socket.once("error", reject);
    });
  } catch (error) {
    throw denoError(error);
  } finally {
    signal?.removeEventListener("abort", abort);
  }
  return new Connection(socket);
}

/** Deno.startTls. */
export function startTls(
  { socket }: Connection,
  options: SecureOptions,
): Promise<SecureConnection> {
  // The connection handed over must not read any more.
  socket.removeAllListeners("readable");
  return Promise.resolve(new SecureConnection(connectSecure({ socket, ...secure(options) })));
}

const SERVER_NAME = Symbol.for("unstableServerName");

/** Deno.connectTls. */
export async function connectTls(
  options: SecureOptions & ConnectOptions & { readonly [SERVER_NAME]?: string },
): Promise<SecureConnection> {
  const tcp = await connect(options);
  const hostname = options[SERVER_NAME] ?? options.hostname;
  return await startTls(tcp, { ...options, hostname });
}

function secure({ hostname, caCerts = [], alpnProtocols, cert, key }: SecureOptions) {
  return {
    // Decides which name the server's certificate must have.
    host: hostname,
    servername: isIP(hostname) ? "" : hostname,
    ca: [...rootCertificates, ...caCerts],
    ALPNProtocols: alpnProtocols === undefined ? undefined : [...alpnProtocols],
    ...{ cert, key },
  };
}
