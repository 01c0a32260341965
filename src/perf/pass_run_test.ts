import { assertEquals } from "@std/assert";
import { countTick } from "./pass_run.ts";

Deno.test("countTick: half of what the rest should take, within bounds", () => {
  // 100 of 1100 requests in 20 ms: the rest takes 200 ms.
  assertEquals(countTick(100, 1100, 20), 100);
  assertEquals(countTick(100, 1_000_000, 20), 250);
  assertEquals(countTick(1090, 1100, 220), 10);
  assertEquals(countTick(1200, 1100, 220), 10);
});

Deno.test("countTick: nothing is done yet", () => {
  assertEquals(countTick(0, 1100, 500), 10);
});
