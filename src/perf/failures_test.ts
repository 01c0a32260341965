import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { InferenceError } from "../base/errors.ts";
import { measure } from "./measure.ts";
import { percentileUs } from "./percentile.ts";
import { Distribution } from "./statistics.ts";
import { FakeServer } from "./testing/fake_protocol.ts";
import { VirtualClock } from "./testing/virtual_clock.ts";
import { DEFAULT_SETTINGS, type PerfSettings } from "./types.ts";

/** Every tenth request is refused after 1 ms, the others are answered after 5 ms. */
async function run(changes: Partial<PerfSettings>) {
  const clock = new VirtualClock(0);
  const refused = (n: number) => n % 10 === 9;
  const server = new FakeServer(clock, {
    latency: (n) => refused(n) ? 1 : 5,
    refuse: (n) => refused(n) ? new InferenceError("INVALID_ARG", "no") : undefined,
  });
  const result = await clock.run(measure({
    ...DEFAULT_SETTINGS,
    ...{ modelName: "fake", requestCount: 1000, ...changes },
  }, {
    protocol: server.connect(),
    connect: () => Promise.resolve(server.connect()),
    clock,
    toolVersion: "0",
    startedAt: new Date(0),
    cpuTime: () => 0,
  }));
  return result.levels[0]!.reported;
}

Deno.test("failed requests are counted, and their times stand apart", async () => {
  const pass = await run({});
  assertEquals([pass.requestCount, pass.failedCount], [900, 100]);
  assertEquals([pass.latency!.count, pass.failedLatency!.count], [900, 100]);
  assertEquals([pass.latency!.minUs, pass.latency!.maxUs], [5000, 5000]);
  assertEquals([pass.failedLatency!.minUs, pass.failedLatency!.maxUs], [1000, 1000]);
});

Deno.test("failed requests that count as slow are the worst ones, and no throughput", async () => {
  const [apart, slow] = [await run({}), await run({ failuresAsSlow: true, timeoutMs: 250 })];
  assertEquals([slow.requestCount, slow.failedCount], [900, 100]);
  assertEquals(slow.inferPerSecond, apart.inferPerSecond);
  assertEquals([slow.latency!.count, slow.serviceLatency!.count], [1000, 1000]);
  // As long as the limit that they could have used up.
  assertEquals(slow.latency!.maxUs, 250_000);
  assertEquals(percentileUs(slow.latency!, 95), 250_000);
  assertEquals(percentileUs(slow.latency!, 50), 5000);
  assertAlmostEquals(slow.latency!.averageUs, (900 * 5 + 100 * 250) * 1000 / 1000, 1);
  assertEquals(slow.client.overheadUs, apart.client.overheadUs);
  // Without a limit they are as slow as the slowest of all.
  assertEquals((await run({ failuresAsSlow: true })).latency!.maxUs, 5000);
});

Deno.test("Distribution: the worst are above every limit, before their time is known", () => {
  const times = new Distribution();
  for (let ms = 1; ms <= 8; ms++) times.add(ms);
  times.addWorst();
  times.addWorst();
  assertEquals([times.count, times.worstCount, times.countAbove(1e9)], [10, 2, 2]);
  assertAlmostEquals(times.estimateUs(50)!, 5000, 1000);
  assertEquals(times.estimateUs(99), 8000);
  times.settle(3);
  assertEquals([times.count, times.worstCount, times.countAbove(7500)], [10, 2, 3]);
  assertEquals(times.figures([99])!.percentiles, [{ percentile: 99, us: 8000 }]);
  const none = new Distribution();
  none.addWorst();
  assertEquals(none.estimateUs(50), undefined);
  none.settle(20);
  assert(none.figures([50])!.averageUs === 20_000);
});
