import { assertEquals, assertStringIncludes } from "@std/assert";
import type { InferenceError } from "../base/errors.ts";
import {
  cancelled,
  cannotConnect,
  connectionBroke,
  connectTimedOut,
  protocolError,
  timedOut,
  transportClosed,
} from "./errors.ts";

const address = { host: "::1", port: 8000, tls: false, basePath: "" };

Deno.test("cannotConnect: what the system, rustls and Node say, in plain words", () => {
  const rows: [unknown, string, string | undefined][] = [
    [
      new Deno.errors.ConnectionRefused("Connection refused (os error 111)"),
      "connection refused",
      "port",
    ],
    ["connect ECONNREFUSED ::1:8000", "connection refused", "port"],
    [
      "Too many open files (os error 24)",
      "this program may open no more files and connections (raise ulimit -n)",
      "ulimit -n",
    ],
    [
      new Error("failed to lookup address information: Name or service not known"),
      "no such host",
      "spelling",
    ],
    [new URIError("invalid host 'a b': invalid char found in FQDN"), "no such host", "spelling"],
    [new Deno.errors.TimedOut("Connection timed out (os error 110)"), "no answer", "port"],
    [new Error("No route to host: host unreachable"), "host unreachable", "port"],
    [
      new Deno.errors.InvalidData("received corrupt message of type InvalidContentType"),
      "the server does not speak TLS",
      "connect without TLS",
    ],
    [
      new Deno.errors.InvalidData("received fatal alert: CertificateRequired"),
      "the server refused the TLS handshake",
      "client certificate",
    ],
    [
      new Deno.errors.InvalidData('invalid peer certificate: certificate not valid for name "a"'),
      "TLS: the server's certificate is for another name",
      "server name",
    ],
    [
      new Deno.errors.InvalidData("invalid peer certificate: UnknownIssuer"),
      "TLS: the server's certificate is not signed by a trusted authority",
      "authority",
    ],
    [
      new Deno.errors.InvalidData("invalid peer certificate: BadSignature"),
      "TLS: the server's certificate is not signed by a trusted authority",
      "authority",
    ],
    [
      new Deno.errors.InvalidData("invalid peer certificate: certificate expired"),
      "TLS: the server's certificate is not valid at this time",
      "clock",
    ],
    [
      new Deno.errors.UnexpectedEof("tls handshake eof"),
      "the server ended the TLS handshake",
      "TLS",
    ],
    [
      new Deno.errors.NotCapable('Requires net access to "[::1]:8000", run again with --allow-net'),
      "no permission to use the network",
      "--allow-net",
    ],
    [new Deno.errors.AddrNotAvailable("odd (os error 99)"), "AddrNotAvailable: odd", undefined],
    ["odd", "odd", undefined],
  ];
  for (const [cause, why, hint] of rows) {
    const error = cannotConnect(address, cause);
    assertEquals(error.code, "CONNECTION");
    assertEquals(error.message, `Cannot connect to [::1]:8000: ${why}`);
    assertEquals([error.address, error.cause], ["[::1]:8000", cause]);
    if (hint === undefined) assertEquals(error.hint, undefined);
    else assertStringIncludes(error.hint ?? "", hint);
  }
});

Deno.test("the other failures of a transport", () => {
  const rows: [InferenceError, string][] = [
    [
      connectTimedOut(address, 10),
      "CONNECTION - Cannot connect to [::1]:8000: no answer within 10 ms",
    ],
    [timedOut(address, 10), "TIMEOUT - No answer from [::1]:8000 within 10 ms"],
    [cancelled(address), "CANCELLED - The request to [::1]:8000 was cancelled"],
    [
      transportClosed(address),
      "CLOSED - The connection to [::1]:8000 was closed by this program",
    ],
    [connectionBroke(address, "here"), "CONNECTION - The connection to [::1]:8000 broke here"],
    [
      protocolError(address, "is odd", { hint: "do" }),
      "PROTOCOL - The server at [::1]:8000 is odd; do",
    ],
  ];
  for (const [error, describe] of rows) {
    assertStringIncludes(error.describe(), describe);
    assertEquals(error.address, "[::1]:8000");
  }
  assertEquals(cancelled(address, AbortSignal.abort("why")).cause, "why");
});
