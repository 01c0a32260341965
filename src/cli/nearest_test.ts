import { assertEquals } from "@std/assert";
import { editDistance, nearest } from "./nearest.ts";

Deno.test("edit distance counts swaps of neighbours once", () => {
  const cases: [string, string, number][] = [
    ["", "", 0],
    ["", "abc", 3],
    ["abc", "", 3],
    ["same", "same", 0],
    ["bach-size", "batch-size", 1],
    ["batch-szie", "batch-size", 1],
    ["kitten", "sitting", 3],
    ["ab", "ba", 1],
    ["abc", "cab", 2],
  ];
  for (const [a, b, distance] of cases) {
    assertEquals(editDistance(a, b), distance, `${a} ${b}`);
    assertEquals(editDistance(b, a), distance, `${b} ${a}`);
  }
});

Deno.test("the nearest word is found only when it is near", () => {
  const flags = ["batch-size", "model", "model-version", "url", "streaming", "tls"];
  const cases: [string, string | undefined][] = [
    ["bach-size", "batch-size"],
    ["batchsize", "batch-size"],
    ["modle", "model"],
    ["stream", "streaming"],
    ["str", "streaming"],
    ["st", undefined],
    ["x", undefined],
    ["", undefined],
    ["rul", "url"],
    ["concurrency", undefined],
    ["mode", "model"],
  ];
  for (const [word, expected] of cases) assertEquals(nearest(word, flags), expected, word);
});
