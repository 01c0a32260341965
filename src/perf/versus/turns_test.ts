import { assertEquals } from "@std/assert";
import { type Side, type Turn, Turns } from "./turns.ts";

/** Measures so many passes; notes when each begins and ends. */
async function measure(
  name: string,
  turn: Turn,
  passes: number,
  log: string[],
  settled = (pass: number) => pass >= passes,
): Promise<number> {
  await turn.ready();
  let pass = 0;
  let over = false;
  while (!over) {
    await turn.begin();
    pass++;
    log.push(`${name}${pass}`);
    await Promise.resolve();
    log.push(`/${name}${pass}`);
    over = await turn.end(settled(pass));
  }
  turn.leave();
  return pass;
}

Deno.test("two sides alternate, the first one of a round being the last of the one before", async () => {
  const turns = new Turns(new AbortController().signal);
  const log: string[] = [];
  const counts = await Promise.all([
    measure("a", turns.of(0), 4, log),
    measure("b", turns.of(1), 4, log),
  ]);
  assertEquals(counts, [4, 4]);
  assertEquals(log.filter((text) => !text.startsWith("/")), [
    ...["a1", "b1", "b2", "a2", "a3", "b3", "b4", "a4"],
  ]);
  // Nobody begins before the other has ended.
  log.forEach((text, i) => i % 2 === 1 && assertEquals(text, `/${log[i - 1]}`));
});

Deno.test("a level goes on until both sides could end it", async () => {
  const turns = new Turns(new AbortController().signal);
  const log: string[] = [];
  const counts = await Promise.all([
    measure("a", turns.of(0), 2, log),
    measure("b", turns.of(1), 5, log),
  ]);
  assertEquals(counts, [5, 5]);
});

Deno.test("a side that leaves is not waited for, whenever it does", async () => {
  for (const late of [false, true]) {
    const turns = new Turns(new AbortController().signal);
    const log: string[] = [];
    const other = turns.of(1);
    if (!late) other.leave();
    const measured = measure("a", turns.of(0), 3, log);
    if (late) {
      await other.ready();
      await other.begin();
      other.leave();
    }
    assertEquals(await measured, 3);
  }
});

Deno.test("nobody waits after the end of the whole measurement", async () => {
  const stop = new AbortController();
  const turns = new Turns(stop.signal);
  const sides = ([0, 1] as Side[]).map((side) => turns.of(side));
  const waiting = [sides[1]!.ready(), sides[1]!.begin(), sides[1]!.end(true)];
  stop.abort();
  assertEquals(await Promise.all(waiting), [undefined, undefined, true]);
  await sides[1]!.begin();
});

Deno.test("the other side can be the first", async () => {
  const turns = new Turns(new AbortController().signal, 1);
  const log: string[] = [];
  await Promise.all([measure("a", turns.of(0), 2, log), measure("b", turns.of(1), 2, log)]);
  assertEquals(log.filter((text) => !text.startsWith("/")), ["b1", "a1", "a2", "b2"]);
});
