/**
 * Any protocol over HTTP: sends what its codec makes, with the user's headers.
 *
 * @module
 */
import { formatAddress } from "../base/address.ts";
import type { Header, HttpRequest, HttpResponse, HttpTransport } from "../transport/types.ts";
import { mergeHeaders } from "./call_headers.ts";
import { type HttpCodec, type HttpReply, totalCodec, unreadable } from "./codec.ts";
import type {
  ApiVersion,
  EncodedHttpRequest,
  EncodedRequest,
  Endpoints,
  Protocol,
  QueryOptions,
} from "./types.ts";

/** What makes a protocol over HTTP. */
export interface HttpProtocolParts {
  readonly api: ApiVersion;
  /** Closed with the protocol. */
  readonly transport: HttpTransport;
  readonly codec: HttpCodec;
  readonly endpoints: Endpoints;
  /** The user's own, after the codec's. */
  readonly headers: readonly Header[];
}

/** A protocol whose requests are those of HTTP. */
export interface HttpProtocol extends Protocol {
  readonly wire: "http";
  encode(...request: Parameters<Protocol["encode"]>): EncodedHttpRequest;
}

/** Whether a request is one for HTTP. */
export function isHttpRequest(request: EncodedRequest): request is EncodedHttpRequest {
  return "path" in request;
}

/** Puts a protocol together. */
export function httpProtocol(parts: HttpProtocolParts): HttpProtocol {
  const { api, transport, endpoints, headers } = parts;
  const { basePath } = transport.address;
  const address = formatAddress(transport.address);
  const codec = totalCodec(parts.codec, address);
  return {
    ...endpoints,
    api,
    wire: "http",
    address,
    encode(request) {
      const encoded = codec.encode(request);
      return {
        ...encoded,
        path: basePath + encoded.path,
        headers: [...encoded.headers, ...headers],
      };
    },
    async send(request: EncodedHttpRequest, options) {
      const sent = toHttpRequest(request, options?.headers);
      return toReply(await transport.request(sent, options), request);
    },
    exchange(request: EncodedHttpRequest, options, callback) {
      transport.exchange(toHttpRequest(request, options.headers), options, (response, error) => {
        if (response === undefined) callback(undefined, error);
        else callback(toReply(response, request), undefined);
      });
    },
    failure: codec.failure,
    decode: codec.decode,
    replyId: codec.replyId,
    isFinal: codec.isFinal,
    isEmpty: codec.isEmpty,
    close: () => transport.close(),
  };
}

function toHttpRequest(
  { path, headers, body, idempotent }: EncodedHttpRequest,
  ofCall: readonly Header[] | undefined,
): HttpRequest {
  return { method: "POST", path, headers: mergeHeaders(headers, ofCall), body, idempotent };
}

function toReply(response: HttpResponse, { path }: EncodedHttpRequest): HttpReply {
  return { response, path, byteLength: response.body.byteLength, times: response.times };
}

/** A question to a server that isn't inference. */
export interface HttpQuery {
  readonly method: "GET" | "POST";
  /** Without the address's base path. */
  readonly path: string;
  readonly headers?: readonly Header[];
  readonly body?: Uint8Array;
}

/** Asks a server and reads its answer. */
export type HttpAsk = <T>(
  query: HttpQuery,
  read: (response: HttpResponse) => T,
  options?: QueryOptions,
) => Promise<T>;

/** How endpoints ask: with the user's headers, and a clear error for an answer that can't be read. */
export function httpAsk(transport: HttpTransport, headers: readonly Header[]): HttpAsk {
  const address = formatAddress(transport.address);
  return async (query, read, options) => {
    const response = await transport.request({
      method: query.method,
      path: transport.address.basePath + query.path,
      headers: mergeHeaders([...query.headers ?? [], ...headers], options?.headers),
      body: query.body === undefined ? undefined : [query.body],
    }, options);
    try {
      return read(response);
    } catch (error) {
      throw unreadable(error, address);
    }
  };
}
