import { assertEquals } from "@std/assert";
import { Credit } from "./credit.ts";

Deno.test("credit: large bodies at once while there is some, then only a little", () => {
  const credit = new Credit();
  const mb = 2 ** 20;
  assertEquals(credit.take(40 * mb), 40 * mb);
  assertEquals(credit.take(40 * mb), 64 * 1024);
  assertEquals(credit.take(100), 100);
  credit.give(40 * mb);
  assertEquals(credit.take(40 * mb), 40 * mb);
  assertEquals(credit.take(2 ** 31), 64 * 1024);
});
