import { assertEquals } from "@std/assert";
import { testConfig, testRequest } from "../testing/models.ts";
import { batchPolicy, chooseBatch } from "./dynamic_batch.ts";

const policy = batchPolicy(testConfig({
  dynamicBatching: { preferredBatchSize: [4, 8], maxQueueDelayMicroseconds: 2000n },
}))!;

const CASES: readonly {
  name: string;
  sizes: readonly number[];
  waited?: number;
  count: number;
  wait?: number;
}[] = [
  { name: "one waits for more", sizes: [1], count: 1, wait: 2 },
  { name: "the wait shrinks with the age", sizes: [1, 1], waited: 1.5, count: 2, wait: 0.5 },
  { name: "old enough", sizes: [1, 1], waited: 2, count: 2 },
  { name: "a preferred size", sizes: [1, 1, 1, 1], count: 4 },
  { name: "the larger preferred size", sizes: [4, 4], count: 2 },
  { name: "what goes beyond a preferred size waits", sizes: [3, 1, 2], count: 2 },
  { name: "no preferred size can be reached any more", sizes: [3, 6], count: 1 },
  { name: "at the largest preferred size", sizes: [5, 3], count: 2 },
  { name: "larger than every preferred size", sizes: [9], count: 1 },
];

for (const { name, sizes, waited = 0, count, wait = 0 } of CASES) {
  Deno.test(`dynamic batch: ${name}`, () => {
    const queue = sizes.map((batchSize, i) => ({ request: testRequest(i, { batchSize }) }));
    assertEquals(chooseBatch(queue, policy, waited), { count, waitMs: wait });
  });
}

Deno.test("dynamic batch: without a delay everything that is there runs", () => {
  const eager = batchPolicy(testConfig({ dynamicBatching: { preferredBatchSize: [4] } }))!;
  const queue = [1, 2].map((mark) => ({ request: testRequest(mark) }));
  assertEquals(chooseBatch(queue, eager, 0), { count: 2, waitMs: 0 });
});

Deno.test("dynamic batch: different shapes don't go together", () => {
  const variable = batchPolicy(testConfig({
    input: [{ name: "IN", dataType: "TYPE_FP32", dims: [-1n] }],
    dynamicBatching: { preferredBatchSize: [2], maxQueueDelayMicroseconds: 1000n },
  }))!;
  const shaped = (...shape: number[]) => ({
    request: testRequest(0, { inputs: [{ name: "IN", shape, data: new Uint8Array(4) }] }),
  });
  assertEquals(chooseBatch([shaped(1), shaped(2)], variable, 0), { count: 1, waitMs: 0 });
  assertEquals(chooseBatch([shaped(2), shaped(2)], variable, 0), { count: 2, waitMs: 0 });
  assertEquals(chooseBatch([shaped(1), shaped(1, 1)], variable, 0), { count: 1, waitMs: 0 });
});

Deno.test("dynamic batch: only where it is configured", () => {
  assertEquals(batchPolicy(testConfig()), undefined);
});
