import { assertEquals, assertRejects } from "@std/assert";
import { detachable, orderedMap } from "./pipeline.ts";

async function* numbers(count: number): AsyncGenerator<number> {
  for (let i = 0; i < count; i++) yield i;
}

Deno.test("orderedMap keeps the order and the limit", async () => {
  let running = 0;
  let most = 0;
  const seen: number[] = [];
  const slowFirst = async (item: number) => {
    most = Math.max(most, ++running);
    for (let i = 0; i < (10 - item) * 3; i++) await Promise.resolve();
    running--;
    return item;
  };
  for await (const item of orderedMap(numbers(10), 3, slowFirst)) seen.push(item);
  assertEquals(seen, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  assertEquals(most, 3);
});

Deno.test("orderedMap passes a failure on in its turn and stops", async () => {
  const seen: number[] = [];
  const work = (item: number) =>
    item === 4 ? Promise.reject(new Error("four")) : Promise.resolve(item);
  await assertRejects(
    async () => {
      for await (const item of orderedMap(numbers(10), 3, work)) seen.push(item);
    },
    Error,
    "four",
  );
  assertEquals(seen, [0, 1, 2, 3]);
});

Deno.test("orderedMap yields before the limit is reached, so that a source may wait for outcomes", async () => {
  let heard = Promise.withResolvers<void>();
  async function* oneByOne() {
    for (let i = 0; i < 3; i++) {
      yield i;
      await heard.promise;
      heard = Promise.withResolvers();
    }
  }
  const seen: number[] = [];
  for await (const item of orderedMap(oneByOne(), 8, (item) => Promise.resolve(item * 2))) {
    seen.push(item);
    heard.resolve();
  }
  assertEquals(seen, [0, 2, 4]);
});

Deno.test("orderedMap closes its source when its reader leaves, and takes plain lists", async () => {
  let closed = false;
  async function* source() {
    try {
      yield* numbers(100);
    } finally {
      closed = true;
    }
  }
  for await (const item of orderedMap(source(), 2, (item) => Promise.resolve(item))) {
    if (item === 3) break;
  }
  assertEquals(closed, true);
  const doubled = orderedMap([1, 2, 3], 2, (item) => Promise.resolve(item * 2));
  assertEquals(await Array.fromAsync(doubled), [2, 4, 6]);
  assertEquals(await Array.fromAsync(orderedMap([], 2, () => Promise.resolve(1))), []);
});

Deno.test("orderedMap passes on what its source throws", async () => {
  async function* source() {
    yield* numbers(2);
    throw new Error("no more");
  }
  await assertRejects(
    () => Array.fromAsync(orderedMap(source(), 4, (item) => Promise.resolve(item))),
    Error,
    "no more",
  );
});

Deno.test("a detachable source can be left while it waits", async () => {
  const never = Promise.withResolvers<number>();
  async function* waiting() {
    yield 1;
    yield await never.promise;
  }
  for await (const item of orderedMap(detachable(waiting()), 4, (n) => Promise.resolve(n))) {
    assertEquals(item, 1);
    break;
  }
  const left: number[] = [];
  for await (const item of detachable(numbers(3))) left.push(item);
  assertEquals(left, [0, 1, 2]);
});
