/**
 * What a v2 server's refusals become: `{"error": "text"}` over HTTP, gRPC statuses over gRPC.
 *
 * @module
 */
import { type ErrorCode, InferenceError, toInferenceError } from "../../base/errors.ts";
import { grpcCauseOf } from "../../transport/grpc/status.ts";
import { isObject, parseJson } from "./json.ts";

const CODES: Readonly<Record<number, ErrorCode>> = {
  400: "INVALID_ARG",
  401: "UNAVAILABLE",
  403: "UNAVAILABLE",
  404: "NOT_FOUND",
  405: "UNSUPPORTED",
  408: "UNAVAILABLE",
  409: "ALREADY_EXISTS",
  413: "INVALID_ARG",
  415: "UNSUPPORTED",
  422: "INVALID_ARG",
  429: "UNAVAILABLE",
  500: "INTERNAL",
  501: "UNSUPPORTED",
  502: "UNAVAILABLE",
  503: "UNAVAILABLE",
  504: "UNAVAILABLE",
};

const HEADER_HINT = "check the headers sent with the request";
const PREVIEW_LENGTH = 200;

/** An HTTP answer as far as its error is concerned; `body` is decompressed. */
export interface HttpFailure {
  readonly status: number;
  readonly statusText: string;
  readonly body: Uint8Array;
}

/**
 * The error of an HTTP answer that is not good: the server's own words, where it has any.
 *
 * @param asked method and path, for answers that no v2 server gives
 * @param address `host:port`
 */
export function httpError(answer: HttpFailure, asked: string, address: string): InferenceError {
  const text = errorText(answer.body);
  const hint = answer.status === 401 || answer.status === 403 ? HEADER_HINT : undefined;
  if (text !== undefined) {
    return new InferenceError(codeOf(answer.status, text), text, { address, hint });
  }
  const body = preview(answer.body);
  const status = `${answer.status} ${answer.statusText}`.trim();
  return new InferenceError(
    CODES[answer.status] ?? "PROTOCOL",
    `The server at ${address} answered ${asked} with HTTP ${status} and ${
      body === "" ? "no message" : `no v2 error message but: ${body}`
    }`,
    { address, hint: hint ?? "check that this is the HTTP port of a v2 server" },
  );
}

/**
 * The error of a call that the server itself refused; undefined when the call did not get through
 * (no connection, time run out, given up).
 */
export function refusal(error: unknown): InferenceError | undefined {
  if (grpcCauseOf(error) === undefined) return undefined;
  const { code } = error as InferenceError;
  return code === "TIMEOUT" || code === "CANCELLED" ? undefined : error as InferenceError;
}

/** The error of one message on a gRPC stream, which carries text only. */
export function streamError(text: string, address: string): InferenceError {
  return new InferenceError(codeOfText(text) ?? "UNKNOWN", text, { address });
}

/** Whatever was thrown while reading an answer, as PROTOCOL error. */
export function unreadable(error: unknown, address: string): InferenceError {
  return toInferenceError(error, "PROTOCOL", `Cannot read the answer of the server at ${address}`);
}

function codeOf(status: number, text: string): ErrorCode {
  // Older servers answer every failure with 400.
  const fromText = status === 400 ? codeOfText(text) : undefined;
  return fromText ?? CODES[status] ?? (status >= 500 ? "INTERNAL" : "UNKNOWN");
}

/** What the wording of Triton's core tells, where no status does. */
function codeOfText(text: string): ErrorCode | undefined {
  if (text.startsWith("Request for unknown model: ")) return "NOT_FOUND";
  if (
    /^(\[request id: .*?\] )?(expected \d+ inputs|unexpected |inference input |input |inference request )/s
      .test(text)
  ) return "INVALID_ARG";
  return undefined;
}

function errorText(body: Uint8Array): string | undefined {
  try {
    const json = parseJson(body, "an error");
    const text = isObject(json) ? json.error : undefined;
    return typeof text === "string" && text !== "" ? text : undefined;
  } catch {
    return undefined;
  }
}

function preview(body: Uint8Array): string {
  const text = new TextDecoder().decode(body.subarray(0, 4 * PREVIEW_LENGTH))
    .replace(/[\p{Cc}\s]+/gu, " ").trim();
  return text.length > PREVIEW_LENGTH ? `${text.slice(0, PREVIEW_LENGTH)}...` : text;
}
