/**
 * What a v2 server's refusals become: `{"error": "text"}` over HTTP, gRPC statuses over gRPC.
 *
 * @module
 */
import { type ErrorCode, InferenceError } from "../../base/errors.ts";
import { codeOfStatus, type Refusal, refusalDetails } from "../http_status.ts";
import { isObject, parseJson } from "./json.ts";

const PREVIEW_LENGTH = 200;

/** An HTTP answer as far as its error is concerned; `body` is decompressed. */
export interface HttpFailure extends Refusal {
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
  const details = refusalDetails(answer, address);
  if (text !== undefined) return new InferenceError(codeOf(answer.status, text), text, details);
  const code = codeOfStatus(answer.status);
  const body = preview(answer.body);
  const status = `${answer.status} ${answer.statusText}`.trim();
  return new InferenceError(
    code ?? "PROTOCOL",
    `The server at ${address} answered ${asked} with HTTP ${status} and ${
      body === "" ? "no message" : `no v2 error message but: ${body}`
    }`,
    {
      hint: "check that this is the HTTP port of a v2 server",
      ...details,
      answered: code !== undefined,
    },
  );
}

/** The error of one message on a gRPC stream, which carries text only. */
export function streamError(text: string, address: string): InferenceError {
  return new InferenceError(codeOfText(text) ?? "UNKNOWN", text, { address, answered: true });
}

function codeOf(status: number, text: string): ErrorCode {
  // Older servers answer every failure with 400.
  const fromText = status === 400 ? codeOfText(text) : undefined;
  return fromText ?? codeOfStatus(status) ?? (status >= 500 ? "INTERNAL" : "UNKNOWN");
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
    // A gateway's page: its words are enough.
    .replace(/<[^<>]{0,500}>/g, " ").replace(/[\p{Cc}\s]+/gu, " ").trim();
  return text.length > PREVIEW_LENGTH ? `${text.slice(0, PREVIEW_LENGTH)}...` : text;
}
