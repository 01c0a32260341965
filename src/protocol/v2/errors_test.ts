import { assertEquals, assertStringIncludes } from "@std/assert";
import { httpError, streamError } from "./errors.ts";

const answer = (status: number, body: string, statusText = "") =>
  httpError({ status, statusText, body: new TextEncoder().encode(body) }, "GET /v2", "h:1");

Deno.test("httpError takes the server's words and the status's meaning", () => {
  const unknown = `{"error":"Request for unknown model: 'nope' is not found"}`;
  const table: [number, string, string, string][] = [
    [404, unknown, "NOT_FOUND", "Request for unknown model: 'nope' is not found"],
    [400, unknown, "NOT_FOUND", "Request for unknown model: 'nope' is not found"],
    [400, '{"error":"[request id: <id_unknown>] expected 2 inputs"}', "INVALID_ARG", "expected 2"],
    [400, '{"error":"anything"}', "INVALID_ARG", "anything"],
    [500, '{"error":"went wrong"}', "INTERNAL", "went wrong"],
    [501, '{"error":"decoupled"}', "UNSUPPORTED", "decoupled"],
    [503, '{"error":"not allowed"}', "UNAVAILABLE", "not allowed"],
    [403, '{"error":"This API is restricted"}', "PERMISSION_DENIED", "restricted"],
    [401, '{"error":"who are you?"}', "UNAUTHENTICATED", "who are you?"],
    [429, '{"error":"slow down"}', "RESOURCE_EXHAUSTED", "slow down"],
    [599, '{"error":"odd"}', "INTERNAL", "odd"],
    [418, '{"error":"odd"}', "UNKNOWN", "odd"],
  ];
  for (const [status, body, code, text] of table) {
    const error = answer(status, body);
    assertEquals([error.code, error.address], [code, "h:1"]);
    assertEquals([error.answered, error.httpStatus], [true, status]);
    assertStringIncludes(error.message, text);
  }
  assertEquals(answer(403, '{"error":"no"}').hint, "check the headers sent with the request");
});

Deno.test("httpError says so when the body is no v2 error", () => {
  const html = answer(502, `<html>\n  Bad ${"x".repeat(500)}</html>`, "Bad Gateway");
  assertEquals(html.code, "UNAVAILABLE");
  assertStringIncludes(html.message, "GET /v2 with HTTP 502 Bad Gateway");
  assertStringIncludes(html.message, "no v2 error message but: Bad xxx");
  assertEquals(html.message.length < 400, true);
  assertStringIncludes(html.hint!, "HTTP port");
  const table: [number, string, string][] = [
    [404, "", "no message"],
    [404, '{"detail":"x"}', "no v2 error message"],
    [404, '{"error":""}', "no v2 error message"],
    [404, '{"error":5}', "no v2 error message"],
    [302, "", "HTTP 302"],
  ];
  for (const [status, body, text] of table) {
    assertStringIncludes(answer(status, body).message, text);
  }
  assertEquals(answer(302, "").code, "PROTOCOL");
});

Deno.test("streamError guesses the code from Triton's wording", () => {
  const table: [string, string][] = [
    ["Request for unknown model: 'x' has no available versions", "NOT_FOUND"],
    ["[request id: 5] expected 2 inputs but got 1 inputs for model 'simple'.", "INVALID_ARG"],
    ["unexpected inference input 'X' for model 'simple'", "INVALID_ARG"],
    ["inference request to model 's' must specify a non-zero", "INVALID_ARG"],
    ["out of memory", "UNKNOWN"],
  ];
  for (const [text, code] of table) assertEquals(streamError(text, "h:1").code, code, text);
});
