/**
 * v2 over HTTP.
 *
 * @module
 */
import type { HttpTransport } from "../../transport/types.ts";
import type { HttpProtocol } from "../http_protocol.ts";
import { compress, decompress } from "./compression.ts";
import { createV2HttpWith, type V2HttpOptions } from "./http_parts.ts";

export type { V2HttpOptions } from "./http_parts.ts";

/** Makes the protocol over a transport, which it closes with itself. */
export function createV2Http(transport: HttpTransport, options: V2HttpOptions = {}): HttpProtocol {
  return createV2HttpWith(transport, options, { compress, decompress });
}
