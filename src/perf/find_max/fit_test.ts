import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { clearSide, nearness, type Part } from "./clear.ts";
import { crossing } from "./fit.ts";

const parts = (sums: readonly number[], count = 100): Part[] => sums.map((sum) => ({ count, sum }));
const share = { kind: "share", limit: 0.01 } as const;

Deno.test("crossing is where the line through the loads meets the limit", () => {
  const variance = 0.01;
  const found = crossing([
    { value: 900, ratio: 0.5, variance },
    { value: 1100, ratio: 2, variance },
  ])!;
  assertAlmostEquals(found.value, Math.sqrt(900 * 1100), 1);
  assert(found.error > 0 && found.error < 0.05);
});

Deno.test("crossing needs two loads near the limit", () => {
  const variance = 0.01;
  assertEquals(crossing([]), undefined);
  assertEquals(
    crossing([{ value: 1, ratio: 1, variance }, { value: 1, ratio: 2, variance }]),
    undefined,
  );
  const far = [{ value: 1, ratio: 1, variance }, { value: 2, ratio: 99, variance }];
  assertEquals(crossing(far), undefined);
});

Deno.test("clearSide waits for enough requests and for enough parts", () => {
  assertEquals(clearSide(parts(new Array(7).fill(50)), share), "open");
  assertEquals(clearSide(parts(new Array(8).fill(50)), share), "above");
  assertEquals(clearSide(parts(new Array(9).fill(0)), share), "open");
  assertEquals(clearSide(parts(new Array(12).fill(0)), share), "below");
  assertEquals(clearSide(parts(new Array(40).fill(2)), share), "above");
  assertEquals(clearSide(parts(new Array(40).fill(1)), share), "open");
});

Deno.test("clearSide sees that slow requests come together", () => {
  // 2 % of the requests are slow, all of them in one part in twenty.
  const lumps = Array.from({ length: 40 }, (_, i) => i % 20 === 0 ? 40 : 0);
  assertEquals(clearSide(parts(lumps), share), "open");
  const near = nearness(parts(lumps), share)!;
  assertAlmostEquals(near.ratio, 2, 1e-9);
  assert(near.variance > 10 / 80, `${near.variance}`);
});

Deno.test("clearSide of a mean goes by its parts alone", () => {
  const mean = { kind: "mean", limit: 20 } as const;
  const even = Array.from({ length: 40 }, (_, i) => 1900 + i % 2);
  assertEquals(clearSide(parts(even), mean), "below");
  assertEquals(clearSide(parts(even), { ...mean, limit: 18 }), "above");
  assertEquals(clearSide(parts(even), { ...mean, limit: 19.005 }), "open");
});
