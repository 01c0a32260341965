import { assertEquals } from "@std/assert";
import { codeOfProxy, codeOfStatus, parseRetryAfter, refusalDetails } from "./http_status.ts";

Deno.test("statuses and their codes", () => {
  assertEquals(codeOfStatus(401), "UNAUTHENTICATED");
  assertEquals(codeOfStatus(403), "PERMISSION_DENIED");
  assertEquals(codeOfStatus(429), "RESOURCE_EXHAUSTED");
  assertEquals(codeOfStatus(418), undefined);
  assertEquals(codeOfProxy(503), "UNAVAILABLE");
  assertEquals(codeOfProxy(404), undefined);
});

Deno.test("Retry-After: seconds, a date, or nothing that can be read", () => {
  const now = Date.parse("Wed, 21 Oct 2015 07:28:00 GMT");
  assertEquals(parseRetryAfter("120", now), 120_000);
  assertEquals(parseRetryAfter("0", now), 0);
  assertEquals(parseRetryAfter("Wed, 21 Oct 2015 07:28:30 GMT", now), 30_000);
  assertEquals(parseRetryAfter("Wed, 21 Oct 2015 07:27:00 GMT", now), 0);
  for (const text of [undefined, "", "soon", "1e9", "-5", "9".repeat(400)]) {
    assertEquals(parseRetryAfter(text, now), undefined, text);
  }
});

Deno.test("a refusal tells its status, and when to come again", () => {
  const header = (name: string) => name === "retry-after" ? "3" : undefined;
  assertEquals(refusalDetails({ status: 503, header }, "h:1"), {
    address: "h:1",
    answered: true,
    httpStatus: 503,
    retryAfterMs: 3000,
  });
  assertEquals(refusalDetails({ status: 401 }, "h:1").remedy, "set-headers");
});
