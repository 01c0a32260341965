import { assertEquals } from "@std/assert";
import { BacklogCollector } from "./backlogs.ts";

/** Requests every 5 ms until `seconds`, each with the time that `ms` gives by when it was due. */
function collected(seconds: number, ms: (due: number) => number) {
  const backlogs = new BacklogCollector();
  for (let due = 0; due < seconds * 1000; due += 5) backlogs.add(due, ms(due));
  return backlogs.close();
}

Deno.test("a server that keeps up has no backlog, whatever single requests take", () => {
  assertEquals(collected(20, () => 1), []);
  assertEquals(collected(20, (due) => due % 100 === 0 ? 3000 : 2), []);
  assertEquals(new BacklogCollector().close(), []);
});

Deno.test("each freeze is a backlog that was caught up with", () => {
  const frozen = (due: number) => due % 10_000 < 9000 ? 1 : 10_001 - due % 10_000;
  const found = collected(40, frozen);
  assertEquals(found.map(({ fromMs, maxUs }) => [fromMs, maxUs]), [
    [9000, 1_001_000],
    [19_000, 1_001_000],
    [29_000, 1_001_000],
    [39_000, 1_001_000],
  ]);
  // The last requests of a freeze wait for less than is worth telling.
  assertEquals(found.map(({ toMs }) => toMs), [9900, 19_900, 29_900, 39_900]);
  assertEquals(found.map(({ requestCount }) => requestCount), [180, 180, 180, 180]);
});

Deno.test("a backlog that is still there at the end has no end", () => {
  const [only, ...more] = collected(20, (due) => due < 12_000 ? 2 : due - 11_000);
  assertEquals(more, []);
  assertEquals([only!.fromMs, only!.toMs, only!.maxUs], [12_000, undefined, 8_995_000]);
});

Deno.test("slow models are not always behind, and a few slow requests are no backlog", () => {
  assertEquals(collected(20, (due) => 700 + due % 300), []);
  const backlogs = new BacklogCollector();
  for (let due = 0; due < 60_000; due += 1000) backlogs.add(due, due === 30_000 ? 5000 : 3);
  assertEquals(backlogs.close(), []);
});

Deno.test("a window of hours keeps its backlogs in bounded memory", () => {
  const [only] = collected(3 * 3600, (due) => due >= 3_600_000 && due < 3_610_000 ? 9000 : 1);
  const within = (ms: number, expected: number) => Math.abs(ms - expected) <= 1000;
  assertEquals(within(only!.fromMs, 3_600_000), true, String(only!.fromMs));
  assertEquals(within(only!.toMs!, 3_610_000), true, String(only!.toMs));
  assertEquals(only!.maxUs, 9_000_000);
});

Deno.test("of very many backlogs the longest are kept, in the order of time", () => {
  const found = collected(400, (due) => due % 1000 < 500 ? 1 : 500 + Math.floor(due / 1000));
  assertEquals(found.length, 100);
  assertEquals(found.every(({ fromMs }, i) => i === 0 || fromMs > found[i - 1]!.fromMs), true);
  assertEquals(found.at(-1)!.maxUs, 899_000);
});
