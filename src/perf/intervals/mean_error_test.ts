import { assert, assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { createRandom } from "../random.ts";
import { meanError } from "./mean_error.ts";
import { studentFactor } from "./student.ts";

/** Normal deviates with a correlation between neighbours. */
function normals(seed: number, correlation = 0): () => number {
  const random = createRandom(seed);
  let last = 0;
  let first = true;
  return () => {
    const [a, b] = [1 - random.unit(), random.unit()];
    const fresh = Math.sqrt(-2 * Math.log(a)) * Math.cos(2 * Math.PI * b);
    last = first ? fresh : correlation * last + Math.sqrt(1 - correlation ** 2) * fresh;
    first = false;
    return last;
  };
}

/** How often the interval of the mean, which is 0, holds it. */
function coverage(draw: (seed: number) => number[][], rounds = 400): number {
  let held = 0;
  for (let seed = 1; seed <= rounds; seed++) {
    const passes = draw(seed);
    const { error, degrees } = meanError(passes)!;
    const flat = passes.flat();
    const mean = flat.reduce((sum, value) => sum + value, 0) / flat.length;
    if (Math.abs(mean) <= studentFactor(degrees) * error) held++;
  }
  return held / rounds;
}

Deno.test("mean error: independent batches, correlated ones, and passes that differ", () => {
  const passesOf = (count: number, batches: number, next: () => number) =>
    Array.from({ length: count }, () => Array.from({ length: batches }, next));
  const within = (share: number, what: string) =>
    assert(share >= 0.9 && share <= 0.99, `${what}: ${share}`);
  within(coverage((seed) => passesOf(1, 20, normals(seed))), "one pass");
  within(coverage((seed) => passesOf(3, 20, normals(seed))), "three passes");
  within(coverage((seed) => passesOf(3, 20, normals(seed, 0.4))), "correlated");
  within(
    coverage((seed) => {
      const next = normals(seed);
      return passesOf(4, 20, next).map((pass) => {
        const shift = 3 * next();
        return pass.map((value) => value + shift);
      });
    }),
    "passes of their own",
  );
});

Deno.test("mean error: passes that differ more than their batches are the sample", () => {
  const same = meanError([[1, 2, 1, 2], [2, 1, 2, 1], [1, 2, 2, 1]]);
  assertEquals(same!.by, "batches");
  const apart = meanError([[1, 2, 1, 2], [11, 12, 11, 12], [1, 2, 2, 1]])!;
  assertEquals([apart.by, apart.degrees], ["passes", 2]);
  assertAlmostEquals(apart.error, 10 / 3, 1e-9);
  assertLess(same!.error, 0.5);
});

Deno.test("mean error: what is constant has none, and what is too little no judgement", () => {
  assertEquals(meanError([[5, 5, 5, 5]])!.error, 0);
  assertEquals(meanError([[5, 5], [5, 5], [5, 5]])!.error, 0);
  assertEquals(meanError([[5], [5], [8]])!.by, "passes");
  assertEquals(meanError([[1, 2]]), undefined);
  assertEquals(meanError([]), undefined);
});

Deno.test("batches without a value have no error, and passes without batches don't count", () => {
  assertEquals(meanError([[1, 2, NaN, 3], [2, 3, 4]]), undefined);
  assertEquals(meanError([[1, 2, 4, 3], []]), meanError([[1, 2, 4, 3]]));
});
