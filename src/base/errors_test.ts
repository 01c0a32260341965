import { assertEquals } from "@std/assert";
import { type ErrorCode, InferenceError } from "./errors.ts";

Deno.test("answered and retryable: the code tells, details overrule it", () => {
  const retryable: ErrorCode[] = ["UNAVAILABLE", "RESOURCE_EXHAUSTED", "CONNECTION", "TIMEOUT"];
  for (const code of retryable) {
    const error = new InferenceError(code, "x");
    assertEquals([error.answered, error.retryable], [false, true], code);
  }
  const lasting: ErrorCode[] = [
    ...["UNAUTHENTICATED", "PERMISSION_DENIED", "INVALID_ARG", "NOT_FOUND", "UNSUPPORTED"] as const,
    ...["PROTOCOL", "CANCELLED", "CLOSED", "FILE", "USAGE", "INTERNAL", "UNKNOWN"] as const,
  ];
  for (const code of lasting) assertEquals(new InferenceError(code, "x").retryable, false, code);
  const error = new InferenceError("CONNECTION", "x", { retryable: false, answered: true });
  assertEquals([error.answered, error.retryable], [true, false]);
});

Deno.test("an error can be logged as JSON with all it knows", () => {
  const root = new TypeError("no such host");
  const below = new InferenceError("CONNECTION", "cannot connect", { cause: root });
  const error = new InferenceError("UNAVAILABLE", "busy", {
    serverId: "inference:0",
    requestId: 2n ** 60n,
    httpStatus: 503,
    retryAfterMs: 1500,
    cause: below,
  });
  const plain = JSON.parse(JSON.stringify({ error }));
  assertEquals(plain.error, {
    name: "InferenceError",
    code: "UNAVAILABLE",
    message: "busy",
    serverId: "inference:0",
    requestId: "1152921504606846976",
    answered: false,
    retryable: true,
    httpStatus: 503,
    retryAfterMs: 1500,
    cause: {
      name: "InferenceError",
      code: "CONNECTION",
      message: "cannot connect",
      answered: false,
      retryable: true,
      cause: { name: "TypeError", message: "no such host" },
    },
  });
});

Deno.test("an error that is its own cause ends somewhere", () => {
  const loop = new Error("round");
  loop.cause = loop;
  const text = JSON.stringify(new InferenceError("INTERNAL", "x", { cause: loop }));
  assertEquals(text.match(/round/g)?.length, 8);
});
