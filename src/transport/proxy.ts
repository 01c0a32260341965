/**
 * A way through a forward proxy: CONNECT, and what it answers. What then goes through the connection is
 * the server's and ours alone.
 *
 * @module
 */
import { type Address, formatAddress } from "../base/address.ts";
import { InferenceError } from "../base/errors.ts";
import type { ProxyAddress } from "../base/proxy.ts";
import { cannotConnect } from "./errors.ts";

/** Bytes of a proxy's answer at most. */
const MAX_HEAD_BYTES = 16_384;

const LF = 0x0a;
const STATUS_LINE = /^HTTP\/1\.[01] (\d{3})(?: ([^\r\n]{0,200}))?[^\n]*\n/;

/** What is sent to the proxy. */
export function connectRequest(target: Address, { authorization }: ProxyAddress): Uint8Array {
  const server = formatAddress(target);
  const user = authorization === undefined ? "" : `Proxy-Authorization: ${authorization}\r\n`;
  return new TextEncoder().encode(`CONNECT ${server} HTTP/1.1\r\nHost: ${server}\r\n${user}\r\n`);
}

/** Collects the proxy's answer. */
export class ConnectAnswer {
  readonly #target: Address;
  readonly #proxy: ProxyAddress;
  readonly #bytes = new Uint8Array(MAX_HEAD_BYTES);
  #count = 0;

  constructor(target: Address, proxy: ProxyAddress) {
    this.#target = target;
    this.#proxy = proxy;
  }

  /**
   * Takes bytes. The server says nothing before it is spoken to, so the head's end is the last of them.
   *
   * @returns whether the way is free; false when more bytes must come
   * @throws {InferenceError} CONNECTION when the proxy refuses, or is none
   */
  take(bytes: Uint8Array): boolean {
    if (this.#count + bytes.length > MAX_HEAD_BYTES) throw this.#isNone("its answer has no end");
    this.#bytes.set(bytes, this.#count);
    this.#count += bytes.length;
    if (!this.#isWhole()) return false;
    const text = new TextDecoder("latin1").decode(this.#bytes.subarray(0, this.#count));
    const [, status, reason] = STATUS_LINE.exec(text) ?? [];
    if (status === undefined) {
      throw this.#isNone(`it begins with ${JSON.stringify(text.slice(0, 40))}`);
    }
    if (status.startsWith("2")) return true;
    throw this.#refused(Number(status), reason ?? "");
  }

  /** Whether the empty line is the last that came. */
  #isWhole(): boolean {
    const bytes = this.#bytes.subarray(0, this.#count);
    if (bytes.at(-1) !== LF) return false;
    return bytes.at(-2) === LF || (bytes.at(-2) === 0x0d && bytes.at(-3) === LF);
  }

  /** The connection ended before the answer did. */
  ended(): InferenceError {
    return this.#isNone("it ended the connection");
  }

  #isNone(why: string): InferenceError {
    return this.#error(`it does not answer as a proxy does: ${why}`, {
      hint: "check the proxy's address and port",
    });
  }

  #refused(status: number, reason: string): InferenceError {
    const said = reason === "" ? String(status) : `${status} ${reason}`;
    const mayPass = status === 502 || status === 503 || status === 504;
    return this.#error(`it answers ${said}`, { hint: hintOf(status), retryable: mayPass });
  }

  #error(why: string, details: { hint: string; retryable?: boolean }): InferenceError {
    const at = formatAddress(this.#target);
    const text = `Cannot connect to ${at} through the proxy at ${
      formatAddress(this.#proxy)
    }: ${why}`;
    return new InferenceError("CONNECTION", text, {
      ...{ retryable: false, address: at, remedy: "set-proxy" },
      ...details,
    });
  }
}

function hintOf(status: number): string {
  if (status === 407) return "give a user name and password in the proxy's address";
  if (status === 403 || status === 405) {
    return "the proxy may not allow this port: ask who runs it, or go without it for this server";
  }
  return "check the server's address as the proxy sees it, or go without the proxy for this server";
}

/** The error when the proxy itself can't be reached. */
export function cannotReachProxy(
  target: Address,
  proxy: ProxyAddress,
  cause: unknown,
): InferenceError {
  const { message, retryable } = cannotConnect({ ...target, ...proxy }, cause);
  const at = formatAddress(target);
  const why = message.slice(message.indexOf(": ") + 2);
  return new InferenceError(
    "CONNECTION",
    `Cannot connect to ${at}: the proxy at ${formatAddress(proxy)} can't be reached: ${why}`,
    {
      ...{ address: at, retryable, cause, remedy: "set-proxy" },
      hint: "check the proxy's address, or go without it for this server",
    },
  );
}

/**
 * Asks the proxy at the other end of a new connection for a way to the server.
 *
 * @throws {InferenceError} CONNECTION when there is none
 */
export async function tunnel(
  conn: Pick<Deno.Conn, "read" | "write">,
  target: Address,
  proxy: ProxyAddress,
): Promise<void> {
  const request = connectRequest(target, proxy);
  for (let sent = 0; sent < request.length;) sent += await conn.write(request.subarray(sent));
  const answer = new ConnectAnswer(target, proxy);
  // One at a time: what comes behind the head is the server's already.
  const byte = new Uint8Array(1);
  while (true) {
    if (await conn.read(byte) === null) throw answer.ended();
    if (answer.take(byte)) return;
  }
}
