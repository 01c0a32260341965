import { assertEquals } from "@std/assert";
import { HeapWatch } from "./heap_watch.ts";

const MIB = 1024 * 1024;

Deno.test("heap watch: memory is kept while images use it", () => {
  const watch = new HeapWatch();
  assertEquals(watch.keeps(90 * MIB, 1), true);
  for (let i = 0; i < 100; i++) assertEquals(watch.keeps(200 * MIB, 100 * MIB), true);
  assertEquals(watch.keeps(600 * MIB, 500 * MIB), false);
});

Deno.test("heap watch: much memory that few images need is given back", () => {
  const watch = new HeapWatch();
  const kept = Array.from({ length: 9 }, () => watch.keeps(200 * MIB, MIB));
  assertEquals(kept, [true, true, true, true, true, true, true, false, false]);
  assertEquals(watch.keeps(200 * MIB, 190 * MIB), true);
  assertEquals(watch.keeps(200 * MIB, MIB), true);
});
