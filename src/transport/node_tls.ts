/**
 * TLS by node:tls (OpenSSL's rules), for what Deno's own TLS (rustls and webpki) can't do: trust only the
 * given authorities, take certificates of X.509 version 1, self-signed ones and ones without a subject
 * alternative name as curl and gRPC's C++ do, and connect without checking at all.
 *
 * @module
 */
import { createPrivateKey, X509Certificate } from "node:crypto";
import { connect as connectTcp, isIP, type Socket } from "node:net";
import { checkServerIdentity, connect as connectTls, type TLSSocket } from "node:tls";
import type { Address } from "../base/address.ts";
import type { ProxyAddress } from "../base/proxy.ts";
import { systemAuthorities } from "./system_store.ts";
import { type ByteConn, SYSTEM_STORE, type TlsOptions, type TransportOptions } from "./types.ts";

/** Bytes that are held for a reader; beyond them the socket is not read. */
const HELD_BYTES = 256 * 1024;

/**
 * Connects, calls `onTcp`, and completes the handshake. A certificate that stands itself in `ca` is trusted whatever its
 * name; any other one must be signed by an authority in `ca` and have the server's name.
 *
 * @throws whatever the socket says, or what is wrong with the certificate; see errors.ts
 */
export async function openNodeTls(
  { address, tls = {}, proxy }: TransportOptions,
  alpnProtocols: string[] | undefined,
  onTcp: () => void,
  signal: AbortSignal,
): Promise<ByteConn> {
  const name = tls.serverName ?? address.host;
  checkPair(tls);
  const way = proxy === undefined
    ? { host: address.host, port: address.port }
    : { socket: await socketThroughProxy(address, proxy, signal) };
  const socket = connectTls({
    ...way,
    servername: isIP(name) ? "" : name,
    ca: authorities(tls),
    cert: tls.cert,
    key: tls.key,
    ALPNProtocols: alpnProtocols,
    // Judged below, before anything is sent: the reason is told in words, and pins are possible.
    rejectUnauthorized: false,
    checkServerIdentity: () => undefined,
  });
  if (proxy === undefined) socket.once("connect", onTcp);
  else onTcp();
  const conn = new NodeConn(socket);
  const abort = () => conn.close();
  signal.addEventListener("abort", abort);
  try {
    await handshake(socket);
    if (!tls.insecure) judge(socket, name, tls);
    socket.setNoDelay(true);
    return conn;
  } catch (error) {
    conn.close();
    throw signal.aborted ? signal.reason : error;
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

/** A socket that the proxy has connected with the server. */
async function socketThroughProxy(
  address: Address,
  proxy: ProxyAddress,
  signal: AbortSignal,
): Promise<Socket> {
  const { ConnectAnswer, cannotReachProxy, connectRequest } = await import("./proxy.ts");
  const answer = new ConnectAnswer(address, proxy);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const socket = connectTcp({ host: proxy.host, port: proxy.port });
  const abort = () => reject(signal.reason);
  const ended = () => reject(answer.ended());
  const failed = (error: Error) => reject(cannotReachProxy(address, proxy, error));
  const answered = (bytes: Uint8Array) => {
    try {
      if (answer.take(bytes)) resolve();
    } catch (error) {
      reject(error);
    }
  };
  signal.addEventListener("abort", abort);
  socket.on("error", failed).on("end", ended).on("data", answered);
  socket.once("connect", () => socket.write(connectRequest(address, proxy)));
  try {
    if (signal.aborted) throw signal.reason;
    await promise;
    socket.pause();
    return socket;
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    signal.removeEventListener("abort", abort);
    socket.off("error", failed).off("end", ended).off("data", answered);
  }
}

function authorities({ ca }: TlsOptions): string[] | undefined {
  if (ca === SYSTEM_STORE) return systemAuthorities();
  return ca === undefined ? undefined : [ca];
}

/** Deno says "unsupported protocol" of a key that is another certificate's. */
function checkPair({ cert, key }: TlsOptions): void {
  if (cert === undefined || key === undefined) return;
  if (!new X509Certificate(cert).checkPrivateKey(createPrivateKey(key))) {
    throw new Error("KeyMismatch");
  }
}

function handshake(socket: TLSSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once("secureConnect", resolve);
    socket.once("error", reject);
    socket.once("close", () => reject(new Error("tls handshake eof")));
  });
}

function judge(socket: TLSSocket, name: string, { ca }: TlsOptions): void {
  const peer = socket.getPeerCertificate();
  if (ca !== undefined && isPinned(peer.raw, ca)) return;
  if (!socket.authorized) throw untrusted(String(socket.authorizationError), ca !== undefined);
  const wrong = checkServerIdentity(name, peer);
  if (wrong !== undefined) throw wrong;
}

/** Whether one of the certificates of a PEM text is the very one that the server has. */
function isPinned(raw: Uint8Array | undefined, pem: string): boolean {
  if (raw === undefined) return false;
  for (const part of pem.split("-----BEGIN CERTIFICATE-----").slice(1)) {
    try {
      const der = Uint8Array.fromBase64(part.split("-----END", 1)[0]!);
      if (der.length === raw.length && der.every((byte, i) => byte === raw[i])) return true;
    } catch {
      // Not base64: the handshake has taken the others.
    }
  }
  return false;
}

/** The texts are what errors.ts knows. */
function untrusted(code: string, hasAuthorities: boolean): Error {
  if (/EXPIRED|NOT_YET_VALID/.test(code)) return new Error(`certificate expired: ${code}`);
  return new Error(`${hasAuthorities ? "NotOfGivenAuthorities" : "UnknownIssuer"}: ${code}`);
}

/** What Deno's own connections would have thrown: who reads it knows those. */
function denoError(error: Error & { readonly code?: string }): Error {
  const { code = "", message } = error;
  if (code === "ECONNRESET") return new Deno.errors.ConnectionReset(message);
  if (code === "EPIPE") return new Deno.errors.BrokenPipe(message);
  if (code === "ECONNABORTED") return new Deno.errors.ConnectionAborted(message);
  return /^ERR_(?:SSL|TLS)|fatal alert/.test(`${code} ${message}`)
    ? new Deno.errors.InvalidData(message)
    : error;
}

/** A socket with the methods of Deno's connections. */
class NodeConn implements ByteConn {
  readonly #socket: Socket;
  readonly #held: Uint8Array[] = [];
  #heldBytes = 0;
  #wake: (() => void) | undefined;
  readonly #writes = new Set<(reason: unknown) => void>();
  #ended = false;
  #closed = false;
  #error: unknown;

  constructor(socket: Socket) {
    this.#socket = socket;
    const wake = () => {
      this.#wake?.();
      this.#wake = undefined;
    };
    socket.on("data", (bytes: Uint8Array) => {
      this.#held.push(bytes);
      this.#heldBytes += bytes.length;
      if (this.#heldBytes > HELD_BYTES) socket.pause();
      wake();
    });
    const ended = () => {
      this.#ended = true;
      wake();
    };
    socket.on("end", ended);
    socket.on("close", () => {
      ended();
      this.#failWrites();
    });
    socket.on("error", (error) => {
      this.#error = denoError(error);
      wake();
    });
  }

  async read(into: Uint8Array): Promise<number | null> {
    for (;;) {
      if (this.#closed) throw new Deno.errors.Interrupted("operation canceled");
      const first = this.#held[0];
      if (first !== undefined) return this.#take(first, into);
      if (this.#error !== undefined) throw this.#error;
      if (this.#ended) return null;
      await new Promise<void>((resolve) => this.#wake = resolve);
    }
  }

  #take(first: Uint8Array, into: Uint8Array): number {
    const count = Math.min(first.length, into.length);
    into.set(first.subarray(0, count));
    if (count < first.length) this.#held[0] = first.subarray(count);
    else this.#held.shift();
    this.#heldBytes -= count;
    if (this.#heldBytes <= HELD_BYTES && this.#socket.isPaused()) this.#socket.resume();
    return count;
  }

  write(bytes: Uint8Array): Promise<number> {
    if (this.#closed) return Promise.reject(new Deno.errors.Interrupted("operation canceled"));
    if (this.#ended) return Promise.reject(this.#error ?? new Deno.errors.BrokenPipe("closed"));
    return new Promise((resolve, reject) => {
      this.#writes.add(reject);
      // What is written is kept until it is sent, and the caller may use its bytes again.
      this.#socket.write(bytes.slice(), (error) => {
        this.#writes.delete(reject);
        if (error) reject(this.#error ?? denoError(error));
        else resolve(bytes.length);
      });
    });
  }

  /** A socket that is gone doesn't always tell those who still write. */
  #failWrites(): void {
    for (const reject of this.#writes) {
      reject(this.#error ?? new Deno.errors.BrokenPipe("the connection was closed"));
    }
    this.#writes.clear();
  }

  close(): void {
    this.#closed = true;
    this.#socket.destroy();
    this.#failWrites();
    this.#wake?.();
    this.#wake = undefined;
  }

  ref(): void {
    this.#socket.ref();
  }

  unref(): void {
    this.#socket.unref();
  }
}
