/**
 * Connecting over HTTP.
 *
 * @module
 */
import { parseAddress } from "../base/address.ts";
import type { Protocol } from "../protocol/types.ts";
import type { HttpTransport } from "../transport/types.ts";
import {
  chooseWire,
  chosenApi,
  type ConnectLimits,
  DEFAULT_IDLE_TIMEOUT_MS,
  DEFAULT_MAX_CONNECTIONS,
  DEFAULT_PORT,
  detectionLimits,
  type ProtocolDescription,
  transportOptions,
} from "./description.ts";
import { detectHttpApi } from "./detect.ts";

/** Makes the protocol over HTTP. @throws {InferenceError} as `connectProtocol` */
export async function connectHttp(
  description: ProtocolDescription,
  limits: ConnectLimits = {},
): Promise<Protocol> {
  chooseWire(description.url, "http");
  const address = parseAddress(description.url, DEFAULT_PORT.http);
  const { createHttp1Transport } = await import("../transport/http1/client/transport.ts");
  const transport: HttpTransport = createHttp1Transport({
    ...transportOptions(description, address),
    maxConnections: description.maxConnections ?? DEFAULT_MAX_CONNECTIONS,
    maxBodyBytes: description.maxAnswerBytes,
    idleTimeoutMs: description.idleTimeoutMs ?? DEFAULT_IDLE_TIMEOUT_MS,
  });
  try {
    const options = { headers: description.headers };
    const asked = detectionLimits(description, limits);
    const api = chosenApi(description) ?? await detectHttpApi(transport, asked.headers, asked);
    if (api === "v1") {
      const { createV1Http } = await import("../protocol/v1/http.ts");
      return createV1Http(transport, options);
    }
    const { createV2Http } = await import("../protocol/v2/http.ts");
    return createV2Http(transport, {
      ...options,
      compression: description.compression,
      responseCompression: description.responseCompression,
      inputTensorFormat: description.inputTensorFormat,
      outputTensorFormat: description.outputTensorFormat,
      maxResponseBytes: description.maxAnswerBytes,
    });
  } catch (error) {
    transport.close();
    throw error;
  }
}
