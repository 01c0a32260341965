/**
 * The HTTP side of the server: a listener that hands requests to the protocols by path.
 *
 * @module
 */
import { formatAddress } from "../base/address.ts";
import { finishWithin, listenError } from "./listening.ts";

/** Where a request goes. */
export interface HttpTarget {
  /** As it was sent, without the query. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
}

/** A protocol's part of the paths. */
export interface HttpRoute {
  /** What its paths begin with. */
  readonly prefix: string;
  handle(request: Request, target: HttpTarget): Response | Promise<Response>;
}

/** A socket to listen on. */
export interface ListenOptions {
  readonly host: string;
  /** 0 = any free one. */
  readonly port: number;
  /** Gets a line a request. */
  readonly log?: (line: string) => void;
}

/** Something that listens. */
export interface Listener {
  /** `host:port`. */
  readonly address: string;
  /** Takes nothing new, lets requests under way finish for `graceMs`, then ends them. */
  close(graceMs: number): Promise<void>;
}

/** Cuts `http://host/path?query` without the cost of a URL object. */
export function targetOf(url: string): HttpTarget {
  const start = url.indexOf("/", url.indexOf("//") + 2);
  const question = url.indexOf("?", start);
  if (question < 0) return { path: url.slice(start), query: "" };
  return { path: url.slice(start, question), query: url.slice(question + 1) };
}

function logged(
  handle: (request: Request) => Response | Promise<Response>,
  log: (line: string) => void,
): (request: Request) => Promise<Response> {
  return async (request) => {
    const startedAt = performance.now();
    const response = await handle(request);
    const { path } = targetOf(request.url);
    const ms = (performance.now() - startedAt).toFixed(1);
    log(`HTTP ${request.method} ${path} ${response.status} ${ms} ms`);
    return response;
  };
}

/**
 * Starts to listen. A path that no route has is answered 400, as r19.07 does.
 *
 * @throws {InferenceError} CONNECTION when the address is not to be had
 */
export function listenHttp(routes: readonly HttpRoute[], options: ListenOptions): Listener {
  const { host, port, log } = options;
  const handle = (request: Request) => {
    const target = targetOf(request.url);
    for (const route of routes) {
      if (target.path.startsWith(route.prefix)) return route.handle(request, target);
    }
    return new Response(null, { status: 400, headers: [["Content-Type", "text/plain"]] });
  };
  const abort = new AbortController();
  let server: Deno.HttpServer<Deno.NetAddr>;
  try {
    server = Deno.serve({
      hostname: host,
      port,
      signal: abort.signal,
      onListen: () => {},
      onError: (error) => {
        log?.(`HTTP request failed inside the server: ${error}`);
        return new Response(null, { status: 500, headers: [["Content-Type", "text/plain"]] });
      },
    }, log ? logged(handle, log) : handle);
  } catch (error) {
    throw listenError("HTTP", host, port, error);
  }
  const bound = server.addr;
  return {
    address: formatAddress({ host: bound.hostname, port: bound.port }),
    close: (graceMs) => finishWithin(graceMs, server.shutdown(), () => abort.abort()),
  };
}
