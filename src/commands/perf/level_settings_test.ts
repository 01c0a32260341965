import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import { InferenceError } from "../../base/errors.ts";
import { nextLevel } from "../../perf/search.ts";
import { type LevelOptions, readLevels } from "./level_settings.ts";

const read = (options: Partial<LevelOptions>) =>
  readLevels({
    ...{ concurrency: undefined, concurrencyRange: undefined, maxConcurrency: undefined },
    ...{ search: false, latencyLimit: undefined },
    ...options,
  });

/** All levels that come, when latency never ends them. */
function levels(options: Partial<LevelOptions>): number[] {
  const settings = read(options);
  const all: number[] = [];
  for (
    let level = nextLevel(settings, undefined, undefined);
    level !== undefined && all.length < 50;
    level = nextLevel(settings, level, 1)
  ) all.push(level);
  return all;
}

const refused = (options: Partial<LevelOptions>, says: RegExp) =>
  assertMatch(assertThrows(() => read(options), InferenceError).message, says);

Deno.test("levels: one, a list, a range, a range with a factor", () => {
  assertEquals(levels({}), [1]);
  assertEquals(levels({ concurrency: "4" }), [4]);
  assertEquals(levels({ concurrency: "1,2,4, 8" }), [1, 2, 4, 8]);
  assertEquals(levels({ concurrency: "16,1,4" }), [16, 1, 4]);
  assertEquals(levels({ concurrencyRange: "1:7:3" }), [1, 4, 7]);
  assertEquals(levels({ concurrencyRange: "1:64:x2" }), [1, 2, 4, 8, 16, 32, 64]);
  assertEquals(levels({ concurrencyRange: "3:20:x1.5" }), [3, 5, 7, 10, 15]);
  assertEquals(levels({ concurrencyRange: "1:4:x1.1" }), [1, 2, 3, 4]);
  assertEquals(levels({ concurrency: "2", search: true, maxConcurrency: 4 }), [2, 3, 4]);
  assertEquals(levels({ concurrencyRange: "1:0:x10", latencyLimit: 5 }).slice(0, 3), [1, 10, 100]);
});

Deno.test("levels: the latency limit ends a list, too", () => {
  const settings = read({ concurrency: "1,8,2", latencyLimit: 10 });
  assertEquals(nextLevel(settings, 1, 9_000), 8);
  assertEquals(nextLevel(settings, 8, 10_000), undefined);
  assertEquals(nextLevel(settings, 8, 1), 2);
  assertEquals(nextLevel(settings, 2, 1), undefined);
});

Deno.test("levels: what is none is refused", () => {
  for (const concurrency of ["0", "-1", "x", "1,", "1,,2", "1.5", "1,0", "9999999999"]) {
    refused({ concurrency }, /for --concurrency \(-t\): expected a whole number of at least 1/);
  }
  refused({ concurrency: "1,2,1" }, /a level twice/);
  refused({ concurrency: "1,2", search: true, maxConcurrency: 9 }, /leave out -d/);
  for (const concurrencyRange of ["0", "4:1", "1:4:0", "1:4:x1", "1:4:x", "1:4:2x", "1:4:x0.5"]) {
    refused({ concurrencyRange }, /for --concurrency-range: expected START:END:STEP/);
  }
  refused({ concurrencyRange: "1:0:x2" }, /a search needs a limit/);
  refused({ concurrencyRange: "1:4", search: true }, /replaces -d, -t and -c/);
});
