/**
 * How servers are described: plain data, so that it can be sent to a worker.
 *
 * @module
 */
import { type Address, parseAddress, schemeOf } from "../base/address.ts";
import { parseProxy } from "../base/proxy.ts";
import { InferenceError } from "../base/errors.ts";
import type { ApiVersion, TensorWire, Wire } from "../protocol/types.ts";
import type { CallOptions, Header, TlsOptions, TransportOptions } from "../transport/types.ts";

/** Which gRPC implementation carries the calls; `lean` is what `native` was called before. */
export type GrpcChannelKind = "native" | "grpc-js" | "lean";

/** The ports that the servers use when nothing else is said. */
export const DEFAULT_PORT: Readonly<Record<Wire, number>> = { http: 8000, grpc: 8001 };

/**
 * What carries the calls to an address: the caller's choice, else what the address's scheme says, else
 * HTTP. With gRPC chosen, http:// and https:// say no more than whether TLS is used.
 *
 * @throws {InferenceError} USAGE when the address says gRPC and HTTP was chosen
 */
export function chooseWire(url: string, chosen?: Wire, fallback: Wire = "http"): Wire {
  const scheme = schemeOf(url);
  const isGrpc = scheme === "grpc" || scheme === "grpcs";
  if (isGrpc && chosen === "http") {
    throw new InferenceError("USAGE", `Cannot reach "${url}" over HTTP: ${scheme}:// means gRPC`, {
      hint: "choose gRPC, or give the server's HTTP address",
      remedy: "use-grpc",
    });
  }
  if (chosen !== undefined) return chosen;
  if (isGrpc) return "grpc";
  return scheme === undefined ? fallback : "http";
}

/** How a server's gRPC port is reached. */
export interface ChannelDescription {
  /** `host:port`, optionally with a scheme: `http`, `https`, `grpc` or `grpcs`. */
  readonly url: string;
  /** TLS with this material; an address with https:// or grpcs:// needs none for the system's authorities. */
  readonly tls?: TlsOptions;
  /**
   * Default `native`, our own HTTP/2: faster, and safe where Deno's node:http2, under grpc-js, can end the
   * whole process on a server's GOAWAY (denoland/deno#36788).
   */
  readonly grpcChannel?: GrpcChannelKind;
  /**
   * Use grpc-js on Deno too, where a server's GOAWAY may end the process.
   *
   * @default {false}
   */
  readonly unsafeGrpcJs?: boolean;
  /**
   * gRPC connections at most, over which calls are spread (`native` only). One is enough for most; many
   * calls at the same time get to a near server faster over several.
   *
   * @default {1}
   */
  readonly connections?: number;
  /**
   * Milliseconds without a byte from the server, while gRPC calls are under way, after which it is asked
   * whether it is there; without an answer in time the connection counts as broken (`native` only). 0 = never.
   *
   * @default {0}
   */
  readonly keepaliveMs?: number;
  /**
   * Milliseconds that the server may take to say that it is there (`native` only).
   *
   * @default {keepaliveMs}
   */
  readonly keepaliveTimeoutMs?: number;
  /**
   * Ask it also while no calls are under way (`native` only). Servers may take that amiss.
   *
   * @default {false}
   */
  readonly keepaliveAlways?: boolean;
  /** Compress gRPC messages that are sent (`native` only). A message that is sent again is compressed once. */
  readonly grpcCompression?: "gzip" | "deflate";
  /**
   * Bytes of a gRPC message at most that is sent (`native` only); a longer one fails its request.
   *
   * @default {2147483647}
   */
  readonly maxRequestBytes?: number;
  /** Milliseconds for making a connection, and for asking which protocol the server speaks; default 10,000. */
  readonly connectTimeoutMs?: number;
  /**
   * The HTTP proxy that makes the connections, `http://[USER:PASSWORD@]HOST:PORT`. The environment is not
   * asked; `fetch` and grpc-js take no proxy from here.
   */
  readonly proxy?: string;
  /**
   * What the server is called where that isn't its address: in HTTP's `Host`, in gRPC's `:authority`, and
   * the name that is asked for and checked with TLS, unless that has a name of its own.
   */
  readonly authority?: string;
  /**
   * Bytes of an answer at most; a longer one fails its request. `fetch` and grpc-js have no such limit.
   *
   * @default {2147483647}
   */
  readonly maxAnswerBytes?: number;
}

/** Many programs may open 256 files at most; a server with one model needs far fewer connections. */
export const DEFAULT_MAX_CONNECTIONS = 100;
/** See {@linkcode ProtocolDescription.idleTimeoutMs}. */
export const DEFAULT_IDLE_TIMEOUT_MS = 30_000;
/** For making a connection, and for asking which protocol the server speaks. */
const DEFAULT_CONNECT_TIMEOUT_MS = 10_000;

/** How a server is reached. */
export interface ProtocolDescription extends ChannelDescription {
  /** Default: `grpc` when the address begins with grpc:// or grpcs://, else `http`. */
  readonly wire?: Wire;
  /** Default `auto`: the server is asked once. */
  readonly api?: ApiVersion | "auto";
  /** The user's own headers, on every request; over gRPC as metadata. */
  readonly headers?: readonly Header[];
  /**
   * HTTP connections at the same time; requests beyond wait for their turn.
   *
   * @default {100}
   */
  readonly maxConnections?: number;
  /**
   * Milliseconds after which an HTTP connection that nobody needs is closed.
   *
   * @default {30000}
   */
  readonly idleTimeoutMs?: number;
  /** Compress request bodies (v2 over HTTP only). */
  readonly compression?: "gzip" | "deflate";
  /** Ask for compressed answers (v2 over HTTP only). */
  readonly responseCompression?: "gzip" | "deflate";
  /**
   * How inputs travel (v2 over HTTP only). By default as binary data, and as JSON to a server whose extensions
   * don't name the binary one.
   */
  readonly inputTensorFormat?: TensorWire;
  /** How outputs travel; default as for inputs. */
  readonly outputTensorFormat?: TensorWire;
}

/** What a transport to the described server needs. */
export function transportOptions(
  description: ChannelDescription,
  address: Address,
): TransportOptions {
  const { proxy, authority, connectTimeoutMs } = description;
  const serverName = authority === undefined ? undefined : checkAuthority(authority);
  const tls = description.tls ?? (address.tls ? {} : undefined);
  return {
    address,
    tls: tls && { ...tls, serverName: tls.serverName ?? serverName },
    connectTimeoutMs,
    proxy: proxy === undefined ? undefined : parseProxy(proxy),
    authority,
  };
}

/** The name in an authority. @throws {InferenceError} USAGE when it is no `name` or `name:port` */
function checkAuthority(authority: string): string {
  const plain = !/[/@?#]|:\/\//.test(authority);
  try {
    if (plain) return parseAddress(authority, 1).host;
  } catch {
    // The text below says more than "server address".
  }
  throw new InferenceError("USAGE", `Cannot use "${authority}" as the authority`, {
    hint: "write it as name or name:port, for example models.example.com",
  });
}

/** The limits of the question which protocol a server speaks, and its headers. */
export function detectionLimits(
  description: ProtocolDescription,
  { signal, headers = [] }: ConnectLimits,
): CallOptions & { readonly headers: readonly Header[] } {
  return {
    timeoutMs: description.connectTimeoutMs ?? DEFAULT_CONNECT_TIMEOUT_MS,
    signal,
    headers: [...description.headers ?? [], ...headers],
  };
}

/** What ends connecting early, and further headers of the question. */
export type ConnectLimits = Pick<CallOptions, "signal" | "headers">;

/** The protocol that the caller has chosen; undefined when the server is to be asked. */
export function chosenApi({ api }: ProtocolDescription): ApiVersion | undefined {
  return api === "auto" ? undefined : api;
}
