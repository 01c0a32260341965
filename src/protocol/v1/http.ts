/**
 * r19.07 over HTTP.
 *
 * @module
 */
import { formatAddress } from "../../base/address.ts";
import type { HttpResponse, HttpTransport } from "../../transport/types.ts";
import { decodePlain } from "../decode_plain.ts";
import { httpAsk, type HttpProtocol, httpProtocol } from "../http_protocol.ts";
import { messageSchema } from "../schema.ts";
import type { Endpoints, ProtocolOptions } from "../types.ts";
import { schema } from "./generated/descriptor.ts";
import { v1Endpoints } from "./endpoints.ts";
import type { ServerStatus } from "./generated/messages.js";
import { v1HttpCodec } from "./http_codec.ts";
import { responseError } from "./http_status.ts";

const STATUS = messageSchema(schema, "ServerStatus");

/** Makes the protocol over a transport, which it closes with itself. */
export function createV1Http(
  transport: HttpTransport,
  options: ProtocolOptions = {},
): HttpProtocol {
  const { headers = [] } = options;
  const codec = v1HttpCodec(formatAddress(transport.address));
  const endpoints = httpEndpoints(transport, headers);
  return httpProtocol({ api: "v1", transport, codec, endpoints, headers });
}

function httpEndpoints(
  transport: HttpTransport,
  headers: NonNullable<ProtocolOptions["headers"]>,
): Endpoints {
  const ask = httpAsk(transport, headers);
  const address = formatAddress(transport.address);
  const check = (response: HttpResponse) => {
    const error = responseError(response, address);
    if (error) throw error;
  };
  return v1Endpoints({
    health: (mode, options) =>
      ask(
        { method: "GET", path: `/api/health/${mode}` },
        (response) => {
          // The HTTP status is the answer; NV-Status only says whether the question was understood.
          if (response.status === 200) return true;
          check(response);
          return false;
        },
        options,
      ),
    status(modelName, options) {
      const model = modelName === undefined ? "" : `/${encodeURIComponent(modelName)}`;
      return ask(
        { method: "GET", path: `/api/status${model}?format=binary` },
        (response) => {
          check(response);
          return decodePlain(STATUS, response.body) as ServerStatus;
        },
        options,
      );
    },
    profile: (command, options) =>
      ask({ method: "GET", path: `/api/profile?cmd=${command}` }, check, options),
  });
}
