/**
 * The HTTP side of the server: a listener that hands requests to the protocols by path. It is our own
 * because Deno.serve can say neither r19.07's reason phrases nor its order of headers.
 *
 * @module
 */
import { type Listener, type ListenOptions, listenTcp } from "../listening.ts";
import { HttpConnection } from "./connection.ts";
import { withCors } from "./cors.ts";
import type { HttpRoute, HttpServerRequest } from "./message.ts";

/**
 * Starts to listen. A path that no route has is answered 400, as r19.07 does.
 *
 * @throws {InferenceError} CONNECTION when the address is not to be had
 */
export function listenHttp(
  routes: readonly HttpRoute[],
  options: ListenOptions & { readonly cors?: string },
): Listener {
  const handle = (request: HttpServerRequest) => {
    const route = routes.find(({ prefix }) => request.path.startsWith(prefix));
    return route === undefined ? { status: 400 } : route.handle(request);
  };
  const allowed = options.cors === undefined ? handle : withCors(options.cors, handle);
  return listenTcp(
    "HTTP",
    options,
    (conn, limits) => new HttpConnection(conn, allowed, { log: options.log, limits }),
  );
}
