import { assertEquals, assertStrictEquals } from "@std/assert";
import type { Header } from "../transport/types.ts";
import { mergeHeaders } from "./call_headers.ts";

Deno.test("a call's headers replace others of the same name, but none of the protocol's", () => {
  const headers: Header[] = [["NV-InferRequest", "x"], ["Authorization", "old"], ["a", "1"]];
  assertStrictEquals(mergeHeaders(headers, undefined), headers);
  assertStrictEquals(mergeHeaders(headers, []), headers);
  assertEquals(mergeHeaders(headers, [["authorization", "new"], ["nv-inferrequest", "evil"]]), [
    ["NV-InferRequest", "x"],
    ["a", "1"],
    ["authorization", "new"],
  ]);
});
