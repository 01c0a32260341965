import { assert, assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { InferenceError } from "../../base/errors.ts";
import type { ModelInfo } from "../../protocol/types.ts";
import { loadInputData } from "../input_data/input_data.ts";
import type { Protocol } from "../../protocol/types.ts";
import { closedLoop, type Pacer } from "../pacer.ts";
import { type Chunk, Gap, Sample } from "../samples.ts";
import { type FakeBehaviour, FakeServer } from "../testing/fake_protocol.ts";
import { VirtualClock } from "../testing/virtual_clock.ts";
import { DEFAULT_SETTINGS, type PerfSettings } from "../types.ts";
import { backoffMs } from "./backoff.ts";
import { ERROR_CODES } from "./error_codes.ts";
import { planLoad } from "./plan.ts";
import { sequenceLength } from "./sequence.ts";
import { localThread } from "./thread.ts";

interface Row {
  readonly scheduled: number;
  readonly start: number;
  readonly end: number;
  readonly first: number;
  readonly responses: number;
  readonly idle: number;
}

interface LoopRun {
  readonly server: FakeServer;
  readonly rows: Row[];
  readonly gaps: number[];
  readonly counts: { sent: number; succeeded: number; failed: number; inFlight: number };
  readonly errors: readonly {
    code: string;
    message: string;
    count: number;
    answered: boolean;
    retryable: boolean;
  }[];
}

async function run(
  behaviour: FakeBehaviour,
  options: {
    readonly concurrency: number;
    readonly ms: number;
    readonly settings?: Partial<PerfSettings>;
    readonly model?: Partial<ModelInfo>;
    readonly pacer?: (clock: VirtualClock) => Pacer;
    readonly fast?: boolean;
  },
): Promise<LoopRun> {
  const clock = new VirtualClock();
  const server = new FakeServer(clock, behaviour, options.model);
  const settings: PerfSettings = {
    ...DEFAULT_SETTINGS,
    modelName: "fake",
    ...options.settings,
  };
  const { streams: data } = await loadInputData(settings.input, server.model, settings.batchSize);
  const plan = planLoad(settings, server.model, { streams: data }, () => 0.25);
  const rows: Row[] = [];
  const gaps: number[] = [];
  const failures: string[] = [];
  const sink = ({ kind, rows: data, count }: Chunk) => {
    for (let i = 0; i < count; i++) {
      if (kind === "gaps") {
        gaps.push(data[i * Gap.WIDTH + Gap.TIME]!);
        continue;
      }
      if (kind === "failures") {
        failures.push(ERROR_CODES[data[i * Sample.WIDTH + Sample.ERROR]!]!);
        continue;
      }
      const at = (column: number) => data[i * Sample.WIDTH + column]!;
      rows.push({
        scheduled: at(Sample.SCHEDULED),
        start: at(Sample.START),
        end: at(Sample.END),
        first: at(Sample.FIRST),
        idle: at(Sample.IDLE),
        responses: at(Sample.RESPONSES),
      });
    }
  };
  const protocol: Protocol = server.connect(settings.streaming ? "grpc" : "http");
  if (options.fast) {
    protocol.exchange = (wire, limits, callback) => {
      protocol.send(wire, limits).then(
        (reply) => callback(reply, undefined),
        (error) => callback(undefined, error),
      );
    };
  }
  const pacer = options.pacer?.(clock) ?? closedLoop;
  const thread = localThread(plan, { index: 0, count: 1 }, { protocol, clock, sink, pacer });
  thread.setLoad(options.concurrency, Infinity);
  await clock.run(clock.sleep(options.ms));
  const { counts, errors } = await clock.run(thread.stop(500));
  assertEquals(counts.sent, counts.succeeded + counts.failed + counts.inFlight);
  assertEquals(rows.length, counts.succeeded);
  const codes = errors.flatMap(({ code, count }) => new Array(count).fill(code));
  assertEquals(failures.sort(), codes.sort());
  return { server, rows, gaps, counts, errors };
}

const streaming = { streaming: true } as const;

Deno.test("load loop: keeps N outstanding, never more, and sends one encoded request", async () => {
  const { server, rows, counts } = await run({ latency: (n) => 1 + n % 3 }, {
    concurrency: 5,
    ms: 100,
  });
  assertEquals(server.encoded, 1);
  assertEquals(counts.inFlight, 0);
  const events = rows.flatMap(({ start, end }) => [[start, 1], [end, -1]])
    .sort((a, b) => a[0]! - b[0]! || a[1]! - b[1]!);
  let open = 0;
  let most = 0;
  for (const [, step] of events) most = Math.max(most, open += step!);
  assertEquals(most, 5);
});

Deno.test("load loop: the client's own time between two requests, not its waits nor failures", async () => {
  // A pacer's wait, and the first request of a slot, have no answer before them.
  const everyTenMs = (clock: VirtualClock): Pacer => {
    let due = clock.now() - 10;
    return { next: () => due += 10 };
  };
  const paced = await run({ latency: () => 2 }, { concurrency: 1, ms: 50, pacer: everyTenMs });
  assertEquals(paced.rows.map(({ idle }) => idle), [0, 0, 0, 0, 0]);
  // Half a millisecond of code before each request.
  const busy = (clock: VirtualClock): Pacer => ({
    next: (now) => {
      clock.spend(0.5);
      return now;
    },
  });
  const behaviour: FakeBehaviour = {
    latency: () => 2,
    refuse: (n) => n === 2 ? new InferenceError("INTERNAL", "third") : undefined,
  };
  const { rows } = await run(behaviour, { concurrency: 1, ms: 14, pacer: busy });
  assertEquals(rows.map(({ idle }) => idle), [0, 0.5, 0, 0.5, 0.5]);
});

Deno.test("load loop: the callback path gives the same samples as the promise path", async () => {
  const behaviour: FakeBehaviour = {
    latency: (n) => 1 + n % 4,
    refuse: (n) => n % 9 === 0 ? new InferenceError("INTERNAL", "ninth") : undefined,
  };
  const [slow, fast] = await Promise.all(
    [false, true].map((fast) => run(behaviour, { concurrency: 3, ms: 60, fast })),
  );
  assertEquals(fast!.rows, slow!.rows);
  assertEquals(fast!.errors, slow!.errors);
});

Deno.test("load loop: what paces it is a value; a late request's wait is in its latency", async () => {
  // Due every 10 ms, but one slot that takes 15 ms can't keep up.
  const everyTenMs = (clock: VirtualClock): Pacer => {
    let due = clock.now() - 10;
    return { next: () => due += 10 };
  };
  const { rows } = await run({ latency: () => 15 }, { concurrency: 1, ms: 100, pacer: everyTenMs });
  const t0 = rows[0]!.scheduled;
  assertEquals(rows.map(({ scheduled }) => scheduled - t0).slice(0, 4), [0, 10, 20, 30]);
  assertEquals(rows.map(({ start }) => start - t0).slice(0, 4), [0, 15, 30, 45]);
  const ahead = await run({ latency: () => 2 }, { concurrency: 2, ms: 100, pacer: everyTenMs });
  for (const { scheduled, start } of ahead.rows) assertEquals(start, scheduled);
  assertEquals(ahead.rows.length, 10);
});

Deno.test("backoffMs grows from 1 to 100 ms", () => {
  assertEquals([1, 2, 3, 7, 8, 1000].map(backoffMs), [1, 2, 4, 64, 100, 100]);
});

Deno.test("streams: replies in any order find their requests", async () => {
  const { server, rows, counts } = await run({ latency: (n) => 10 - n % 7 }, {
    concurrency: 8,
    ms: 200,
    settings: { ...streaming, maxThreads: 2 },
  });
  assertEquals(counts.failed, 0);
  assertEquals(server.encoded, 1 + 8, "once a slot, and once to see that it can be done");
  const latencies = new Set(rows.map(({ start, end }) => Math.round(end - start)));
  assertEquals([...latencies].sort((a, b) => a - b), [4, 5, 6, 7, 8, 9, 10]);
});

Deno.test("streams: a stream that can't be had fails its requests and is opened again", async () => {
  const { counts, errors } = await run(
    { latency: () => 5, up: (now) => now < 1050 || now > 1100 },
    { concurrency: 4, ms: 400, settings: streaming },
  );
  assertEquals(errors.map(({ code }) => code), ["CONNECTION"]);
  assert(counts.failed >= 4);
  assertLess(counts.failed, 60);
  assert(counts.succeeded > 200);
});

Deno.test("streams: an unanswered request times out, its slot goes on under a new id", async () => {
  const { server, counts, errors } = await run({ latency: (n) => n === 3 ? 150 : 5 }, {
    concurrency: 2,
    ms: 400,
    settings: { ...streaming, timeoutMs: 50 },
  });
  assertEquals(errors, [{
    code: "TIMEOUT",
    message: "no answer on the stream within 50 ms",
    count: 1,
    answered: false,
    retryable: true,
  }]);
  assertEquals(counts.failed, 1);
  assertEquals(new Set(server.received.map(({ id }) => id)).size, 3);
});

Deno.test("streams: a decoupled model's answers are counted and timed", async () => {
  const { server, rows, gaps } = await run({ latency: () => 12, responses: 3 }, {
    concurrency: 2,
    ms: 120,
    settings: streaming,
    model: { decoupled: true },
  });
  assertEquals(server.received[0]!.parameters, { triton_enable_empty_final_response: true });
  for (const row of rows) {
    assertEquals(row.responses, 3);
    assertAlmostEquals(row.first, 3, 1e-9);
    assertAlmostEquals(row.end - row.start, 12, 1e-9);
  }
  assertEquals(gaps.length, rows.length * 2);
  for (const gap of gaps) assertAlmostEquals(gap, 3, 1e-9);
});

Deno.test("sequenceLength: cut to whole numbers within +/- the variation, at least 1", () => {
  assertEquals([0, 0.5, 0.9999].map((random) => sequenceLength(20, 20, random)), [16, 20, 23]);
  assertEquals(sequenceLength(1, 20, 0), 1);
  assertEquals(sequenceLength(3, 100, 0), 1);
});

Deno.test("sequences: start, end and order; ids of their own; nothing stays open", async () => {
  const { server, rows } = await run({ latency: (n) => 1 + n % 3 }, {
    concurrency: 3,
    ms: 300,
    settings: { sequence: { ...DEFAULT_SETTINGS.sequence, length: 10, firstId: 1000n } },
    model: { scheduling: "sequence" },
  });
  const bySequence = Map.groupBy(server.received, ({ sequence }) => sequence!.id);
  assert(bySequence.size > 10);
  assertEquals([...bySequence.keys()].slice(0, 4), [1000n, 1001n, 1002n, 1003n]);
  let shortened = 0;
  for (const requests of bySequence.values()) {
    const flags = requests.map(({ sequence }) => [sequence!.start, sequence!.end]);
    assertEquals(flags.shift()![0], true);
    assertEquals(flags.pop()![1], true, "every sequence is ended, the last ones by a request more");
    for (const flag of flags) assertEquals(flag, [false, false]);
    if (requests.length < 8) shortened++;
    assert(requests.length <= 12);
  }
  assert(shortened <= 3);
  assert(server.encoded < rows.length / 2, "requests in the middle are encoded once a sequence");
});

Deno.test("sequences: after a failure a new one begins", async () => {
  const { server } = await run({
    latency: () => 2,
    refuse: (n) => n === 4 ? new InferenceError("INTERNAL", "lost") : undefined,
  }, {
    concurrency: 1,
    ms: 20,
    settings: { sequence: { ...DEFAULT_SETTINGS.sequence, firstId: 7n } },
    model: { scheduling: "sequence" },
  });
  assertEquals(server.received[4]!.sequence, { id: 7n, start: false, end: false });
  assertEquals(server.received[5]!.sequence, { id: 8n, start: true, end: false });
});

Deno.test("sequences: the first correlation id is a random 48-bit number unless given", async () => {
  const server = new FakeServer(new VirtualClock(), { latency: () => 1 }, {
    scheduling: "sequence",
  });
  const settings = { ...DEFAULT_SETTINGS, modelName: "fake" };
  const { streams: data } = await loadInputData(settings.input, server.model, 1);
  const ids = [0, 0.5, 1 - 2 ** -53].map((random) =>
    planLoad(settings, server.model, { streams: data }, () => random).sequence!.firstId
  );
  assertEquals(ids, [1n, 2n ** 47n + 1n, 2n ** 48n]);
});
