/**
 * HTTP by the platform's own `fetch`: for browsers, edge workers, and wherever there are no sockets.
 *
 * @module
 */
import { type Address, formatAddress } from "../../base/address.ts";
import { onAbort } from "../../base/abort.ts";
import { LONGEST_TIMER_MS } from "../../base/clock.ts";
import { InferenceError } from "../../base/errors.ts";
import { cancelled, timedOut, transportClosed } from "../errors.ts";
import { callBack } from "../exchange.ts";
import type { CallOptions, HttpRequest, HttpResponse, HttpTransport } from "../types.ts";

/** What the transport needs. */
export interface FetchOptions {
  readonly address: Address;
  /** Instead of the platform's. */
  readonly fetch?: typeof fetch;
}

/** What `fetch` sets itself, or forbids. */
const OWN_HEADERS = new Set(["host", "connection", "content-length", "accept-encoding"]);

/** Makes the transport. Nothing is sent before the first request. */
export function createFetchTransport(options: FetchOptions): HttpTransport {
  const { address } = options;
  const send = options.fetch ?? fetch;
  const origin = `${address.tls ? "https" : "http"}://${formatAddress(address)}`;
  const closing = new AbortController();

  const request = async (
    { method, path, headers, body }: HttpRequest,
    { timeoutMs, signal }: CallOptions = {},
  ): Promise<HttpResponse> => {
    if (closing.signal.aborted) throw transportClosed(address);
    if (signal?.aborted) throw cancelled(address, signal);
    const attempt = new AbortController();
    let ended: InferenceError | undefined;
    const end = (error: InferenceError) => {
      ended ??= error;
      attempt.abort();
    };
    const unwatch = [
      signal && onAbort(signal, () => end(cancelled(address, signal))),
      onAbort(closing.signal, () => end(transportClosed(address))),
    ];
    const timer = timeoutMs && timeoutMs <= LONGEST_TIMER_MS
      ? setTimeout(() => end(timedOut(address, timeoutMs)), timeoutMs)
      : undefined;
    const sendStart = performance.now();
    try {
      const response = await send(origin + path, {
        method,
        headers: headers.filter(([name]) => !OWN_HEADERS.has(name.toLowerCase()))
          .map(([name, value]): [string, string] => [name, value]),
        body: body && body.length > 0 ? new Blob([...body] as BlobPart[]) : undefined,
        signal: attempt.signal,
      });
      const receiveStart = performance.now();
      const bytes = new Uint8Array(await response.arrayBuffer());
      const receiveEnd = performance.now();
      return {
        status: response.status,
        statusText: response.statusText,
        // The platform has decompressed the body.
        header: (name) =>
          name === "content-encoding" ? undefined : response.headers.get(name) ?? undefined,
        body: bytes,
        times: { sendStart, sendEnd: sendStart, receiveStart, receiveEnd },
      };
    } catch (cause) {
      throw ended ?? failed(address, cause);
    } finally {
      clearTimeout(timer);
      for (const stop of unwatch) stop?.();
    }
  };

  return {
    address,
    request,
    exchange: (call, options, callback) => callBack(request(call, options), callback),
    close: () => closing.abort(),
  };
}

/** A platform tells no reasons: a server that isn't there, a name, TLS, or CORS. */
function failed(address: Address, cause: unknown): InferenceError {
  const at = formatAddress(address);
  const why = cause instanceof Error ? cause.message : String(cause);
  return new InferenceError("CONNECTION", `Cannot reach ${at}: ${why}`, {
    address: at,
    hint: "check that a server is running there; in a browser, that it allows this page (CORS)",
    cause,
  });
}
