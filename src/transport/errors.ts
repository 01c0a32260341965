/**
 * The one place where failures of sockets, TLS and name look-ups become an {@linkcode InferenceError}.
 *
 * @module
 */
import { type Address, formatAddress } from "../base/address.ts";
import { type ErrorDetails, InferenceError, type Remedy } from "../base/errors.ts";

type Reason = readonly [text: string, hint?: string, details?: ErrorDetails];

/** What stays wrong until somebody changes something. */
const lasting = (remedy?: Remedy): ErrorDetails => ({ remedy, retryable: false });

const START_A_SERVER = "check the host and the port, and that a server is running there";
const CHECK_TLS =
  "check that the certificate authority is the one that signed the server's certificate, " +
  "and that the server's name is in it";

// What the system, Deno, rustls and Node say, and what a person should read. The first match wins.
const REASONS: readonly (readonly [pattern: RegExp, reason: Reason])[] = [
  [/refused/i, ["connection refused", START_A_SERVER]],
  [/too many open files|EMFILE|ENFILE/i, [
    "this program may open no more files and connections (raise ulimit -n)",
    "ulimit -n 65536 sets a higher limit; or keep fewer requests outstanding",
  ]],
  [/lookup address|ENOTFOUND|EAI_|name resolution|invalid host/i, [
    "no such host",
    "check the spelling of the host, or give its IP address",
  ]],
  [/timed? ?out|ETIMEDOUT/i, ["no answer", START_A_SERVER]],
  [/unreachable|EHOSTUNREACH|ENETUNREACH/i, ["host unreachable", START_A_SERVER]],
  [/InvalidContentType|corrupt message|unexpected handshake message|wrong version number/i, [
    "the server does not speak TLS",
    "this may be a plain port: connect without TLS",
    lasting("no-tls"),
  ]],
  [/CertificateRequired|certificate required|HandshakeFailure|handshake failure/i, [
    "the server refused the TLS handshake",
    "it may require a client certificate, or a different one",
    lasting("set-certificate"),
  ]],
  [/not valid for name|NotValidForName|altnames/i, [
    "TLS: the server's certificate is for another name",
    "give the name that is in the certificate as the server name",
    lasting("set-server-name"),
  ]],
  [/handshake eof|unexpected eof/i, [
    "the server ended the TLS handshake",
    "it may require a client certificate, or not speak TLS",
    { remedy: "set-certificate" },
  ]],
  [/KeyMismatch|key values mismatch/i, [
    "TLS: the client's key does not belong to its certificate",
    "see whether these print the same: openssl x509 -in CERT -noout -pubkey; openssl pkey -in KEY -pubout",
    lasting("set-certificate"),
  ]],
  [
    /alert: (?:UnknownCA|BadCertificate|Certificate|UnsupportedCertificate|AccessDenied|DecryptError)/i,
    [
      "TLS: the server does not accept the client's certificate",
      "it must be signed by an authority that the server trusts, and be valid now",
      lasting("set-certificate"),
    ],
  ],
  [/NoApplicationProtocol|no application protocol/i, [
    "TLS: the server does not speak HTTP/2 here, which gRPC needs",
    "this may be the HTTPS port: use HTTP, or the gRPC port",
    lasting("use-http"),
  ]],
  [/ProtocolVersion|unsupported protocol|protocol version/i, [
    "TLS: the server has no TLS version in common with this program, which takes 1.2 and 1.3",
    "allow TLS 1.2 on the server",
    lasting(),
  ]],
  [/CaUsedAsEndEntity|UnsupportedCertVersion/i, [
    "TLS: the server's certificate is not signed by a trusted authority",
    "trust the server's own certificate, or the authority that signed it",
    lasting("set-authority"),
  ]],
  [/NotOfGivenAuthorities/, [
    "TLS: the server's certificate is not signed by a trusted authority, and is none of those given",
    "see which one it has: openssl s_client -connect HOST:PORT -showcerts",
    lasting("set-authority"),
  ]],
  [/UnknownIssuer|BadSignature|self.signed|unable to (get|verify)/i, [
    "TLS: the server's certificate is not signed by a trusted authority",
    CHECK_TLS,
    lasting("set-authority"),
  ]],
  [/expired|NotValidYet/i, [
    "TLS: the server's certificate is not valid at this time",
    "check the clock of this machine, and the certificate's dates",
    lasting(),
  ]],
  [/closed the connection|Protocol error/i, [
    "the server closed the connection",
    "the port may require TLS, or another protocol",
  ]],
  [/net access|NotCapable/i, [
    "no permission to use the network",
    "run with --allow-net",
    lasting(),
  ]],
];

/** Text of whatever a socket threw, with its name in front when that says more. */
function textOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return cause.name === "Error" ? cause.message : `${cause.name}: ${cause.message}`;
}

/**
 * The error for a connection that could not be made.
 *
 * @param address the server that was to be reached
 * @param cause what the socket, the TLS handshake or the name look-up threw, or its text
 */
export function cannotConnect(address: Address, cause: unknown): InferenceError {
  const at = formatAddress(address);
  const text = textOf(cause);
  const known = REASONS.find(([pattern]) => pattern.test(text))?.[1];
  // An unknown reason is shown as it came; "(os error 111)" helps nobody.
  const why = known?.[0] ?? text.replace(/ \(os error \d{1,9}\)$/, "");
  return new InferenceError("CONNECTION", `Cannot connect to ${at}: ${why}`, {
    address: at,
    hint: known?.[1],
    cause,
    ...known?.[2],
  });
}

/** The error for a connection that was not made within `ms` milliseconds. */
export function connectTimedOut(address: Address, ms: number): InferenceError {
  const at = formatAddress(address);
  return new InferenceError("CONNECTION", `Cannot connect to ${at}: no answer within ${ms} ms`, {
    address: at,
    hint: START_A_SERVER,
  });
}

/** The error for a call that took longer than its limit of `ms` milliseconds. */
export function timedOut(address: Address, ms: number): InferenceError {
  const at = formatAddress(address);
  return new InferenceError("TIMEOUT", `No answer from ${at} within ${ms} ms`, { address: at });
}

/** A time limit that ended in the TLS handshake: the port may not know what to make of it. */
export function handshakeUnanswered(error: InferenceError): InferenceError {
  return new InferenceError(error.code, error.message, {
    address: error.address,
    hint: "the TLS handshake was not answered; if this is a plain port, connect without TLS",
    remedy: "no-tls",
    cause: error,
  });
}

/** The error for a call that its caller's AbortSignal, or `cancel()`, ended; TIMEOUT for a timeout's. */
export function cancelled(address: Address, signal?: AbortSignal): InferenceError {
  const at = formatAddress(address);
  const cause = signal?.reason;
  if (cause instanceof Error && cause.name === "TimeoutError") {
    const text = `No answer from ${at} within the caller's time limit`;
    return new InferenceError("TIMEOUT", text, { address: at, cause });
  }
  return new InferenceError("CANCELLED", `The request to ${at} was cancelled`, {
    address: at,
    cause,
  });
}

/** The error for a call on a transport that was closed before or during it. */
export function transportClosed(address: Address): InferenceError {
  const at = formatAddress(address);
  return new InferenceError("CLOSED", `The connection to ${at} was closed by this program`, {
    address: at,
  });
}

/** The error for a connection that broke: `what` says in the middle of what. */
export function connectionBroke(address: Address, what: string, cause?: unknown): InferenceError {
  const at = formatAddress(address);
  return new InferenceError("CONNECTION", `The connection to ${at} broke ${what}`, {
    address: at,
    hint: "the server may have stopped or closed the connection; see its log",
    cause,
  });
}

/** The error for bytes that the protocol does not allow. */
export function protocolError(
  address: Address,
  what: string,
  details: Omit<ErrorDetails, "address"> = {},
): InferenceError {
  const at = formatAddress(address);
  return new InferenceError("PROTOCOL", `The server at ${at} ${what}`, { ...details, address: at });
}
