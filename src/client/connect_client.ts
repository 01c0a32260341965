/**
 * From a client's options to its servers.
 *
 * @module
 */
import { InferenceError } from "../base/errors.ts";
import type { Protocol } from "../protocol/types.ts";
import { Backend, Backends } from "./backends.ts";
import type { ConnectLimits, ProtocolDescription } from "./description.ts";
import { ClientCore } from "./core.ts";
import { headerList, resolveHeaders } from "./headers.ts";
import type { ConnectOptions } from "./options.ts";
import { checkRetry } from "./retry.ts";

/** Makes a protocol of a description: `connectProtocol`, or a part of it. */
export type Connector = (
  description: ProtocolDescription,
  limits: ConnectLimits,
) => Promise<Protocol>;

/** Connects to the first server that answers; the others are reached when they are needed. */
export async function connectCore(
  options: ConnectOptions,
  connector: Connector,
): Promise<ClientCore> {
  checkRetry(options.retry);
  const urls = typeof options.url === "string" ? [options.url] : [...options.url ?? []];
  if (urls.length === 0) throw new InferenceError("USAGE", "Cannot connect: no address was given");
  const { headers, signal } = options;
  const asked = typeof headers === "function" ? headers : undefined;
  const description = protocolPart(options);
  const connect = async (url: string, signal?: AbortSignal) =>
    await connector({ ...description, url }, {
      signal,
      headers: await resolveHeaders(asked),
    });
  const [first, answered] = await firstOf(urls, (url) => connect(url, signal));
  description.api = first.api;
  const backends = urls.map((url) =>
    new Backend(url, () => connect(url), url === answered ? first : undefined)
  );
  return new ClientCore(first, new Backends(backends, options.balance), {
    headers: asked,
    onRefused: options.onRefused,
    timeoutMs: options.timeoutMs,
    retry: options.retry ?? (urls.length > 1 ? { attempts: urls.length } : undefined),
    interceptors: options.interceptors,
    modelMaxAgeMs: options.modelMaxAgeMs,
    throwOnError: options.throwOnError,
  });
}

/** What the protocols need of the options. */
function protocolPart(
  options: ConnectOptions,
): { -readonly [K in keyof Omit<ProtocolDescription, "url">]: ProtocolDescription[K] } {
  const {
    url: _url,
    headers,
    balance: _balance,
    onRefused: _onRefused,
    retry: _retry,
    interceptors: _interceptors,
    signal: _signal,
    ...rest
  } = options;
  return { ...rest, headers: typeof headers === "function" ? undefined : headerList(headers) };
}

/** The first that can be reached, and its address. @throws {InferenceError} the last one's reason */
async function firstOf(
  urls: readonly string[],
  connect: (url: string) => Promise<Protocol>,
): Promise<[Protocol, string]> {
  let reason: unknown;
  for (const url of urls) {
    try {
      return [await connect(url), url];
    } catch (error) {
      reason = error;
      if (error instanceof InferenceError && !error.retryable) break;
    }
  }
  throw reason;
}
