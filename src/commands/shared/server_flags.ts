/**
 * The flags that every command has which talks to a server.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import type { FlagTable } from "../../cli/flag.ts";

const section = "Connection";

/** To be spread into a command's own table. */
export const serverFlags = {
  url: {
    kind: "string",
    section,
    long: "url",
    short: "u",
    value: "HOST:PORT",
    help: "address of the server; grpc:// selects gRPC, https:// and grpcs:// select TLS; " +
      "several servers with commas between them",
    defaultHelp: "localhost:8000, with gRPC localhost:8001",
  },
  balance: {
    kind: "choice",
    section,
    long: "balance",
    choices: ["round-robin", "least-outstanding"],
    default: "round-robin",
    help: "how requests are spread over several servers",
  },
  protocol: {
    kind: "choice",
    section,
    long: "protocol",
    short: "i",
    choices: ["http", "grpc"],
    defaultHelp: "http, or what the address selects",
    help: "network protocol",
  },
  api: {
    kind: "choice",
    section,
    long: "api",
    choices: ["auto", "v1", "v2"],
    default: "auto",
    help: "inference protocol: v1 is TensorRT Inference Server r19.07, v2 is Triton; " +
      "auto asks the server",
  },
  headers: {
    kind: "list",
    section,
    long: "header",
    short: "H",
    value: "NAME:VALUE",
    help: "HTTP header or gRPC metadata to send with every request",
  },
  timeout: {
    kind: "number",
    section,
    long: "timeout",
    value: "SECONDS",
    min: 0,
    help: "time limit for each request, and for connecting unless --connect-timeout is given",
    defaultHelp: "no limit",
  },
  connectTimeout: {
    kind: "number",
    section,
    long: "connect-timeout",
    value: "SECONDS",
    min: 0,
    help: "time limit for connecting and for asking which protocol the server speaks",
    defaultHelp: "10, or --timeout if that is less",
  },
  tls: { kind: "boolean", section, long: "tls", help: "encrypt the connection" },
  ca: {
    kind: "string",
    section,
    long: "ca",
    value: "FILE",
    path: "file",
    help:
      "PEM or DER file with the only certificates to trust: authorities, or the server's own; " +
      "system is this machine's store",
    defaultHelp: "the built-in authorities",
  },
  insecure: {
    kind: "boolean",
    section,
    long: "insecure",
    help: "use TLS without checking the server's certificate",
    warning:
      "--insecure: the server's certificate is not checked, anybody in between can read and change all",
  },
  cert: {
    kind: "string",
    section,
    long: "cert",
    value: "FILE",
    path: "file",
    help: "PEM or DER file with the client's certificate; needs --key",
  },
  key: {
    kind: "string",
    section,
    long: "key",
    value: "FILE",
    path: "file",
    help: "PEM or DER file with the client's private key",
  },
  serverName: {
    kind: "string",
    section,
    long: "server-name",
    value: "NAME",
    help: "name to expect in the server's certificate, instead of the host name",
  },
  authority: {
    kind: "string",
    section,
    long: "authority",
    value: "NAME",
    help: "what the server is called instead of its address, in Host, :authority and TLS alike; " +
      "for virtual hosts",
  },
  proxy: {
    kind: "string",
    section,
    long: "proxy",
    value: "URL",
    help: "HTTP proxy that makes the connections, for HTTP and gRPC alike",
    defaultHelp: "http_proxy, https_proxy, grpc_proxy or all_proxy",
  },
  noProxy: {
    kind: "string",
    section,
    long: "no-proxy",
    value: "HOSTS",
    help: "servers to reach without a proxy, such as localhost,.example.com,10.0.0.0/8 or *",
    defaultHelp: "no_proxy",
  },
  grpcChannel: {
    kind: "choice",
    section,
    long: "grpc-channel",
    choices: ["native", "grpc-js"],
    former: { lean: "native" },
    default: "native",
    help:
      "gRPC implementation: native is this program's own; grpc-js is the npm package, which Deno may " +
      "end with the whole process: it takes TRTIS_UNSAFE_GRPC_JS=1",
  },
  tokenFile: {
    kind: "string",
    section,
    long: "token-file",
    value: "FILE",
    path: "file",
    help: "file with a bearer token to send with every request; read again when it is refused",
    defaultHelp: "TRTIS_TOKEN, if it is set",
  },
  basicFile: {
    kind: "string",
    section,
    long: "basic-file",
    value: "FILE",
    path: "file",
    help: "file with user:password for basic authentication; read again when it is refused",
    defaultHelp: "TRTIS_BASIC, if it is set",
  },
  inputTensorFormat: {
    kind: "choice",
    section,
    long: "input-tensor-format",
    choices: ["binary", "json"],
    help: "how inputs are sent (v2 over HTTP)",
    defaultHelp: "binary, or json if the server's extensions lack it",
  },
  outputTensorFormat: {
    kind: "choice",
    section,
    long: "output-tensor-format",
    choices: ["binary", "json"],
    help: "how outputs are asked for (v2 over HTTP)",
    defaultHelp: "as for inputs",
  },
  verbose: { kind: "boolean", long: "verbose", short: "v", help: "print more detail" },
} as const satisfies FlagTable;

/** A token as RFC 9110 allows it for a header's name. */
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const CONTROL = /[^\t\P{Cc}]/u;

/**
 * Reads headers as they are given with `-H`. Only the first colon counts; blanks around the value
 * are dropped.
 *
 * @throws {InferenceError} `USAGE` when a text is not `Name:Value`
 */
export function parseHeaders(
  texts: readonly string[],
): (readonly [name: string, value: string])[] {
  return texts.map((text) => {
    const bad = (why: string) =>
      new InferenceError("USAGE", `Cannot use ${shown} for --header (-H): ${why}`);
    const colon = text.indexOf(":");
    // A value may be a secret, and so may be what lacks a colon.
    const name = text.slice(0, Math.max(0, colon));
    const shown = colon < 0 ? "a text without a colon" : `"${name}:***"`;
    if (colon < 0) throw bad("expected NAME:VALUE");
    const value = text.slice(colon + 1).trim();
    if (!HEADER_NAME.test(name)) throw bad(`"${name}" is not a header name`);
    if (CONTROL.test(value)) throw bad("the value holds a control character");
    return [name, value];
  });
}
