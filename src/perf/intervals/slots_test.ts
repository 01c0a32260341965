import { assertEquals } from "@std/assert";
import { bucketOf, TimeHistogram } from "../histogram.ts";
import { SlotCollector } from "./slots.ts";

Deno.test("slots: a window of a known length has 20, each with what ended in it", () => {
  const collector = new SlotCollector(1000);
  for (let ms = 0; ms < 1000; ms += 10) collector.add(ms, ms * 1000);
  const { slots, lengthMs, rest } = collector.close(1000);
  assertEquals([slots.length, lengthMs, rest.count], [20, 50, 0]);
  assertEquals(slots.map(({ count }) => count), new Array(20).fill(5));
  assertEquals(slots[1]!.sumNs, 350_000);
});

Deno.test("slots: a window that is cut short keeps whole slots, and the rest apart", () => {
  const collector = new SlotCollector(1000);
  for (let ms = 0; ms < 130; ms += 10) collector.add(ms, 7);
  const { slots, rest } = collector.close(130);
  assertEquals(slots.map(({ count }) => count), [5, 5]);
  assertEquals(rest.count, 3);
});

Deno.test("slots: a window without a set end has 20 to 40, whatever it takes", () => {
  for (const windowMs of [25, 39, 400, 5000, 123_456]) {
    const collector = new SlotCollector(Infinity);
    const requests = 1000;
    for (let i = 0; i < requests; i++) collector.add(windowMs * i / requests, 1000 + i);
    const { slots, lengthMs, rest } = collector.close(windowMs);
    assertEquals(slots.length >= 19 && slots.length <= 40, true, `${slots.length} slots`);
    assertEquals(slots.length, Math.floor(windowMs / lengthMs));
    const all = new TimeHistogram();
    [...slots, rest].forEach((slot) => slot.addTo(all));
    assertEquals(all.count, requests);
    assertEquals(slots[0]!.count, Math.ceil(lengthMs * requests / windowMs));
  }
});

Deno.test("slots: times are counted up to a bucket, across octaves", () => {
  const collector = new SlotCollector(10);
  const times = [0, 1, 500, 1023, 1024, 5000, 70_000, 1e6, 3e9];
  for (const ns of times) collector.add(1, ns);
  const [, , slot] = collector.close(10).slots;
  for (const limit of times) {
    const expected = times.filter((ns) => ns <= limit).length;
    assertEquals(slot!.countUpTo(bucketOf(limit)), expected, `up to ${limit}`);
  }
  assertEquals(slot!.joined([slot!]).countUpTo(bucketOf(1e6)), 16);
});
