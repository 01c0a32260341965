import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { measure } from "../measure.ts";
import { Sample } from "../samples.ts";
import { FakeServer } from "../testing/fake_protocol.ts";
import { VirtualClock } from "../testing/virtual_clock.ts";
import { DEFAULT_SETTINGS } from "../types.ts";
import { arrivalCursor, type Arrivals } from "./arrivals.ts";

const seed = Math.floor(Math.random() * 2 ** 31);
const spread = { distribution: "constant", shape: 1, seed } as const;
const take = (arrivals: Arrivals, count: number) => {
  const cursor = arrivalCursor(arrivals);
  return Array.from({ length: count }, () => cursor.next());
};

/** When requests were sent, from the first moment of the schedule on. */
async function sent(arrivals: Arrivals, count: number): Promise<number[]> {
  const clock = new VirtualClock(0);
  const server = new FakeServer(clock, { latency: () => 1 });
  const starts: number[] = [];
  await clock.run(measure({
    ...{ ...DEFAULT_SETTINGS, modelName: "fake", requestCount: count },
    schedule: {
      levels: [{ requestRate: 100, arrivals }],
      ...{ maxInFlight: 1024, pacing: "economical" },
    },
  }, {
    protocol: server.connect(),
    connect: () => Promise.resolve(server.connect()),
    clock,
    tap: {
      add({ kind, rows, count }) {
        for (let i = 0; i < count && kind === "samples"; i++) {
          starts.push(rows[i * Sample.WIDTH + Sample.START]!);
        }
      },
    },
    toolVersion: "0",
    startedAt: new Date(0),
    cpuTime: () => 0,
  }));
  return starts.sort((a, b) => a - b);
}

Deno.test("what is sent is the schedule: rates, gamma gaps, bursts, stages, ramps, replays", async () => {
  console.log(`seed ${seed}`);
  const kinds: Record<string, Arrivals> = {
    poisson: { kind: "rate", rate: 200, burst: 1, ...spread, distribution: "poisson" },
    gamma: { kind: "rate", rate: 200, burst: 1, ...spread, distribution: "gamma", shape: 0.5 },
    bursts: { kind: "rate", rate: 200, burst: 5, ...spread },
    stages: {
      kind: "stages",
      stages: [{ from: 50, to: 50, ms: 1000 }, { from: 300, to: 300, ms: 1000 }],
      ...spread,
    },
    ramp: { kind: "stages", stages: [{ from: 0, to: 200, ms: 4000 }], ...spread },
    intervals: { kind: "intervals", us: [1000, 0, 7000] },
    replay: { kind: "offsets", ms: Array.from({ length: 300 }, (_, i) => i * i / 50) },
  };
  for (const [name, arrivals] of Object.entries(kinds)) {
    const due = take(arrivals, 300);
    const starts = await sent(arrivals, 300);
    assertEquals(starts.length, 300, name);
    const origin = starts[0]! - due[0]!;
    starts.forEach((at, i) => assertAlmostEquals(at - origin, due[i]!, 1e-6, `${name}, ${i}`));
  }
});

Deno.test("the shares of four are the schedule itself, and its gaps stay exponential", () => {
  console.log(`seed ${seed}`);
  const of: Arrivals = {
    ...{ kind: "rate", rate: 100, burst: 1, ...spread },
    distribution: "poisson",
  };
  const each = 25_000;
  const shares = [0, 1, 2, 3].map((index) => take({ kind: "share", of, index, count: 4 }, each));
  const merged = shares.flat().sort((a, b) => a - b);
  assertEquals(merged, take(of, 4 * each));
  const gaps = merged.slice(1).map((at, i) => at - merged[i]!).sort((a, b) => a - b);
  // Kolmogorov and Smirnov's distance; 2.5 / sqrt(n) is passed by chance once in 130,000 runs.
  const distance = Math.max(
    ...gaps.map((gap, i) => Math.abs(1 - Math.exp(-gap / 10) - i / gaps.length)),
  );
  assert(distance < 2.5 / Math.sqrt(gaps.length), `distance ${distance}`);
});
