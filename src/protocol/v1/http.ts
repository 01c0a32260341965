/**
 * r19.07 over HTTP.
 *
 * @module
 */
import { formatAddress } from "../../base/address.ts";
import type { HttpResponse, HttpTransport } from "../../transport/types.ts";
import { httpAsk, type HttpProtocol, httpProtocol } from "../http_protocol.ts";
import { decodeMessage } from "../message.ts";
import type { Endpoints, ProtocolOptions } from "../types.ts";
import { v1Endpoints } from "./endpoints.ts";
import { ServerStatus } from "./generated/messages.js";
import { v1HttpCodec } from "./http_codec.ts";
import { responseError } from "./http_status.ts";

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
          return decodeMessage(ServerStatus, response.body);
        },
        options,
      );
    },
    profile: (command, options) =>
      ask({ method: "GET", path: `/api/profile?cmd=${command}` }, check, options),
  });
}
