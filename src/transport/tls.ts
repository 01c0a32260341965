/**
 * Opening a TCP or TLS connection, for every transport that does its own framing.
 *
 * @module
 */
import { InferenceError } from "../base/errors.ts";
import { cancelled, cannotConnect, connectTimedOut, handshakeUnanswered } from "./errors.ts";
import { type ByteConn, SYSTEM_STORE, type TlsOptions, type TransportOptions } from "./types.ts";

/** Milliseconds that making a connection may take unless the options say otherwise. */
export const DEFAULT_CONNECT_TIMEOUT_MS = 10_000;

/** Whether the options ask for TLS. */
export function wantsTls(options: TransportOptions): boolean {
  return options.address.tls || options.tls !== undefined;
}

/** Whether Deno's own TLS would not do what the options ask for. */
function needsNodeTls({ ca, cert, insecure, serverName }: TlsOptions): boolean {
  return insecure === true || [ca, cert, serverName].some((value) => value !== undefined);
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
    ["client key", key, /-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----/],
  ] as const;
  for (const [name, text, pem] of parts) {
    if (text !== undefined && !pem.test(text) && !(text === ca && ca === SYSTEM_STORE)) {
      throw bad(
        `the ${name} is not PEM`,
        "PEM is text that starts with a line -----BEGIN ...-----",
      );
    }
  }
  if (key !== undefined && /-----BEGIN ENCRYPTED PRIVATE KEY|^Proc-Type: 4,ENCRYPTED/m.test(key)) {
    throw bad(
      "the client key is encrypted",
      "decrypt it into a file that only you can read: openssl pkey -in KEY -out PLAIN_KEY",
    );
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
 * Without any TLS material Deno's own TLS is used, which is faster; see node_tls.ts for the rest.
 *
 * @param alpnProtocols protocols to offer in the handshake, e.g. `["h2"]`
 * @param signal gives the attempt up; a reason that is an InferenceError is what is thrown then
 * @param onSecuring called when the server is reached and the TLS handshake begins
 * @throws {InferenceError} CONNECTION when it can't be made in time, CANCELLED by the signal,
 *   INVALID_ARG when the TLS material can't be used
 */
export async function openConnection(
  options: TransportOptions,
  alpnProtocols?: string[],
  signal?: AbortSignal,
  onSecuring?: () => void,
): Promise<ByteConn> {
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
  let isSecuring = false;
  const onTcp = () => {
    isSecuring = true;
    onSecuring?.();
  };
  const connecting = connect(options, alpnProtocols, onTcp, attempt.signal, deadline.signal);
  const settled = () => clearTimeout(timer);
  connecting.then(settled, settled);
  try {
    return await Promise.race([stopped.promise, connecting]);
  } catch (error) {
    if (!(error instanceof InferenceError)) throw cannotConnect(address, error);
    throw isSecuring && isTimeLimit(error) ? handshakeUnanswered(error) : error;
  } finally {
    signal?.removeEventListener("abort", onAbort);
  }
}

function isTimeLimit({ code, message }: InferenceError): boolean {
  return code === "TIMEOUT" || (code === "CONNECTION" && message.includes("no answer within"));
}

function abortError(options: TransportOptions, signal: AbortSignal): InferenceError {
  return signal.reason instanceof InferenceError
    ? signal.reason
    : cancelled(options.address, signal);
}

async function connectTcp(
  { address, proxy }: TransportOptions,
  signal: AbortSignal,
  deadline: AbortSignal,
): Promise<Deno.TcpConn> {
  const { host: hostname, port } = proxy ?? address;
  let conn: Deno.TcpConn;
  try {
    conn = await Deno.connect({ hostname, port, signal: deadline });
  } catch (error) {
    if (proxy === undefined || signal.aborted) throw error;
    const { cannotReachProxy } = await import("./proxy.ts");
    throw cannotReachProxy(address, proxy, error);
  }
  const close = () => conn.close();
  if (signal.aborted) {
    // Given up before it was there: the caller has stopped waiting, and nobody else would close it.
    close();
    throw signal.reason;
  }
  conn.setNoDelay(true);
  if (proxy === undefined) return conn;
  await closedByAbort(signal, close, async () => {
    const { tunnel } = await import("./proxy.ts");
    await tunnel(conn, address, proxy);
  });
  return conn;
}

/** Runs a step of connecting; the connection is closed when the step fails or the signal comes. */
async function closedByAbort(
  signal: AbortSignal,
  close: () => void,
  step: () => Promise<unknown>,
): Promise<void> {
  signal.addEventListener("abort", close);
  try {
    await step();
  } catch (error) {
    if (!signal.aborted) close();
    throw error;
  } finally {
    signal.removeEventListener("abort", close);
  }
}

async function connect(
  options: TransportOptions,
  alpnProtocols: string[] | undefined,
  onTcp: () => void,
  signal: AbortSignal,
  deadline: AbortSignal,
): Promise<ByteConn> {
  if (!wantsTls(options)) return await connectTcp(options, signal, deadline);
  if (needsNodeTls(options.tls ?? {})) {
    // Loaded only where it is needed.
    const { openNodeTls } = await import("./node_tls.ts");
    return await openNodeTls(options, alpnProtocols, onTcp, signal);
  }
  const tcp = await connectTcp(options, signal, deadline);
  onTcp();
  const conn = await Deno.startTls(tcp, { hostname: options.address.host, alpnProtocols });
  const close = () => conn.close();
  if (signal.aborted) {
    close();
    throw signal.reason;
  }
  await closedByAbort(signal, close, () => conn.handshake());
  return conn;
}
