import { assertEquals, assertInstanceOf, assertStringIncludes } from "@std/assert";
import { grpcError, grpcErrorCode, GrpcStatus, GrpcStatusError, grpcStatusName } from "./status.ts";

Deno.test("names and codes of all gRPC statuses", () => {
  const expected: [number, string, string][] = [
    [1, "CANCELLED", "CANCELLED"],
    [2, "UNKNOWN", "UNKNOWN"],
    [3, "INVALID_ARGUMENT", "INVALID_ARG"],
    [4, "DEADLINE_EXCEEDED", "TIMEOUT"],
    [5, "NOT_FOUND", "NOT_FOUND"],
    [6, "ALREADY_EXISTS", "ALREADY_EXISTS"],
    [7, "PERMISSION_DENIED", "PERMISSION_DENIED"],
    [8, "RESOURCE_EXHAUSTED", "RESOURCE_EXHAUSTED"],
    [9, "FAILED_PRECONDITION", "INVALID_ARG"],
    [10, "ABORTED", "UNAVAILABLE"],
    [11, "OUT_OF_RANGE", "INVALID_ARG"],
    [12, "UNIMPLEMENTED", "UNSUPPORTED"],
    [13, "INTERNAL", "INTERNAL"],
    [14, "UNAVAILABLE", "UNAVAILABLE"],
    [15, "DATA_LOSS", "INTERNAL"],
    [16, "UNAUTHENTICATED", "UNAUTHENTICATED"],
    [17, "STATUS_17", "UNKNOWN"],
    [-1, "STATUS_-1", "UNKNOWN"],
  ];
  for (const [status, name, code] of expected) {
    assertEquals(grpcStatusName(status), name);
    assertEquals(grpcErrorCode(status), code);
  }
  for (const [name, status] of Object.entries(GrpcStatus)) {
    assertEquals(grpcStatusName(status), name);
  }
});

Deno.test("grpcError: an exact code keeps the server's message as it is", () => {
  const error = grpcError(GrpcStatus.NOT_FOUND, "no model 'm'", "h:1");
  assertEquals(error.describe(), "NOT_FOUND - no model 'm'");
  assertEquals(error.address, "h:1");
  assertEquals([error.grpcStatus, error.answered, error.retryable], [5, true, false]);
  assertInstanceOf(error.cause, GrpcStatusError);
  assertEquals([error.cause.grpcStatus, error.cause.details], [5, "no model 'm'"]);
  assertEquals(error.cause.message, "gRPC status NOT_FOUND: no model 'm'");
});

Deno.test("grpcError: a folded code names the status in the message", () => {
  const error = grpcError(GrpcStatus.ABORTED, "try again", "h:1");
  assertEquals(error.message, "ABORTED: try again");
  assertEquals([error.code, error.retryable], ["UNAVAILABLE", true]);
});

Deno.test("grpcError: an empty message is replaced by one that says where it came from", () => {
  const error = grpcError(99, "", "h:1");
  assertEquals(
    error.message,
    "The server at h:1 answered with gRPC status STATUS_99 and no message",
  );
  assertEquals(error.code, "UNKNOWN");
});

Deno.test("grpcError: who is not let in is told so, and trying again does not help", () => {
  for (const [status, code] of [[7, "PERMISSION_DENIED"], [16, "UNAUTHENTICATED"]] as const) {
    const error = grpcError(status, "who are you?", "h:1");
    assertEquals([error.message, error.code], ["who are you?", code]);
    assertEquals([error.answered, error.retryable, error.remedy], [true, false, "set-headers"]);
    assertStringIncludes(error.hint ?? "", "metadata");
  }
});

Deno.test("grpcError: a limit that the server merely confirms is no answer", () => {
  assertEquals(grpcError(4, "late", "h:1").answered, false);
  assertEquals(grpcError(1, "gone", "h:1").answered, false);
  assertEquals(grpcError(8, "full", "h:1").retryable, true);
  assertEquals(grpcError(14, "busy", "h:1").retryable, true);
});
