/**
 * What compare says of runs whose truth is known: the real load loop in virtual time.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { measure } from "../measure.ts";
import { createRandom } from "../random.ts";
import { jsonReport } from "../report/json.ts";
import { parseRun } from "../run_file/read.ts";
import { FakeServer } from "../testing/fake_protocol.ts";
import { VirtualClock } from "../testing/virtual_clock.ts";
import { DEFAULT_SETTINGS } from "../types.ts";
import { compareRuns } from "./compare.ts";
import type { NamedRun } from "./differences.ts";

/** Three passes of half a second, four requests in flight, which take 8 to 12 ms by `factor`. */
async function run(seed: number, factor: number): Promise<NamedRun> {
  const random = createRandom(seed);
  const clock = new VirtualClock();
  const server = new FakeServer(clock, { latency: () => factor * (8 + 4 * random.unit()) });
  const result = await clock.run(measure(
    {
      ...{ ...DEFAULT_SETTINGS, modelName: server.model.name, windowMs: 500 },
      levels: { start: 4, end: 4, step: 1, search: false },
    },
    {
      protocol: server.connect(),
      connect: () => Promise.resolve(server.connect()),
      clock,
      toolVersion: "0",
      startedAt: new Date(0),
      cpuTime: () => 0,
      random: () => 0.5,
    },
  ));
  return { name: `${seed}`, report: parseRun("test", jsonReport(result)) };
}

async function told(tries: number, factor: number, runs = 1): Promise<Record<string, number>> {
  const count: Record<string, number> = {};
  for (let i = 0; i < tries; i++) {
    const side = async (by: number, first: number) => {
      const all: NamedRun[] = [];
      for (let r = 0; r < runs; r++) all.push(await run(first + 1000 * i + r, by));
      return all;
    };
    const { levels } = compareRuns(await side(1, 1), await side(factor, 501));
    for (const { name, verdict } of levels[0]!.metrics) {
      count[`${name} ${verdict}`] = (count[`${name} ${verdict}`] ?? 0) + 1;
    }
  }
  return count;
}

Deno.test("compare: two runs of the same server have no difference in 18 of 20", async () => {
  const count = await told(20, 1);
  for (const name of ["throughput", "avg", "p50", "p90"]) {
    assert((count[`${name} same`] ?? 0) >= 18, JSON.stringify(count));
  }
});

Deno.test("compare: a server that is 20 % slower is worse in 20 of 20", async () => {
  const count = await told(20, 1.2);
  for (const name of ["throughput", "avg", "p50", "p90"]) {
    assertEquals(count[`${name} worse`], 20, JSON.stringify(count));
  }
});

Deno.test("compare: 5 % slower, five runs a side, is worse in most", async () => {
  const count = await told(6, 1.05, 5);
  for (const name of ["throughput", "avg"]) {
    assert((count[`${name} worse`] ?? 0) >= 4, JSON.stringify(count));
  }
});
