/**
 * A forward proxy's address, and the servers that are reached without one.
 *
 * @module
 */
import { type Address, formatAddress, parseAddress, schemeOf } from "./address.ts";
import { InferenceError } from "./errors.ts";

/** A proxy that connects to others on request (CONNECT, RFC 9110, 9.3.6). */
export interface ProxyAddress {
  readonly host: string;
  readonly port: number;
  /** The value of `Proxy-Authorization`, from a user name and password in the address. */
  readonly authorization?: string;
}

const HTTP_PORT = 80;

/**
 * Reads `http://[USER:PASSWORD@]HOST[:PORT]`; the scheme may be left out, and the port is 80 then too.
 *
 * @throws {InferenceError} USAGE when it can't be read; a password is never in the text
 */
export function parseProxy(text: string): ProxyAddress {
  const rest = text.trim();
  const scheme = schemeOf(rest);
  const body = scheme === undefined ? rest : rest.slice(scheme.length + "://".length);
  // A password may hold an @, a host can't.
  const at = body.lastIndexOf("@");
  const server = body.slice(at + 1);
  const bad = (why: string, hint: string) =>
    new InferenceError("USAGE", `Cannot use the proxy "${server}": ${why}`, { hint });
  if (scheme !== undefined && scheme !== "http") {
    throw bad(
      `${scheme}:// is no kind of proxy that can be used`,
      "give the address of an HTTP proxy",
    );
  }
  let address: Address;
  try {
    address = parseAddress(server, HTTP_PORT);
  } catch {
    throw bad("it is no address", "write it as http://host:port");
  }
  const { host, port } = address;
  if (at < 0) return { host, port };
  return { host, port, authorization: basic(body.slice(0, at), bad) };
}

function basic(user: string, bad: (why: string, hint: string) => InferenceError): string {
  try {
    const text = decodeURIComponent(user.includes(":") ? user : `${user}:`);
    return `Basic ${new TextEncoder().encode(text).toBase64()}`;
  } catch {
    throw bad(
      "its user name or password is not percent-encoded",
      "write a % in them as %25, and other special characters likewise",
    );
  }
}

/**
 * Whether a list such as `localhost, .example.com, 10.0.0.0/8, host:8000, *` names the server. A name
 * stands for itself and all below it, with or without a leading dot.
 */
export function isListed(list: string, server: Pick<Address, "host" | "port">): boolean {
  const host = server.host.toLowerCase();
  return list.split(/[\s,]/).some((entry) => {
    const wanted = entry.toLowerCase();
    if (wanted === "") return false;
    if (wanted === "*" || wanted === formatAddress(server).toLowerCase()) return true;
    if (wanted.includes("/")) return isInNetwork(host, wanted);
    const bare = /^\[(.*)\]$/.exec(wanted)?.[1] ?? wanted;
    if (host === bare) return true;
    const [name, port, more] = bare.split(":");
    if (port !== undefined && (more !== undefined || port !== String(server.port))) return false;
    const suffix = name!.replace(/^\*?\./, "");
    return suffix !== "" && (host === suffix || host.endsWith(`.${suffix}`));
  });
}

function isInNetwork(host: string, network: string): boolean {
  const [base, length, more] = network.split("/");
  if (more !== undefined || !/^\d{1,3}$/.test(length!)) return false;
  const [own, wanted] = [addressBits(host), addressBits(base!)];
  const count = Number(length);
  if (own === undefined || wanted === undefined || own.length !== wanted.length) return false;
  return count <= own.length && own.slice(0, count) === wanted.slice(0, count);
}

/** An IP address as a text of 32 or 128 bits; undefined for a name. */
function addressBits(text: string): string | undefined {
  const bits = (numbers: readonly number[], width: number) =>
    numbers.map((number) => number.toString(2).padStart(width, "0")).join("");
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(text)) {
    const parts = text.split(".").map(Number);
    return parts.every((part) => part < 256) ? bits(parts, 8) : undefined;
  }
  if (!text.includes(":") || !/^[0-9a-f:]{2,39}$/.test(text)) return undefined;
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((half) => half === "" ? [] : half.split(":"));
  const missing = 8 - head!.length - (tail?.length ?? 0);
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head!, ...new Array(Math.max(0, missing)).fill("0"), ...tail ?? []];
  if (groups.some((group) => group === "" || group.length > 4)) return undefined;
  return bits(groups.map((group) => parseInt(group, 16)), 16);
}
