/**
 * The HTTP side of the server: a listener that hands requests to the protocols by path.
 *
 * @module
 */
import { formatAddress } from "../base/address.ts";
import { listenError, within } from "./listening.ts";

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

type Handle = (request: Request) => Response | Promise<Response>;

/** Counts the requests under way. */
class UnderWay {
  #count = 0;
  #closing = false;
  readonly #idle = Promise.withResolvers<void>();

  counted(handle: Handle): Handle {
    return (request) => {
      if (this.#closing) {
        return new Response(null, { status: 503, headers: { connection: "close" } });
      }
      this.#count++;
      let response: Response | Promise<Response>;
      try {
        response = handle(request);
      } catch (error) {
        this.#done();
        throw error;
      }
      if (response instanceof Response) this.#done();
      else response.then(this.#done, this.#done);
      return response;
    };
  }

  readonly #done = () => {
    if (--this.#count === 0 && this.#closing) this.#idle.resolve();
  };

  /** Takes nothing new; resolves with whether everything ended within the time. */
  async end(graceMs: number): Promise<boolean> {
    this.#closing = true;
    if (this.#count === 0) return true;
    return await within(graceMs, this.#idle.promise);
  }
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
  const underWay = new UnderWay();
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
    }, underWay.counted(log ? logged(handle, log) : handle));
  } catch (error) {
    throw listenError("HTTP", host, port, error);
  }
  const bound = server.addr;
  return {
    address: formatAddress({ host: bound.hostname, port: bound.port }),
    async close(graceMs) {
      // Either of the two: Deno fails in the signal's listener when a server is shut down already.
      if (await underWay.end(graceMs)) await within(graceMs, server.shutdown());
      else {
        abort.abort();
        await server.finished;
      }
    },
  };
}
