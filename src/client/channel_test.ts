import { assertEquals, assertThrows } from "@std/assert";
import { InferenceError } from "../base/errors.ts";
import { chooseWire } from "./channel.ts";

Deno.test("chooseWire: the caller's choice, the address's scheme, the fallback", () => {
  assertEquals(chooseWire("h:1"), "http");
  assertEquals(chooseWire("h:1", undefined, "grpc"), "grpc");
  assertEquals(chooseWire("h:1", "grpc"), "grpc");
  assertEquals(chooseWire("grpc://h:1"), "grpc");
  assertEquals(chooseWire("GRPCS://h:1"), "grpc");
  assertEquals(chooseWire("http://h:1", undefined, "grpc"), "http");
  // Other gRPC libraries' addresses: the scheme only tells whether there is TLS.
  assertEquals(chooseWire("https://h:1", "grpc"), "grpc");
});

Deno.test("chooseWire: a gRPC address over HTTP is refused", () => {
  const error = assertThrows(() => chooseWire("grpc://h:1", "http"), InferenceError);
  assertEquals([error.code, error.remedy], ["USAGE", "use-grpc"]);
  assertEquals(error.message, 'Cannot reach "grpc://h:1" over HTTP: grpc:// means gRPC');
});
