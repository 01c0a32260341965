import { assertEquals, assertRejects } from "@std/assert";
import { orderedMap } from "./pipeline.ts";

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
