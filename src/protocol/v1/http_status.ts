/**
 * How r19.07 says over HTTP whether a request succeeded: a RequestStatus as text in NV-Status.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import type { HttpResponse } from "../../transport/types.ts";
import { codeOfProxy, refusalDetails } from "../http_status.ts";
import { statusError } from "./request_status.ts";
import { parseText } from "./text_format/text_format.ts";

/**
 * The error that a response stands for; undefined when its NV-Status is SUCCESS.
 *
 * @param address `host:port`, for messages
 * @throws {InferenceError} PROTOCOL when the status can't be read
 */
export function responseError(
  response: HttpResponse,
  address: string,
): InferenceError | undefined {
  const text = response.header("nv-status");
  if (text !== undefined) return statusError(parseText("RequestStatus", text), address);
  const status = `${response.status} ${response.statusText}`;
  const proxy = codeOfProxy(response.status);
  if (proxy !== undefined) {
    return new InferenceError(
      proxy,
      `The server at ${address} answered with HTTP ${status}`,
      refusalDetails(response, address),
    );
  }
  return new InferenceError(
    "PROTOCOL",
    `The server at ${address} answers ${status} without an NV-Status header: ` +
      "it doesn't look like r19.07's HTTP endpoint",
    { address, hint: "check the address, or try the protocol v2", remedy: "choose-api" },
  );
}
