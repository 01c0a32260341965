import { assertEquals, assertStringIncludes } from "@std/assert";
import { InferenceError } from "../../base/errors.ts";
import { grpcCauseOf, grpcError, grpcErrorCode, GrpcStatus, grpcStatusName } from "./status.ts";

Deno.test("names and codes of all gRPC statuses", () => {
  const expected: [number, string, string][] = [
    [1, "CANCELLED", "CANCELLED"],
    [2, "UNKNOWN", "UNKNOWN"],
    [3, "INVALID_ARGUMENT", "INVALID_ARG"],
    [4, "DEADLINE_EXCEEDED", "TIMEOUT"],
    [5, "NOT_FOUND", "NOT_FOUND"],
    [6, "ALREADY_EXISTS", "ALREADY_EXISTS"],
    [7, "PERMISSION_DENIED", "UNAVAILABLE"],
    [8, "RESOURCE_EXHAUSTED", "UNAVAILABLE"],
    [9, "FAILED_PRECONDITION", "INVALID_ARG"],
    [10, "ABORTED", "UNAVAILABLE"],
    [11, "OUT_OF_RANGE", "INVALID_ARG"],
    [12, "UNIMPLEMENTED", "UNSUPPORTED"],
    [13, "INTERNAL", "INTERNAL"],
    [14, "UNAVAILABLE", "UNAVAILABLE"],
    [15, "DATA_LOSS", "INTERNAL"],
    [16, "UNAUTHENTICATED", "UNAVAILABLE"],
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
  assertEquals(error.cause, { grpcStatus: 5, details: "no model 'm'" });
});

Deno.test("grpcError: a folded code names the status in the message", () => {
  const error = grpcError(GrpcStatus.UNAUTHENTICATED, "who are you?", "h:1");
  assertEquals(error.message, "UNAUTHENTICATED: who are you?");
  assertEquals(error.code, "UNAVAILABLE");
  assertStringIncludes(error.hint ?? "", "metadata");
});

Deno.test("grpcError: an empty message is replaced by one that says where it came from", () => {
  const error = grpcError(99, "", "h:1");
  assertEquals(
    error.message,
    "The server at h:1 answered with gRPC status STATUS_99 and no message",
  );
  assertEquals(error.code, "UNKNOWN");
});

Deno.test("grpcCauseOf tells gRPC statuses from other errors", () => {
  assertEquals(grpcCauseOf(grpcError(3, "x", "h:1")), { grpcStatus: 3, details: "x" });
  assertEquals(grpcCauseOf(new InferenceError("TIMEOUT", "x")), undefined);
  assertEquals(
    grpcCauseOf(new InferenceError("TIMEOUT", "x", { cause: new Error("y") })),
    undefined,
  );
  assertEquals(grpcCauseOf("x"), undefined);
});
