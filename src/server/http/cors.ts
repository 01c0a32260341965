/**
 * Cross-origin requests: which web pages may talk to the server.
 *
 * @module
 */
import type { Header } from "../../transport/types.ts";
import type { HttpServerRequest, HttpServerResponse } from "./message.ts";

/** Headers of answers that a page may read. */
const EXPOSED = "Inference-Header-Content-Length, NV-Status, NV-InferResponse, Content-Encoding";
/** Seconds for which a browser need not ask again. */
const MAX_AGE = 600;

type Handle = (request: HttpServerRequest) => HttpServerResponse | Promise<HttpServerResponse>;

/**
 * Lets pages of an origin send requests and read answers.
 *
 * @param origin e.g. `https://example.com`, or `*` for every page
 */
export function withCors(origin: string, handle: Handle): Handle {
  const always: Header[] = [
    ["Access-Control-Allow-Origin", origin],
    ["Access-Control-Expose-Headers", EXPOSED],
    ...origin === "*" ? [] : [["Vary", "Origin"] as const],
  ];
  return async (request) => {
    const asks = request.header("access-control-request-method");
    if (request.method === "OPTIONS" && asks !== undefined) return preflight(request, always);
    const response = await handle(request);
    if (request.header("origin") === undefined) return response;
    return { ...response, headers: [...response.headers ?? [], ...always] };
  };
}

/** A browser asks whether it may send what it has. */
function preflight(request: HttpServerRequest, always: readonly Header[]): HttpServerResponse {
  const wanted = request.header("access-control-request-headers") ?? "";
  const allowed = wanted.split(",").map((name) => name.trim())
    .filter((name) => /^[\w-]+$/.test(name));
  return {
    status: 200,
    headers: [
      ...always,
      ["Access-Control-Allow-Methods", "GET, POST"],
      ["Access-Control-Allow-Headers", allowed.join(", ")],
      ["Access-Control-Max-Age", String(MAX_AGE)],
    ],
  };
}
