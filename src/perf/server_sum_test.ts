import { assertAlmostEquals, assertEquals } from "@std/assert";
import { addServers } from "./server_sum.ts";
import type { ServerFigures } from "./types.ts";

const figures = (requestCount: number, queueUs: number, composing: ServerFigures[] = []) => ({
  ...{ modelName: "m", modelVersion: "1", requestCount, failedCount: 1, inferenceCount: 2 },
  ...{ executionCount: 3, totalUs: 9, queueUs, computeInputUs: 0, computeUs: 5 },
  ...{ computeOutputUs: 0, cacheHitCount: 4, cacheMissCount: 0, cacheHitUs: 0, cacheMissUs: 0 },
  composing,
});

Deno.test("addServers: counts are added, times weigh as many requests as they are of", () => {
  assertEquals(addServers([]), undefined);
  const one = figures(1, 8);
  assertEquals(addServers([one]), one);
  const both = addServers([one, figures(3, 4)])!;
  assertEquals([both.requestCount, both.failedCount, both.cacheHitCount], [4, 2, 8]);
  assertAlmostEquals(both.queueUs, 5);
  assertEquals(addServers([figures(0, 7), figures(0, 7)])!.queueUs, 0);
});

Deno.test("addServers: an ensemble's models go together by name, wherever they stand", () => {
  const part = (modelName: string, requestCount: number) => ({
    ...figures(requestCount, 1),
    modelName,
  });
  const sum = addServers([
    figures(1, 1, [part("a", 1), part("b", 2)]),
    figures(1, 1, [part("b", 10), part("c", 20)]),
  ])!;
  assertEquals(
    sum.composing.map(({ modelName, requestCount }) => [modelName, requestCount]),
    [["a", 1], ["b", 12], ["c", 20]],
  );
});
