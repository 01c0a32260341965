/**
 * The flags that every command has which talks to a server.
 *
 * @module
 */
import { InferenceError } from "../base/errors.ts";
import type { FlagTable } from "./flag.ts";

const section = "Connection";

/** To be spread into a command's own table. */
export const serverFlags = {
  url: {
    kind: "string",
    section,
    long: "url",
    short: "u",
    value: "HOST:PORT",
    help: "address of the server; with https:// or grpcs:// in front, TLS is used",
    defaultHelp: "localhost:8000, for gRPC localhost:8001",
  },
  protocol: {
    kind: "choice",
    section,
    long: "protocol",
    short: "i",
    choices: ["http", "grpc"],
    default: "http",
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
    help: "give up on a request after this time",
    defaultHelp: "no limit",
  },
  tls: { kind: "boolean", section, long: "tls", help: "encrypt the connection" },
  ca: {
    kind: "string",
    section,
    long: "ca",
    value: "FILE",
    path: "file",
    help: "PEM file of the authorities to trust, instead of the system's",
  },
  cert: {
    kind: "string",
    section,
    long: "cert",
    value: "FILE",
    path: "file",
    help: "PEM file of the client's certificate; goes with --key",
  },
  key: {
    kind: "string",
    section,
    long: "key",
    value: "FILE",
    path: "file",
    help: "PEM file of the client's private key",
  },
  serverName: {
    kind: "string",
    section,
    long: "server-name",
    value: "NAME",
    help: "name to expect in the server's certificate, instead of the host",
  },
  grpcChannel: {
    kind: "choice",
    section,
    long: "grpc-channel",
    choices: ["lean", "grpc-js"],
    default: "lean",
    help: "gRPC implementation: lean is built for measuring, grpc-js is the common library",
  },
  verbose: { kind: "boolean", long: "verbose", short: "v", help: "tell more about what is done" },
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
      new InferenceError("USAGE", `Cannot use "${text}" for --header (-H): ${why}`);
    const colon = text.indexOf(":");
    if (colon < 0) throw bad("expected NAME:VALUE");
    const name = text.slice(0, colon);
    const value = text.slice(colon + 1).trim();
    if (!HEADER_NAME.test(name)) throw bad(`"${name}" is not a header name`);
    if (CONTROL.test(value)) throw bad("the value holds a control character");
    return [name, value];
  });
}
