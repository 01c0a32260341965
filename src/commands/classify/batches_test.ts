import { assertEquals } from "@std/assert";
import { batches, type ReadyImage } from "./batches.ts";

async function* pictures(count: number): AsyncGenerator<ReadyImage> {
  for (let i = 0; i < count; i++) yield { path: String(i), tensor: new Uint8Array([i]) };
}

async function grouped(count: number, size: number): Promise<string[]> {
  const result: string[] = [];
  for await (const batch of batches(pictures(count), size)) {
    assertEquals(batch.index, result.length);
    result.push(`${batch.images.map(({ path }) => path).join(" ")}/${batch.fresh}`);
  }
  return result;
}

Deno.test("batches wrap around to the first pictures", async () => {
  assertEquals(await grouped(3, 2), ["0 1/2", "2 0/1"]);
  assertEquals(await grouped(4, 2), ["0 1/2", "2 3/2"]);
  assertEquals(await grouped(1, 1), ["0/1"]);
  assertEquals(await grouped(1, 4), ["0 0 0 0/1"]);
  assertEquals(await grouped(2, 5), ["0 1 0 1 0/2"]);
  assertEquals(await grouped(3, 8), ["0 1 2 0 1 2 0 1/3"]);
  assertEquals(await grouped(7, 3), ["0 1 2/3", "3 4 5/3", "6 0 1/1"]);
  assertEquals(await grouped(0, 3), []);
});
