import { assert, assertEquals } from "@std/assert";
import { carries, requestsFor } from "./carried.ts";

Deno.test("a percentile needs as many requests as MLPerf's early stopping asks for", () => {
  assertEquals(requestsFor(90), 64);
  assertEquals(requestsFor(99), 662);
  assertEquals(requestsFor(50), 11);
  assertEquals(requestsFor(95), 130);
  assertEquals(requestsFor(99.9), 6636);
  assert(carries(64, 90) && !carries(63, 90));
});

Deno.test("percentiles close to the ends are found too", () => {
  assertEquals(requestsFor(0.001), 2);
  assert(requestsFor(99.9999) > 6e6);
});
