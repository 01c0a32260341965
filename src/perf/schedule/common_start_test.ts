import { assert, assertEquals } from "@std/assert";
import type { Arrivals } from "./arrivals.ts";
import { commonStart, msUntilBegin, withCommonStart } from "./common_start.ts";

Deno.test("tasks that are ready at almost the same time begin at one moment, none in the past", () => {
  const anchor = 1_796_112_000_123.25;
  for (const late of [-99, -0.001, 0, 0.001, 20, 99]) {
    assertEquals(commonStart(anchor + late, anchor), anchor + 200);
    assertEquals(commonStart(anchor + 60_000 + late, anchor), anchor + 60_200);
  }
  for (let now = 0; now < 1000; now += 7.3) {
    const wait = commonStart(now) - now;
    assert(wait >= 100 && wait <= 300, `${wait}`);
  }
});

Deno.test("only shares wait", () => {
  const rate: Arrivals = { kind: "intervals", us: [5] };
  assertEquals(withCommonStart(rate, 5), rate);
  assertEquals(msUntilBegin(withCommonStart(undefined, 5), 5), 0);
  const share: Arrivals = { kind: "share", of: rate, index: 1, count: 2, anchorMs: 1000 };
  assertEquals(msUntilBegin(withCommonStart(share, 1003), 1003), 197);
});
