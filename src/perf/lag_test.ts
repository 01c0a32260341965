import { assertEquals } from "@std/assert";
import type { Clock } from "../base/clock.ts";
import { watchLag } from "./lag.ts";
import { VirtualClock } from "./testing/virtual_clock.ts";

Deno.test("watchLag: a clock that is in time has no lag; processor time by time passed", async () => {
  const clock = new VirtualClock();
  const end = watchLag(clock, () => clock.now() * 0.5);
  await clock.run(clock.sleep(1000));
  assertEquals(await clock.run(end()), {
    averageMs: 0,
    maxMs: 0,
    cpuShare: 0.5,
    pressure: undefined,
  });
});

Deno.test("watchLag: timers that come late, beyond their resolution of 1 ms", async () => {
  const clock = new VirtualClock();
  let sleeps = 0;
  const late: Clock = {
    now: () => clock.now(),
    sleep: (ms, signal) => clock.sleep(ms + (sleeps++ % 2 ? 9 : 1), signal),
  };
  const end = watchLag(late, () => 0);
  await clock.run(clock.sleep(2525));
  assertEquals(await clock.run(end()), {
    averageMs: 4,
    maxMs: 8,
    cpuShare: 0,
    pressure: undefined,
  });
});

Deno.test("watchLag: ended at once", async () => {
  const clock = new VirtualClock();
  const end = watchLag(clock, () => 0);
  assertEquals(await clock.run(end()), {
    averageMs: 0,
    maxMs: 0,
    cpuShare: 0,
    pressure: undefined,
  });
});

Deno.test("watchLag: for how long programs waited for a processor", async () => {
  const share = async (...looks: (number | undefined)[]) => {
    const clock = new VirtualClock();
    const end = watchLag(clock, () => 0, () => looks.shift());
    await clock.run(clock.sleep(200));
    return (await clock.run(end())).pressure;
  };
  assertEquals(await share(1000, 1150), 0.75);
  assertEquals(await share(1000, 1300), 1);
  assertEquals(await share(1000, 900), 0);
  assertEquals(await share(undefined, 1000), undefined);
  assertEquals(await share(), undefined);
});
