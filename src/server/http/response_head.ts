/**
 * The head of an HTTP/1.1 response.
 *
 * @module
 */
import type { HttpServerResponse } from "./message.ts";

/** Reason phrases; that of 405 is the one of r19.07's HTTP library, which Triton 2 still uses. */
const REASONS: Readonly<Record<number, string>> = {
  200: "OK",
  400: "Bad Request",
  404: "Not Found",
  405: "Not Allowed",
  409: "Conflict",
  413: "Content Too Large",
  431: "Request Header Fields Too Large",
  500: "Internal Server Error",
  501: "Not Implemented",
  503: "Service Unavailable",
  505: "HTTP Version Not Supported",
};

const utf8 = new TextEncoder();

/** What goes out before the body of a client that waits for leave to send it. */
export const CONTINUE: Uint8Array = utf8.encode("HTTP/1.1 100 Continue\r\n\r\n");

/**
 * The head in the order of r19.07's HTTP library: the response's own headers, Content-Length, and
 * `Content-Type: text/plain` when the response has no type of its own.
 *
 * @param connection value of the Connection header; undefined = none
 */
export function responseHead(
  { status, headers = [] }: HttpServerResponse,
  bodyLength: number,
  connection: string | undefined,
): Uint8Array {
  let text = `HTTP/1.1 ${status} ${REASONS[status] ?? ""}\r\n`;
  let isTyped = false;
  for (const [name, value] of headers) {
    if (name === "Content-Type") isTyped = true;
    text += `${name}: ${value}\r\n`;
  }
  text += `Content-Length: ${bodyLength}\r\n`;
  if (!isTyped) text += "Content-Type: text/plain\r\n";
  if (connection !== undefined) text += `Connection: ${connection}\r\n`;
  return utf8.encode(`${text}\r\n`);
}
