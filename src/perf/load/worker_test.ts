import { assert, assertEquals, assertGreater, assertRejects } from "@std/assert";
import { systemClock } from "../../base/clock.ts";
import { InferenceError } from "../../base/errors.ts";
import { loadInputData } from "../input_data/input_data.ts";
import { measure } from "../measure.ts";
import { type Chunk, Sample } from "../samples.ts";
import { FAKE_MODEL, FakeServer } from "../testing/fake_protocol.ts";
import { VirtualClock } from "../testing/virtual_clock.ts";
import { DEFAULT_SETTINGS, type PerfSettings } from "../types.ts";
import { LoadManager, spread } from "./manager.ts";
import { planLoad } from "./plan.ts";
import { localThread } from "./thread.ts";
import { workerThread } from "./worker_thread.ts";

const settings: PerfSettings = { ...DEFAULT_SETTINGS, modelName: "fake" };
const startWorker = () =>
  new Worker(new URL("../testing/fake_worker.ts", import.meta.url), { type: "module" });

async function planOf() {
  const data = await loadInputData(settings.input, FAKE_MODEL, 1);
  return planLoad(settings, FAKE_MODEL, data, () => 0);
}

Deno.test("spread: floor each, the first ones get what is left", () => {
  assertEquals(spread(7, 3), [3, 2, 2]);
  assertEquals(spread(2, 3), [1, 1, 0]);
  assertEquals(spread(Infinity, 2), [Infinity, Infinity]);
});

Deno.test("worker: every sample arrives, on the main thread's clock", async () => {
  const ends: number[] = [];
  const sink = ({ rows, count }: Chunk, shift: number) => {
    for (let i = 0; i < count; i++) ends.push(rows[i * Sample.WIDTH + Sample.END]! + shift);
  };
  const begin = systemClock.now();
  const place = { index: 1, count: 2 };
  const plan = await planOf();
  const thread = await workerThread(startWorker(), plan, place, {
    connection: 1,
    clock: systemClock,
    sink,
  });
  thread.setLoad(4, 200);
  let collected = await thread.collect();
  while (collected.counts.succeeded < 200) {
    await systemClock.sleep(5);
    collected = await thread.collect();
    assertEquals(ends.length, collected.counts.succeeded, "samples come before the counts");
  }
  const { counts } = await thread.stop(500);
  const over = systemClock.now();
  assertEquals(counts, { sent: 200, succeeded: 200, failed: 0, inFlight: 0 });
  assertEquals(ends.length, 200);
  assert(ends.every((end) => end > begin - 5 && end < over + 5), "the clocks are compared");
});

Deno.test("worker: what it can't start with is thrown here", async () => {
  const plan = await planOf();
  const place = { index: 1, count: 2 };
  const error = await assertRejects(
    () =>
      workerThread(startWorker(), plan, place, {
        ...{ connection: -1, clock: systemClock, sink: () => {} },
      }),
    InferenceError,
    "no server",
  );
  assertEquals(error.code, "CONNECTION");
});

Deno.test("manager: a local thread and a worker share a load, nothing is lost", async () => {
  const plan = await planOf();
  const local = new FakeServer(systemClock, { latency: () => 1 });
  const manager = new LoadManager((index, sink) => {
    const place = { index, count: 2 };
    return index === 0
      ? Promise.resolve(
        localThread(plan, place, { protocol: local.connect(), clock: systemClock, sink }),
      )
      : workerThread(startWorker(), plan, place, { connection: 1, clock: systemClock, sink });
  }, 2);
  await manager.setLoad(3, 0);
  await manager.grow();
  assertEquals([manager.threads, manager.canGrow], [2, false]);
  await manager.setLoad(3, 0);
  const idle = await settled(manager);
  const window = manager.openWindow(-Infinity, Infinity);
  await manager.setLoad(3, 301);
  let counts = await manager.collect();
  while (counts.sent < idle.sent + 301 || counts.inFlight > 0) {
    await systemClock.sleep(5);
    counts = await manager.collect();
  }
  await manager.stop();
  assertEquals(counts.succeeded - idle.succeeded, 301);
  assertEquals(window.latency.count, 301);
});

async function settled(manager: LoadManager) {
  let counts = await manager.collect();
  while (counts.inFlight > 0) {
    await systemClock.sleep(5);
    counts = await manager.collect();
  }
  return counts;
}

Deno.test("measure: when no further thread can be had, it goes on with one", async () => {
  const clock = new VirtualClock();
  const server = new FakeServer(clock, { latency: () => 5 });
  const plain = {
    protocol: server.connect(),
    connect: () => Promise.resolve(server.connect()),
    clock,
    toolVersion: "0",
    startedAt: new Date(0),
    cores: 3,
    cpuTime: () => clock.now(),
  };
  const level = { ...settings, windowMs: 100, levels: { ...settings.levels, start: 4, end: 4 } };
  const failing = await clock.run(measure(level, {
    ...plain,
    workers: {
      start: () => {
        throw new Error("not allowed");
      },
      connection: 1,
    },
  }));
  const [alone] = failing.levels;
  assertEquals([alone!.threads, alone!.outcome], [1, "stable"]);
  assert(
    alone!.warnings.some((text) =>
      text.includes("no further thread") && text.includes("not allowed")
    ),
  );
});

/** A run of one saturated thread; `workerLatency` is how long a further one's requests take. */
async function saturated(latency: number, workerLatency: number) {
  const server = new FakeServer(systemClock, { latency: () => latency });
  const result = await measure(
    {
      ...settings,
      windowMs: 60,
      stabilityPercent: 1000,
      levels: { ...settings.levels, start: 4, end: 4 },
    },
    {
      protocol: server.connect(),
      connect: () => Promise.resolve(server.connect()),
      toolVersion: "0",
      startedAt: new Date(0),
      cores: 3,
      cpuTime: () => systemClock.now() * 1.2,
      workers: { start: startWorker, connection: workerLatency },
    },
  );
  const [level] = result.levels;
  const { sent, succeeded, failed, inFlight } = level!.counts;
  assertEquals(sent, succeeded + failed + inFlight);
  assertGreater(level!.reported.requestCount, 0);
  return level;
}

Deno.test("measure: a saturated thread gets another one, and judging starts anew", async () => {
  const level = await saturated(40, 2);
  assertEquals([level!.threads, level!.outcome], [2, "stable"]);
  assertEquals(level!.passes.length, 4, "the pass before the second thread doesn't count");
});

Deno.test("measure: a further thread that doesn't help is taken away again", async () => {
  const level = await saturated(2, 40);
  assertEquals([level!.threads, level!.outcome], [1, "stable"]);
  assertEquals(level!.passes.length, 5, "neither pass before it was gone counts");
});
