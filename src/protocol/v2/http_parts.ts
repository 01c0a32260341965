/**
 * v2 over HTTP, without the parts that only Deno and Node have.
 *
 * @module
 */
import { formatAddress } from "../../base/address.ts";
import type { HttpTransport } from "../../transport/types.ts";
import { type HttpProtocol, httpProtocol } from "../http_protocol.ts";
import type { ProtocolOptions, TensorWire } from "../types.ts";
import type { BodyCoding, Compression } from "./compression.ts";
import { v2Endpoints } from "./endpoints.ts";
import { httpCalls } from "./http_calls.ts";
import { tensorFormats } from "./tensor_formats.ts";
import { v2HttpCodec } from "./http_codec.ts";

const DEFAULT_MAX_RESPONSE_BYTES = 2 ** 31 - 1;

/** Options of {@linkcode createV2Http}. */
export interface V2HttpOptions extends ProtocolOptions {
  /** Compress request bodies. */
  readonly compression?: Compression;
  /** Ask for compressed answers. */
  readonly responseCompression?: Compression;
  /** The most that a compressed answer may grow to; default 2 GiB - 1. */
  readonly maxResponseBytes?: number;
  /** How inputs are sent; default: `binary`, or `json` to a server that lacks the extension. */
  readonly inputTensorFormat?: TensorWire;
  /** How outputs are asked for; default as for inputs. */
  readonly outputTensorFormat?: TensorWire;
}

/**
 * Makes the protocol over a transport, which it closes with itself.
 *
 * @param coding what compresses; undefined where the platform does
 */
export function createV2HttpWith(
  transport: HttpTransport,
  options: V2HttpOptions,
  coding: BodyCoding | undefined,
): HttpProtocol {
  const { headers = [], compression, responseCompression } = options;
  const maxResponseBytes = options.maxResponseBytes ?? DEFAULT_MAX_RESPONSE_BYTES;
  const address = formatAddress(transport.address);
  const calls = httpCalls(transport, { headers, maxResponseBytes, coding });
  const { formats, ask } = tensorFormats(options, calls.serverMetadata);
  const compressions = { compression, responseCompression, coding };
  const endpoints = v2Endpoints(calls);
  return {
    ...httpProtocol({
      api: "v2",
      transport,
      codec: v2HttpCodec({ address, ...compressions, maxResponseBytes, formats }),
      endpoints: {
        ...endpoints,
        // A model is asked for before its first request, which then goes out in the right form.
        async model(name, version, options) {
          const [info] = await Promise.all([endpoints.model(name, version, options), ask(options)]);
          return info;
        },
      },
      headers,
    }),
    tensorFormats: ask,
  };
}
