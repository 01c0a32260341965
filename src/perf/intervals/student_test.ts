import { assert, assertAlmostEquals } from "@std/assert";
import { chanceOfRatio, studentFactor } from "./student.ts";

Deno.test("student: the factors are those of the tables", () => {
  // Abramowitz and Stegun, table 26.10; R's qt.
  const table = [[1, 12.7062], [2, 4.302653], [3, 3.182446], [10, 2.228139], [30, 2.042272]];
  for (const [degrees, factor] of table) {
    assertAlmostEquals(studentFactor(degrees!), factor!, 1e-4);
  }
  assertAlmostEquals(studentFactor(10, 0.99), 3.169273, 1e-4);
  assertAlmostEquals(studentFactor(1e5), 1.959988, 1e-4);
});

Deno.test("student: degrees that there can't be give the nearest that there are", () => {
  assertAlmostEquals(studentFactor(0), studentFactor(1), 1e-9);
  assertAlmostEquals(studentFactor(-3), studentFactor(1), 1e-9);
  assertAlmostEquals(studentFactor(Infinity), studentFactor(1e5), 1e-9);
  assertAlmostEquals(studentFactor(1e12), studentFactor(1e5), 1e-9);
});

Deno.test("student: the chance of a ratio of variances", () => {
  assertAlmostEquals(chanceOfRatio(3.354131, 2, 27), 0.05, 1e-5);
  assertAlmostEquals(chanceOfRatio(1.985595, 9, 90), 0.05, 1e-5);
  assertAlmostEquals(chanceOfRatio(0, 2, 27), 1);
  assertAlmostEquals(chanceOfRatio(NaN, 2, 27), 1);
  assert(chanceOfRatio(1e9, 2, 27) < 1e-9);
});
