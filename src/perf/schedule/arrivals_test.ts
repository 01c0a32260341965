import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { type ArrivalCursor, arrivalCursor, type Arrivals, measureArrivals } from "./arrivals.ts";
import { parseIntervals, parseSchedule } from "./files.ts";
import { checkScheduledInputs } from "./inputs.ts";

const take = (cursor: ArrivalCursor, count: number) =>
  Array.from({ length: count }, () => cursor.next());

const rate = (changes: Partial<Extract<Arrivals, { kind: "rate" }>> = {}): Arrivals => ({
  kind: "rate",
  rate: 100,
  distribution: "constant",
  shape: 1,
  burst: 1,
  seed: 1,
  ...changes,
});

Deno.test("a constant rate has even gaps that don't drift, and bursts keep the rate", () => {
  assertEquals(take(arrivalCursor(rate()), 4), [0, 10, 20, 30]);
  assertEquals(take(arrivalCursor(rate({ burst: 3 })), 7), [0, 0, 0, 30, 30, 30, 60]);
  assertEquals(take(arrivalCursor(rate({ rate: 3000 })), 3_000_001).at(-1), 1_000_000);
});

Deno.test("poisson gaps are exponential, gamma gaps have the spread of their shape", () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  console.log(`seed ${seed}`);
  const gapsOf = (arrivals: Arrivals) => {
    const moments = take(arrivalCursor(arrivals), 100_001);
    return moments.slice(1).map((at, i) => at - moments[i]!);
  };
  const poisson = gapsOf(rate({ distribution: "poisson", seed })).sort((a, b) => a - b);
  // Kolmogorov and Smirnov's distance; 2.5 / sqrt(n) is passed by chance once in 130,000 runs.
  const distance = Math.max(
    ...poisson.map((gap, i) => Math.abs(1 - Math.exp(-gap / 10) - i / poisson.length)),
  );
  assert(distance < 2.5 / Math.sqrt(poisson.length), `distance ${distance}`);
  for (const shape of [0.5, 4]) {
    const gaps = gapsOf(rate({ distribution: "gamma", shape, seed }));
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length;
    assertAlmostEquals(mean, 10, 0.3);
    assertAlmostEquals(variance / mean ** 2, 1 / shape, 0.15 / shape);
  }
});

Deno.test("stages and ramps bring the integral of their rates, at the right moments", () => {
  const stages = (...list: [from: number, to: number, ms: number][]): Arrivals => ({
    kind: "stages",
    stages: list.map(([from, to, ms]) => ({ from, to, ms })),
    distribution: "constant",
    shape: 1,
    seed: 1,
  });
  assertEquals(measureArrivals(stages([100, 100, 1000], [500, 500, 2000])).count, 1100);
  const ramp = take(arrivalCursor(stages([0, 100, 10_000])), 501);
  // 5 t^2 requests have come after t seconds.
  ramp.slice(0, 500).forEach((at, i) => assertAlmostEquals(5 * (at / 1000) ** 2, i + 1, 1e-6));
  assertEquals(ramp[500], Infinity);
});

Deno.test("files of intervals and schedules", () => {
  assertEquals(parseIntervals("1000\n2000 # later\n\n", "f"), [1000, 2000]);
  assertEquals(take(arrivalCursor({ kind: "intervals", us: [1000, 2000] }), 4), [0, 1, 3, 4]);
  const plain = parseSchedule("0\n1.5\n1.5\n", "f");
  assertEquals([plain.ms, plain.inputs], [[0, 1.5, 1.5], undefined]);
  const dated = "2026-01-01T00:00:00Z\n2026-01-01T01:00:00.250+01:00\n2026-01-01T00:00:01Z\n";
  assertEquals(parseSchedule(dated, "f").ms, [0, 250, 1000]);
  for (
    const [text, says] of [
      ["1\n0\n", "line 2: the schedule goes back in time"],
      ["1\n2026-01-01T00:00:00Z\n", "mixed"],
      ["soon\n", 'number of an input, found "soon"'],
      ["# none\n", "no requests"],
    ] as const
  ) {
    assertThrows(() => parseSchedule(text, "f"), Error, says);
  }
  assertThrows(() => parseSchedule("1 two\n", "f"), Error, 'number of an input, found "1 two"');
  assertThrows(() => parseSchedule("1 -2\n", "f"), Error, 'found "1 -2"');
  assertThrows(() => parseIntervals('{"a": 1}', "f"), Error, "line 1: expected microseconds");
  assertThrows(() => parseIntervals("0\n0\n", "f"), Error, "all intervals are 0");
});

Deno.test("a schedule may name inputs, and shares of it keep them", () => {
  const text = "0 2\n1.5,0\n3\n3 ,  7 # the last one\n";
  const { ms, inputs } = parseSchedule(text, "f");
  assertEquals([ms, inputs], [[0, 1.5, 3, 3], [2, 0, -1, 7]]);
  const dated = parseSchedule("2026-01-01 00:00:00Z 1\n2026-01-01 00:00:01Z\n", "f");
  assertEquals([dated.ms, dated.inputs], [[0, 1000], [1, -1]]);
  const of = { kind: "offsets", ms, inputs } as const;
  const seen = (cursor: ArrivalCursor, count: number) =>
    Array.from({ length: count }, () => [cursor.next(), cursor.input]);
  assertEquals(seen(arrivalCursor(of), 4), [[0, 2], [1.5, 0], [3, -1], [3, 7]]);
  const second = arrivalCursor({ kind: "share", of, index: 1, count: 2 });
  assertEquals(seen(second, 2), [[1.5, 0], [3, 7]]);
  const levels = (inputs: number[]) => [{ arrivals: { ...of, inputs } }];
  checkScheduledInputs(levels([2, 0, -1, 3]), [["a", "b"], ["c", "d"]], false);
  checkScheduledInputs([{ arrivals: { kind: "offsets", ms } }], [["a"]], true);
  const share = [{ arrivals: { kind: "share", of, index: 0, count: 2 } as const }];
  const missing = "its request 4 names input 7, and the data has inputs 0 to 3";
  assertThrows(() => checkScheduledInputs(share, [["a", "b", "c", "d"]], false), Error, missing);
  assertThrows(() => checkScheduledInputs(share, [["a"]], true), Error, "the model is stateful");
});
