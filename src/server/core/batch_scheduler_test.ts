import { assertEquals, assertStringIncludes } from "@std/assert";
import { InferenceError } from "../../base/errors.ts";
import { ManualClock } from "../testing/manual_clock.ts";
import { HeldInstance, Outcomes, testConfig, testRequest } from "../testing/models.ts";
import { BatchScheduler } from "./batch_scheduler.ts";
import { compileConfig, type ModelConfig } from "./config.ts";
import type { ModelInstance } from "./model.ts";
import { VersionStatistics } from "./statistics.ts";

function setUp(change: Partial<ModelConfig>, instances: readonly ModelInstance[]) {
  const clock = new ManualClock();
  const statistics = new VersionStatistics();
  const spec = compileConfig(testConfig(change));
  const scheduler = new BatchScheduler(spec, instances, clock, statistics);
  const outcomes = new Outcomes();
  const enqueue = (mark: number, batchSize = 1) =>
    scheduler.enqueue(testRequest(mark, { batchSize }), outcomes.of(mark));
  return { clock, statistics, scheduler, outcomes, enqueue };
}

const DYNAMIC = {
  dynamicBatching: { preferredBatchSize: [4], maxQueueDelayMicroseconds: 2000n },
};

Deno.test("batch scheduler: one at a time, in order, without dynamic batching", async () => {
  const instance = new HeldInstance();
  const { clock, outcomes, enqueue } = setUp({}, [instance]);
  for (const mark of [1, 2, 3]) enqueue(mark);
  await clock.advance(5);
  assertEquals(instance.batches, ["1"]);
  instance.finish();
  await clock.advance(7);
  instance.finish();
  await clock.settle();
  assertEquals(instance.batches, ["1", "2", "3"]);
  assertEquals(outcomes.done, [1, 2]);
  const second = outcomes.byMark.get(2)!;
  assertEquals([second.queueNs, second.computeNs, second.executions], [5e6, 7e6, 1]);
});

Deno.test("batch scheduler: as many at once as there are instances", async () => {
  const [a, b] = [new HeldInstance(), new HeldInstance()];
  const { clock, enqueue } = setUp({}, [a, b]);
  for (const mark of [1, 2, 3]) enqueue(mark);
  assertEquals([...a.batches, ...b.batches].sort(), ["1", "2"]);
  a.finish();
  await clock.settle();
  assertEquals(a.batches.at(-1), "3");
});

Deno.test("batch scheduler: a preferred size runs at once, one execution for all", async () => {
  const instance = new HeldInstance();
  const { clock, outcomes, statistics, enqueue } = setUp(DYNAMIC, [instance]);
  for (const mark of [1, 2, 3, 4]) enqueue(mark);
  assertEquals(instance.batches, ["1 2 3 4"]);
  assertEquals(clock.waiting, 0);
  await clock.advance(3);
  instance.finish();
  await clock.settle();
  assertEquals([...outcomes.byMark.values()].map(({ executions }) => executions), [1, 0, 0, 0]);
  assertEquals([...statistics.executions].map(([size, { count, ns }]) => [size, count, ns]), [
    [4, 1, 3e6],
  ]);
});

Deno.test("batch scheduler: what can't grow runs when the delay is over", async () => {
  const instance = new HeldInstance();
  const { clock, enqueue } = setUp(DYNAMIC, [instance]);
  enqueue(1);
  await clock.advance(1.5);
  enqueue(2);
  await clock.advance(0.4);
  assertEquals(instance.batches, []);
  await clock.advance(0.1);
  assertEquals(instance.batches, ["1 2"]);
  assertEquals(clock.waiting, 0);
});

Deno.test("batch scheduler: requests that come during an execution are batched after it", async () => {
  const instance = new HeldInstance();
  const { clock, enqueue } = setUp(DYNAMIC, [instance]);
  enqueue(1, 4);
  for (const mark of [2, 3, 4]) enqueue(mark);
  await clock.advance(10);
  instance.finish();
  await clock.settle();
  assertEquals(instance.batches, ["1", "2 3 4"]);
});

Deno.test("batch scheduler: what an instance throws fails its requests, and it goes on", async () => {
  let calls = 0;
  const instance: ModelInstance = {
    execute(batch) {
      if (++calls === 1) throw new Error("broken");
      if (calls === 2) return Promise.reject(new InferenceError("UNAVAILABLE", "gone"));
      return batch.map(() => []);
    },
  };
  const { clock, outcomes, enqueue } = setUp({}, [instance]);
  for (const mark of [1, 2, 3]) enqueue(mark);
  await clock.settle();
  assertStringIncludes(outcomes.error(1)!, "broken");
  assertEquals(outcomes.error(2), "gone");
  assertEquals(outcomes.byMark.get(3)!.result, []);
  assertEquals([1, 2, 3].map((mark) => outcomes.byMark.get(mark)!.executions), [0, 0, 1]);
});

Deno.test("batch scheduler: closing fails what waits and lets finish what runs", async () => {
  const instance = new HeldInstance();
  const { clock, outcomes, scheduler, enqueue } = setUp(DYNAMIC, [instance]);
  enqueue(1, 4);
  enqueue(2);
  scheduler.close();
  assertStringIncludes(outcomes.error(2)!, "being unloaded");
  instance.finish();
  await clock.settle();
  assertEquals(outcomes.done, [2, 1]);
  assertEquals(outcomes.error(1), undefined);
});

Deno.test("batch scheduler: closing ends the wait for a batch", async () => {
  const { clock, outcomes, scheduler, enqueue } = setUp(DYNAMIC, [new HeldInstance()]);
  enqueue(1);
  assertEquals(clock.waiting, 1);
  scheduler.close();
  await clock.settle();
  assertEquals(clock.waiting, 0);
  assertStringIncludes(outcomes.error(1)!, "being unloaded");
});

Deno.test("batch scheduler: requests that nobody waits for leave the queue", async () => {
  const instance = new HeldInstance();
  const { clock, outcomes, scheduler } = setUp({}, [instance]);
  const callers = Array.from({ length: 200 }, () => ({ gone: false }));
  callers.forEach((caller, mark) =>
    scheduler.enqueue(testRequest(mark, { caller }), outcomes.of(mark))
  );
  for (let mark = 1; mark < 199; mark++) callers[mark]!.gone = true;
  instance.finish();
  await clock.settle();
  assertEquals(instance.batches, ["0", "199"]);
  assertEquals(outcomes.done.length, 199);
  assertEquals(outcomes.error(7), "The client has gone");
});

Deno.test("batch scheduler: a flood of requests that nobody waits for keeps the queue short", () => {
  const instance = new HeldInstance();
  const { outcomes, scheduler } = setUp({}, [instance]);
  for (let mark = 0; mark < 10_000; mark++) {
    const caller = { gone: false };
    scheduler.enqueue(testRequest(mark, { caller }), outcomes.of(mark));
    caller.gone = true;
  }
  // All but the one that runs and those that came since the last look.
  assertEquals(outcomes.done.length >= 9_900, true);
});
