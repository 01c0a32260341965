/**
 * Where a server listens: `host`, `host:port`, `[::1]:8000`, `http://host:port`, `https://...`,
 * `grpc://...`, `grpcs://...`.
 *
 * @module
 */
import { withoutTrailing } from "./text.ts";
import { InferenceError } from "./errors.ts";

/** A server's address. */
export interface Address {
  /** Name or IP address; IPv6 without brackets. */
  readonly host: string;
  /** 1 to 65535. */
  readonly port: number;
  /** Whether the scheme asked for TLS. */
  readonly tls: boolean;
  /** A path before every request path, without the closing slash; empty for gRPC. */
  readonly basePath: string;
}

const TLS_SCHEMES = new Set(["https", "grpcs"]);
const PLAIN_SCHEMES = new Set(["http", "grpc"]);

const SERVER = {
  what: "server address",
  hint: "write it as host:port, for example localhost:8000",
};

/**
 * Reads an address as it is given with `-u`.
 *
 * @param text what the user wrote
 * @param defaultPort the port when the text has none
 * @param naming what messages call it; a server's address by default
 * @throws {InferenceError} `USAGE` when it can't be read
 */
export function parseAddress(
  text: string,
  defaultPort: number,
  { what, hint }: { readonly what: string; readonly hint: string } = SERVER,
): Address {
  const bad = (why: string) =>
    new InferenceError("USAGE", `Cannot read the ${what} "${withoutUser(text)}": ${why}`, { hint });
  let rest = text.trim();
  let tls = false;
  const name = schemeOf(rest);
  if (name !== undefined) {
    if (TLS_SCHEMES.has(name)) tls = true;
    else if (!PLAIN_SCHEMES.has(name)) throw bad(`unknown scheme "${name}"`);
    rest = rest.slice(name.length + "://".length);
  }
  // No message may repeat what stands there.
  if (rest.includes("@")) throw bad("it holds a user or a password, which are given apart");
  const slash = rest.indexOf("/");
  const basePath = slash < 0 ? "" : withoutTrailing(rest.slice(slash), "/");
  if (slash >= 0) rest = rest.slice(0, slash);
  const match = /^(?:\[([^\]]+)\]|([^:]*))(?::(.*))?$/.exec(rest);
  if (!match) throw bad("an IPv6 address needs brackets, as in [::1]:8000");
  const host = match[1] ?? match[2];
  if (!host) throw bad("the host is missing");
  if (/[\s\p{Cc}]/u.test(rest + basePath)) throw bad("it holds white space");
  if (match[3] === undefined) return { host, port: defaultPort, tls, basePath };
  const port = /^\d{1,5}$/.test(match[3]) ? Number(match[3]) : NaN;
  if (!(port >= 1 && port <= 65535)) throw bad(`the port "${match[3]}" is not 1 to 65535`);
  return { host, port, tls, basePath };
}

/** The scheme of an address in lower case; undefined when it has none. */
export function schemeOf(text: string): string | undefined {
  return /^\s*([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
}

/** `host:port`, with brackets around an IPv6 address. */
export function formatAddress(address: Pick<Address, "host" | "port">): string {
  const host = address.host.includes(":") ? `[${address.host}]` : address.host;
  return `${host}:${address.port}`;
}

/** An address without the user and the password that it may hold, for messages. */
export function withoutUser(text: string): string {
  const at = text.lastIndexOf("@");
  if (at < 0) return text;
  const scheme = text.indexOf("://");
  return `${scheme < 0 || scheme > at ? "" : text.slice(0, scheme + 3)}***${text.slice(at)}`;
}
