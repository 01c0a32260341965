import { assertEquals, assertStringIncludes } from "@std/assert";
import { ManualClock } from "../testing/manual_clock.ts";
import { HeldInstance, Outcomes, testConfig, testRequest } from "../testing/models.ts";
import { compileConfig } from "./config.ts";
import type { SequencePlace } from "./model.ts";
import { SequenceScheduler } from "./sequence_scheduler.ts";
import { VersionStatistics } from "./statistics.ts";

function setUp(slots = 2) {
  const clock = new ManualClock();
  const instance = new HeldInstance();
  const config = testConfig({ maxBatchSize: slots, sequenceBatching: {} });
  const statistics = new VersionStatistics();
  const scheduler = new SequenceScheduler(compileConfig(config), [instance], clock, statistics);
  const outcomes = new Outcomes();
  /** `place` is s for start, e for end, or both. */
  const enqueue = (mark: number, id: bigint | string, place = "", batchSize = 1) => {
    const sequence: SequencePlace = {
      id,
      start: place.includes("s"),
      end: place.includes("e"),
    };
    scheduler.enqueue(testRequest(mark, { sequence, batchSize }), outcomes.of(mark));
  };
  const finishAll = async () => {
    while (instance.running > 0) {
      instance.finish();
      await clock.settle();
    }
  };
  return { clock, instance, scheduler, outcomes, enqueue, finishAll };
}

Deno.test("sequences: each has its slot, an execution takes one request of each", async () => {
  const { instance, outcomes, enqueue, finishAll } = setUp();
  enqueue(10, 7n, "s");
  enqueue(11, 7n);
  enqueue(20, 8n, "s");
  enqueue(12, 7n, "e");
  enqueue(21, 8n, "e");
  await finishAll();
  assertEquals(instance.batches, ["10@0", "11@0 20@1", "12@0 21@1"]);
  assertEquals(outcomes.done, [10, 11, 20, 12, 21]);
});

Deno.test("sequences: beyond the slots they wait in a backlog until one ends", async () => {
  const { instance, enqueue, finishAll } = setUp(1);
  enqueue(10, 1n, "s");
  enqueue(20, 2n, "s");
  enqueue(21, 2n, "e");
  enqueue(30, 3n, "se");
  await finishAll();
  assertEquals(instance.batches, ["10@0"]);
  enqueue(11, 1n, "e");
  await finishAll();
  assertEquals(instance.batches, ["10@0", "11@0", "20@0", "21@0", "30@0"]);
});

Deno.test("sequences: refused requests", () => {
  const { outcomes, enqueue } = setUp();
  enqueue(1, 0n, "s");
  enqueue(2, "", "s");
  enqueue(3, 78n);
  enqueue(4, 5n, "s", 2);
  assertEquals(
    outcomes.error(1),
    "inference request to model 'm' must specify a non-zero correlation ID",
  );
  assertEquals(outcomes.error(2), outcomes.error(1));
  assertEquals(
    outcomes.error(3),
    "inference request for sequence 78 to model 'm' must specify the START flag on the first " +
      "request of the sequence",
  );
  assertEquals(
    outcomes.error(4),
    "inference request to model 'm' must specify batch-size 1 due to requirements of sequence " +
      "batcher",
  );
});

Deno.test("sequences: after END a START is needed again", async () => {
  const { outcomes, enqueue, finishAll } = setUp();
  enqueue(1, "a", "se");
  enqueue(2, "a");
  enqueue(3, "a", "s");
  await finishAll();
  assertStringIncludes(outcomes.error(2)!, "must specify the START flag");
  assertEquals(outcomes.error(3), undefined);
});

Deno.test("sequences: a second START goes on in the same slot", async () => {
  const { instance, enqueue, finishAll } = setUp();
  enqueue(1, 1n, "s");
  enqueue(2, 1n, "s");
  await finishAll();
  assertEquals(instance.batches, ["1@0", "2@0"]);
});

Deno.test("sequences: an idle one is forgotten and its slot given away", async () => {
  const { clock, instance, outcomes, enqueue, finishAll } = setUp(1);
  enqueue(1, 1n, "s");
  enqueue(10, 2n, "s");
  await finishAll();
  await clock.advance(999);
  enqueue(2, 1n);
  await finishAll();
  await clock.advance(999);
  assertEquals(instance.batches, ["1@0", "2@0"]);
  await clock.advance(1);
  await finishAll();
  assertEquals(instance.batches, ["1@0", "2@0", "10@0"]);
  enqueue(3, 1n);
  assertStringIncludes(outcomes.error(3)!, "must specify the START flag");
});

Deno.test("sequences: idle ones in the backlog are kept, and no timer outlives the sequences", async () => {
  const { clock, instance, enqueue, finishAll } = setUp(1);
  enqueue(1, 1n, "s");
  enqueue(10, 2n, "s");
  await finishAll();
  await clock.advance(1000);
  await finishAll();
  assertEquals(instance.batches, ["1@0", "10@0"]);
  await clock.advance(2000);
  assertEquals(clock.waiting, 0);
  enqueue(20, 3n, "s");
  assertEquals(clock.waiting, 1);
});

Deno.test("sequences: closing fails what waits and stops the timer", async () => {
  const { clock, instance, scheduler, outcomes, enqueue } = setUp(1);
  enqueue(1, 1n, "s");
  enqueue(2, 1n);
  enqueue(3, 2n, "s");
  scheduler.close();
  await clock.settle();
  assertEquals(clock.waiting, 0);
  assertStringIncludes(outcomes.error(2)!, "being unloaded");
  assertStringIncludes(outcomes.error(3)!, "being unloaded");
  instance.finish();
  await clock.settle();
  assertEquals(outcomes.error(1), undefined);
});

Deno.test("sequences: those that nobody waits for leave the backlog", async () => {
  const { clock, scheduler, instance, outcomes, enqueue, finishAll } = setUp(1);
  enqueue(601, 1n, "s");
  for (let id = 2n; id < 500n; id++) {
    const caller = { gone: false };
    const sequence = { id, start: true, end: false };
    scheduler.enqueue(testRequest(Number(id), { sequence, caller }), outcomes.of(Number(id)));
    caller.gone = true;
  }
  assertEquals(outcomes.done.length >= 400, true);
  const caller = { gone: false };
  const sequence = { id: 600n, start: true, end: true };
  scheduler.enqueue(testRequest(603, { sequence, caller }), outcomes.of(603));
  enqueue(602, 1n, "e");
  await finishAll();
  await clock.settle();
  assertEquals(instance.batches.slice(0, 2), ["89@0", "90@0"]);
});
