import { assertEquals } from "@std/assert";
import { callError, mayBeAnotherProtocol } from "./errors.ts";

const address = { host: "h", port: 1, tls: false, basePath: "" };

Deno.test("callError tells grpc-js's own failures from statuses of the server", () => {
  const none = (why: string) => `No connection established. Last error: ${why}. Resolution note: `;
  const rows: [code: number, details: string, describe: string][] = [
    [
      14,
      none("Error: connect ECONNREFUSED 127.0.0.1:1"),
      "CONNECTION - Cannot connect to h:1: connection refused; " +
      "check the host and the port, and that a server is running there",
    ],
    [
      14,
      none("write EPIPE (2026-01-02T03:04:05.678Z)"),
      "CONNECTION - Cannot connect to h:1: the server closed the connection; " +
      "the port may require TLS, or another protocol",
    ],
    [14, none("odd"), "CONNECTION - Cannot connect to h:1: odd"],
    [
      14,
      "Name resolution failed for target dns:h:1",
      "CONNECTION - Cannot connect to h:1: no such host; " +
      "check the spelling of the host, or give its IP address",
    ],
    [
      14,
      "Connection dropped",
      "CONNECTION - The connection to h:1 broke during the call; " +
      "the server may have stopped or closed the connection; see its log",
    ],
    [
      13,
      "Received RST_STREAM with code 2 triggered by internal client error: write EPIPE",
      "CONNECTION - The connection to h:1 broke during the call; " +
      "the server may have stopped or closed the connection; see its log",
    ],
    [13, "out of memory", "INTERNAL - out of memory"],
    [14, "model is loading", "UNAVAILABLE - model is loading"],
    [
      1,
      "Call cancelled",
      "CONNECTION - The connection to h:1 broke during the call: the server reset it; " +
      "the server may have stopped or closed the connection; see its log",
    ],
    [1, "enough", "CANCELLED - enough"],
    [4, "Deadline exceeded after 0.06s", "TIMEOUT - No answer from h:1 within 60 ms"],
    [
      13,
      "Received RST_STREAM with code 0 (Call ended without gRPC status)",
      "PROTOCOL - The server at h:1 answered over HTTP/2, but not with gRPC; " +
      "is h:1 the HTTP port? gRPC often has the next number",
    ],
    [
      13,
      "Received HTTP status code 400",
      "PROTOCOL - The server at h:1 answered with HTTP status 400, but not with gRPC; " +
      "a gateway there may want TLS or a client's certificate; or is h:1 the HTTP port? gRPC often has the next number",
    ],
    [14, "Received HTTP status code 503", "UNAVAILABLE - Received HTTP status code 503"],
    [5, "no such model", "NOT_FOUND - no such model"],
  ];
  for (const [code, details, describe] of rows) {
    assertEquals(callError({ code, details }, address, 60).describe(), describe);
  }
  assertEquals(callError({ code: 4, details: "slow" }, address).describe(), "TIMEOUT - slow");
});

Deno.test("mayBeAnotherProtocol: only for connections that the other side ended", () => {
  const last = (why: string) => ({
    code: 14,
    details: `No connection established. Last error: ${why}. Resolution note: `,
  });
  assertEquals(mayBeAnotherProtocol(last("Protocol error (2026-01-02T03:04:05.678Z)")), true);
  assertEquals(mayBeAnotherProtocol(last("read ECONNRESET")), true);
  assertEquals(mayBeAnotherProtocol(last("Error: connect ECONNREFUSED 127.0.0.1:1")), false);
  assertEquals(mayBeAnotherProtocol({ code: 14, details: "Protocol error" }), false);
});
