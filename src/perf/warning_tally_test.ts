import { assertEquals } from "@std/assert";
import { WarningTally } from "./warning_tally.ts";

Deno.test("a warning is told once, with its passes and its latest numbers", () => {
  const tally = new WarningTally();
  tally.add("at least 630 requests of others", 1);
  tally.add("no statistics", 2);
  tally.add("at least 70 requests of others", 3);
  tally.add("at least 7 requests of others", 4);
  assertEquals(tally.texts(5), [
    "at least 7 requests of others (passes 1, 3 to 4)",
    "no statistics (pass 2)",
  ]);
  const one = new WarningTally();
  one.add("late", 1);
  assertEquals(one.texts(1), ["late"]);
});
