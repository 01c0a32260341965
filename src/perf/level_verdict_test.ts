import { assertEquals, assertStrictEquals } from "@std/assert";
import { reportedPass, withPass } from "./level_verdict.ts";
import { examplePass } from "./testing/example_result.ts";

const good = examplePass({ pass: 1 });
const mixed = examplePass({ pass: 2, failedCount: 5, errorRate: 0.05 });
const dead = examplePass({
  ...{ pass: 3, requestCount: 0, failedCount: 9, errorRate: 1, latency: undefined },
});

Deno.test("a server that went away: the last pass without failures is reported, whatever ended it", () => {
  for (const outcome of ["errors", "unstable", "unjudged"] as const) {
    assertStrictEquals(reportedPass([good, mixed, dead], outcome), good);
    assertStrictEquals(reportedPass([mixed, dead], outcome), mixed);
    assertStrictEquals(reportedPass([dead], outcome), dead);
  }
  assertStrictEquals(reportedPass([good, mixed], "errors"), good);
  assertStrictEquals(reportedPass([good, mixed], "unstable"), mixed);
  const cut = examplePass({ pass: 3, complete: false, latency: undefined });
  assertStrictEquals(reportedPass([good, mixed, cut], "aborted"), mixed);
});

Deno.test("a level's reason says which pass its figures are from", () => {
  const verdict = { outcome: "unstable", reason: "no request ended" } as const;
  const from = "no request ended; the figures are those of pass";
  assertEquals(
    withPass(verdict, good, [good, mixed, dead]).reason,
    `${from} 1, the last one without failures`,
  );
  assertEquals(
    withPass(verdict, mixed, [mixed, dead]).reason,
    `${from} 2, the last one in which requests succeeded`,
  );
  assertEquals(withPass(verdict, dead, [dead]), verdict);
});
