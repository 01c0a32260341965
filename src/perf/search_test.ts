import { assertEquals } from "@std/assert";
import { nextLevel } from "./search.ts";

const levels = { start: 1, end: 0, step: 1, search: true };

Deno.test("nextLevel: one level when start and end are the same", () => {
  const one = { ...levels, start: 4, end: 4 };
  assertEquals(nextLevel(one, undefined, undefined), 4);
  assertEquals(nextLevel(one, 4, 100), undefined);
});

Deno.test("nextLevel: steps up to the end, which need not be hit", () => {
  const range = { ...levels, end: 6, step: 2 };
  assertEquals([1, 3, 5].map((last) => nextLevel(range, last, 10)), [3, 5, undefined]);
});

Deno.test("nextLevel: the latency limit is compared in whole milliseconds", () => {
  const limited = { ...levels, latencyLimitMs: 50 };
  assertEquals(nextLevel(limited, 1, 49_999), 2);
  assertEquals(nextLevel(limited, 1, 50_000), undefined);
  assertEquals(nextLevel({ ...levels, latencyLimitMs: 0 }, 1, 10), undefined);
  assertEquals(nextLevel(levels, 999, 1e9), 1000);
});

Deno.test("nextLevel: a level without a measured request is the last one", () => {
  assertEquals(nextLevel(levels, 1, undefined), undefined);
});
