import { assertEquals, assertRejects } from "@std/assert";
import { InferenceError } from "../../base/errors.ts";
import type { ModelInfo } from "../../protocol/types.ts";
import { measure } from "../measure.ts";
import { Sample } from "../samples.ts";
import { type FakeBehaviour, FakeServer } from "../testing/fake_protocol.ts";
import { VirtualClock } from "../testing/virtual_clock.ts";
import { DEFAULT_SETTINGS, type PerfSettings } from "../types.ts";

/** When requests were sent, how many at a time. */
async function run(
  behaviour: FakeBehaviour,
  periodic: NonNullable<PerfSettings["periodic"]>,
  model: Partial<ModelInfo> = {},
) {
  const clock = new VirtualClock(0);
  const server = new FakeServer(clock, behaviour, model);
  const sent = new Map<number, number>();
  const { levels: [level] } = await clock.run(measure({
    ...DEFAULT_SETTINGS,
    ...{ modelName: "fake", streaming: model.decoupled ?? false, periodic },
    levels: { start: periodic.end, end: periodic.end, step: 1, search: false },
    requestCount: periodic.end,
  }, {
    protocol: server.connect("grpc"),
    connect: () => Promise.resolve(server.connect("grpc")),
    clock,
    tap: {
      add({ kind, rows, count }) {
        for (let i = 0; i < count && kind !== "gaps"; i++) {
          const at = rows[i * Sample.WIDTH + Sample.START]!;
          sent.set(at, (sent.get(at) ?? 0) + 1);
        }
      },
    },
    toolVersion: "0",
    startedAt: new Date(0),
    cpuTime: () => 0,
  }));
  return { level: level!, sent: [...sent].sort(([a], [b]) => a - b) };
}

Deno.test("a set follows when each request of the one before has had its answers", async () => {
  // Answers after 10, 20, ... 50 ms, the end after 60.
  const behaviour = { latency: () => 60, responses: 5 };
  const { level, sent } = await run(
    behaviour,
    { start: 2, end: 7, step: 3, period: 2 },
    { decoupled: true },
  );
  assertEquals(sent, [[0, 2], [20, 3], [40, 2]]);
  assertEquals([level.counts.sent, level.counts.succeeded], [7, 7]);
  assertEquals([level.concurrency, level.threads, level.passes.length], [7, 1, 1]);
});

Deno.test("a request that ends early, or fails, holds nothing up", async () => {
  const short = await run(
    { latency: () => 30, responses: 2 },
    { start: 1, end: 3, step: 1, period: 9 },
    { decoupled: true },
  );
  assertEquals(short.sent, [[0, 1], [30, 1], [60, 1]]);
  const failing = await run({
    latency: (n) => n === 0 ? 5 : 10,
    refuse: (n) => n === 0 ? new InferenceError("INVALID_ARG", "no") : undefined,
  }, { start: 2, end: 6, step: 2, period: 1 });
  assertEquals(failing.sent, [[0, 2], [10, 2], [20, 2]]);
  assertEquals([failing.level.counts.succeeded, failing.level.counts.failed], [5, 1]);
});

Deno.test("a period that can't end is refused before anything is sent", async () => {
  const range = { start: 1, end: 2, step: 1, period: 10 };
  await assertRejects(
    () => run({ latency: () => 1 }, range),
    InferenceError,
    "a period of 10 answers never ends",
  );
  await assertRejects(
    () => run({ latency: () => 1 }, { ...range, period: 1 }, { scheduling: "sequence" }),
    InferenceError,
    "can't grow by answers",
  );
});
