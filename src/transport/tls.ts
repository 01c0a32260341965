/**
 * Opening a TCP or TLS connection, for every transport that does its own framing.
 *
 * @module
 */
import { InferenceError } from "../base/errors.ts";
import { cancelled, cannotConnect, connectTimedOut } from "./errors.ts";
import type { TlsOptions, TransportOptions } from "./types.ts";

/** Milliseconds that making a connection may take unless the options say otherwise. */
export const DEFAULT_CONNECT_TIMEOUT_MS = 10_000;

// Deno.connectTls takes the name for SNI and verification apart from the host under this registered
// symbol only. A Deno without it checks the host instead: the handshake then fails, it never passes
// unchecked.
const SERVER_NAME = Symbol.for("unstableServerName");

/** Whether the options ask for TLS. */
export function wantsTls(options: TransportOptions): boolean {
  return options.address.tls || options.tls !== undefined;
}

/**
 * Checks that TLS material is PEM and that a client certificate has its key.
 *
 * @throws {InferenceError} INVALID_ARG
 */
export function checkTlsOptions(tls: TlsOptions | undefined): void {
  if (tls === undefined) return;
  const bad = (why: string, hint: string) =>
    new InferenceError("INVALID_ARG", `Cannot use TLS: ${why}`, { hint });
  const { ca, cert, key } = tls;
  const parts = [
    ["certificate authority", ca, /-----BEGIN CERTIFICATE-----/],
    ["client certificate", cert, /-----BEGIN CERTIFICATE-----/],
    ["client key", key, /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  ] as const;
  for (const [name, text, pem] of parts) {
    if (text !== undefined && !pem.test(text)) {
      throw bad(
        `the ${name} is not PEM`,
        "PEM is text that starts with a line -----BEGIN ...-----",
      );
    }
  }
  if ((cert === undefined) !== (key === undefined)) {
    const missing = cert === undefined ? "certificate" : "key";
    throw bad(
      `the client ${missing} is missing`,
      "give both the client certificate and its key, or neither",
    );
  }
}

/**
 * Connects to the server and, if asked to, completes the TLS handshake. Nagle's algorithm is off.
 *
 * `tls.ca` is trusted in addition to Deno's own authorities: nothing short of the environment
 * variable `DENO_TLS_CA_STORE` replaces those.
 *
 * @param alpnProtocols protocols to offer in the handshake, e.g. `["h2"]`
 * @param signal gives the attempt up; a reason that is an InferenceError is what is thrown then
 * @throws {InferenceError} CONNECTION when it can't be made in time, CANCELLED by the signal,
 *   INVALID_ARG when the TLS material can't be used
 */
export async function openConnection(
  options: TransportOptions,
  alpnProtocols?: string[],
  signal?: AbortSignal,
): Promise<Deno.Conn> {
  const { address, connectTimeoutMs = DEFAULT_CONNECT_TIMEOUT_MS } = options;
  checkTlsOptions(options.tls);
  if (signal?.aborted) throw abortError(options, signal);
  const attempt = new AbortController();
  const stopped = Promise.withResolvers<never>();
  attempt.signal.addEventListener("abort", () => stopped.reject(attempt.signal.reason));
  const onAbort = () => attempt.abort(abortError(options, signal!));
  signal?.addEventListener("abort", onAbort);
  // Deno.connect can lose a connection that is made just when its signal aborts. So the caller's abort
  // only ends the wait, and what still comes is closed; a host that never answers is given up in time.
  const deadline = new AbortController();
  const giveUp = () => {
    const reason = connectTimedOut(address, connectTimeoutMs);
    deadline.abort(reason);
    attempt.abort(reason);
  };
  const timer = connectTimeoutMs > 0 ? setTimeout(giveUp, connectTimeoutMs) : undefined;
  const connecting = connect(options, alpnProtocols, attempt.signal, deadline.signal);
  const settled = () => clearTimeout(timer);
  connecting.then(settled, settled);
  try {
    return await Promise.race([stopped.promise, connecting]);
  } catch (error) {
    throw error instanceof InferenceError ? error : cannotConnect(address, error);
  } finally {
    signal?.removeEventListener("abort", onAbort);
  }
}

function abortError(options: TransportOptions, signal: AbortSignal): InferenceError {
  return signal.reason instanceof InferenceError
    ? signal.reason
    : cancelled(options.address, signal);
}

async function connectTcp(
  hostname: string,
  port: number,
  signal: AbortSignal,
  deadline: AbortSignal,
): Promise<Deno.TcpConn> {
  const conn = await Deno.connect({ hostname, port, signal: deadline });
  if (signal.aborted) {
    // Given up before it was there: the caller has stopped waiting, and nobody else would close it.
    conn.close();
    throw signal.reason;
  }
  conn.setNoDelay(true);
  return conn;
}

async function connect(
  options: TransportOptions,
  alpnProtocols: string[] | undefined,
  signal: AbortSignal,
  deadline: AbortSignal,
): Promise<Deno.Conn> {
  const { host: hostname, port } = options.address;
  if (!wantsTls(options)) {
    return await connectTcp(hostname, port, signal, deadline);
  }
  const { ca, cert, key, serverName } = options.tls ?? {};
  const caCerts = ca === undefined ? [] : [ca];
  let conn: Deno.TlsConn;
  if (cert === undefined) {
    const tcp = await connectTcp(hostname, port, signal, deadline);
    conn = await Deno.startTls(tcp, { hostname: serverName ?? hostname, caCerts, alpnProtocols });
  } else {
    const name = serverName === undefined ? {} : { [SERVER_NAME]: serverName };
    const to = { hostname, port, caCerts, alpnProtocols, cert, key: key!, ...name };
    conn = await Deno.connectTls(to);
  }
  const close = () => conn.close();
  if (signal.aborted) {
    close();
    throw signal.reason;
  }
  signal.addEventListener("abort", close);
  try {
    await conn.handshake();
  } catch (error) {
    if (!signal.aborted) close();
    throw error;
  } finally {
    signal.removeEventListener("abort", close);
  }
  return conn;
}
