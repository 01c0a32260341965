import { assertEquals, assertRejects } from "@std/assert";
import { measure, type PerfParts } from "./measure.ts";
import { FakeServer } from "./testing/fake_protocol.ts";
import { VirtualClock } from "./testing/virtual_clock.ts";
import { DEFAULT_SETTINGS } from "./types.ts";

/** What happens, in its order, until the first requests are sent. */
async function order(changes: Partial<PerfParts> = {}): Promise<string[]> {
  const clock = new VirtualClock(0);
  const server = new FakeServer(clock, { latency: () => 1 });
  const seen: string[] = [];
  const run = measure({ ...DEFAULT_SETTINGS, modelName: "fake", requestCount: 4 }, {
    protocol: server.connect(),
    connect: () => {
      seen.push("connected");
      return Promise.resolve(server.connect());
    },
    begin: () => {
      seen.push("begun");
      return Promise.resolve(undefined);
    },
    tap: { add: ({ count }) => void seen.push(`${count} sent`) },
    clock,
    toolVersion: "0",
    startedAt: new Date(0),
    cpuTime: () => 0,
    ...changes,
  });
  await clock.run(run);
  return seen;
}

Deno.test("at the common start the load is ready, and nothing was sent", async () => {
  assertEquals((await order()).slice(0, 2), ["connected", "begun"]);
});

Deno.test("a task that can't load does not come to the start", async () => {
  const seen: string[] = [];
  const failing = order({
    connect: () => Promise.reject(new Error("no thread")),
    begin: () => {
      seen.push("begun");
      return Promise.resolve(undefined);
    },
  });
  await assertRejects(() => failing, Error, "no thread");
  assertEquals(seen, []);
});
