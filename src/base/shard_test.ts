import { assert, assertEquals } from "@std/assert";
import { holds, partOf, shareOf } from "./shard.ts";

Deno.test("parts add up to the whole, and every item has one shard", () => {
  for (let count = 1; count <= 9; count++) {
    const shards = Array.from({ length: count }, (_, index) => ({ index, count }));
    for (let total = 0; total <= 30; total++) {
      const parts = shards.map((shard) => partOf(total, shard));
      assertEquals(parts.reduce((sum, part) => sum + part, 0), total);
      assert(Math.max(...parts) - Math.min(...parts) <= 1);
      assertEquals(shards.filter((shard) => holds(shard, total)).length, 1);
      const items = Array.from({ length: total }, (_, place) => place);
      const shares = shards.map((shard) => shareOf(items, { ...shard, source: "a test" }));
      assertEquals(shares.map(({ length }) => length), parts);
      assertEquals(shares.flat().sort((a, b) => a - b), items);
      assertEquals(shareOf(items, undefined), items);
    }
  }
});
