/**
 * Answers of gateways and proxies that stand before a server, to the question which protocol it speaks.
 *
 * @module
 */
import { InferenceError } from "../base/errors.ts";
import { refusalDetails } from "../protocol/http_status.ts";
import type { HttpResponse } from "../transport/types.ts";

/** What pages of well-known gateways say when TLS or a certificate is missing. */
const PAGES: readonly (readonly [RegExp, Pick<InferenceError, "hint" | "remedy">])[] = [
  [
    /plain HTTP request was sent to HTTPS port|HTTP request to an HTTPS server|SSL-enabled server/i,
    {
      hint: "the port wants TLS",
      remedy: "use-tls",
    },
  ],
  [/required SSL certificate|SSL certificate error|client certificate/i, {
    hint: "the gateway wants a client's certificate that it trusts",
    remedy: "set-certificate",
  }],
];

/**
 * The error for an answer that tells nothing of the protocol, but why the server isn't reached.
 *
 * @param answer with a status other than 200 and 404
 * @param asked method and path
 * @param address `host:port`
 */
export async function gatewayError(
  answer: HttpResponse,
  asked: string,
  address: string,
): Promise<InferenceError> {
  const { status, statusText, body } = answer;
  const location = answer.header("location");
  if (status >= 300 && status < 400 && location !== undefined) {
    return new InferenceError(
      "PROTOCOL",
      `The server at ${address} answered ${asked} with HTTP ${`${status} ${statusText}`.trim()}: ` +
        `it is at ${location.slice(0, 200)} now`,
      { address, httpStatus: status, hint: "give that address", remedy: "set-address" },
    );
  }
  // Loaded only when it is needed: a server of r19.07 never gets here.
  const { httpError } = await import("../protocol/v2/errors.ts");
  const { code, message } = httpError(answer, asked, address);
  return new InferenceError(code, message, {
    hint: "a gateway or proxy stands before the server: see its log",
    ...refusalDetails(answer, address),
    ...status === 421 && {
      hint: "the gateway does not serve this name: say which one you mean",
      remedy: "set-host",
    },
    ...PAGES.find(([pattern]) => pattern.test(new TextDecoder().decode(body.subarray(0, 4096))))
      ?.[1],
  });
}
