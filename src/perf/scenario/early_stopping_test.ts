import { assertEquals } from "@std/assert";
import { requestsFor } from "../carried.ts";
import { chanceOfAtMost, estimateRank, minPassing } from "./early_stopping.ts";

/**
 * Percentile, slow requests, quick requests that they need: what the function of LoadGen's
 * early_stopping.cc returns (github.com/mlcommons/inference, b66003e, with a confidence of 0.99 and a
 * tolerance of 0), compiled and asked.
 */
const LOADGEN: readonly (readonly [percentile: number, slow: number, quick: number])[] = [
  [50, 0, 7],
  [50, 1, 10],
  [50, 2, 12],
  [50, 3, 14],
  [50, 5, 17],
  [50, 10, 25],
  [50, 37, 61],
  [50, 100, 137],
  [50, 500, 578],
  [50, 1000, 1108],
  [50, 2702, 2877],
  [90, 0, 44],
  [90, 1, 63],
  [90, 2, 79],
  [90, 3, 94],
  [90, 5, 122],
  [90, 10, 187],
  [90, 37, 493],
  [90, 100, 1146],
  [90, 500, 5018],
  [90, 1000, 9722],
  [90, 2702, 25489],
  [95, 0, 90],
  [95, 1, 129],
  [95, 2, 163],
  [95, 3, 195],
  [95, 5, 254],
  [95, 10, 388],
  [95, 37, 1031],
  [95, 100, 2404],
  [95, 500, 10564],
  [95, 1000, 20483],
  [95, 2702, 53744],
  [97, 0, 152],
  [97, 1, 218],
  [97, 2, 275],
  [97, 3, 329],
  [97, 5, 428],
  [97, 10, 657],
  [97, 37, 1748],
  [97, 100, 4082],
  [97, 500, 17958],
  [97, 1000, 34831],
  [97, 2702, 91417],
  [99, 0, 459],
  [99, 1, 661],
  [99, 2, 836],
  [99, 3, 998],
  [99, 5, 1302],
  [99, 10, 2000],
  [99, 37, 5334],
  [99, 100, 12471],
  [99, 500, 54927],
  [99, 1000, 106569],
  [99, 2702, 279778],
  [99.9, 0, 4603],
  [99.9, 1, 6635],
  [99.9, 2, 8401],
  [99.9, 3, 10039],
  [99.9, 5, 13100],
  [99.9, 10, 20130],
  [99.9, 37, 53746],
  [99.9, 100, 125726],
  [99.9, 500, 554010],
  [99.9, 1000, 1075032],
  [99.9, 2702, 2822653],
];

Deno.test("minPassing is LoadGen's", () => {
  for (const [percentile, slow, quick] of LOADGEN) {
    assertEquals(minPassing(slow, percentile / 100), quick, `p${percentile}, ${slow} slow`);
  }
});

Deno.test("estimateRank takes the first time from above that LoadGen's rule allows", () => {
  assertEquals([estimateRank(63, 0.9), estimateRank(64, 0.9)], [undefined, 1]);
  assertEquals([estimateRank(661, 0.99), estimateRank(662, 0.99)], [undefined, 1]);
  // 836 quick ones go with 2 slow ones, 998 with 3.
  assertEquals([837, 838, 1000, 1001].map((n) => estimateRank(n, 0.99)), [1, 2, 2, 3]);
  assertEquals(estimateRank(106_569 + 1000, 0.99), 1000);
  assertEquals(estimateRank(106_569 + 999, 0.99), 999);
  for (const percentile of [50, 90, 95, 97, 99, 99.9]) {
    assertEquals(minPassing(1, percentile / 100) + 1, requestsFor(percentile));
  }
});

Deno.test("chanceOfAtMost: all, none, and a coin", () => {
  assertEquals(chanceOfAtMost(0, 2, 0.5), 0.25);
  assertEquals(Math.abs(chanceOfAtMost(1, 2, 0.5) - 0.75) < 1e-12, true);
});
