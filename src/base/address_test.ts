import { assertEquals } from "@std/assert";
import { schemeOf } from "./address.ts";

Deno.test("schemeOf reads the scheme, whatever its case", () => {
  assertEquals(schemeOf("grpc://h:1"), "grpc");
  assertEquals(schemeOf("  GRPCS://h"), "grpcs");
  assertEquals(schemeOf("h:8000"), undefined);
  assertEquals(schemeOf("[::1]:8000"), undefined);
  assertEquals(schemeOf("//h"), undefined);
});
