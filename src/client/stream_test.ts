import { assertEquals, assertRejects } from "@std/assert";
import { InferenceError } from "../base/errors.ts";
import type { ModelInfo, Protocol, Reply, StreamHandlers } from "../protocol/types.ts";
import type { InferOptions } from "./request.ts";
import { InferStream } from "./stream.ts";
import { StatisticsCollector } from "./timers.ts";

const MODEL: ModelInfo = {
  name: "m",
  versions: ["1"],
  platform: "test",
  maxBatchSize: 8,
  inputs: [{ name: "IN", dataType: "INT32", shape: [1], format: "NONE" }],
  outputs: [{ name: "OUT", dataType: "INT32", shape: [1], format: "NONE" }],
  scheduling: "default",
  decoupled: false,
  steps: [],
};
const TIMES = { sendStart: 0, sendEnd: 0, receiveStart: 0, receiveEnd: 0 };

/** A protocol whose replies are what the test makes them. */
function fakeStream(options: { streamSignal?: AbortSignal } = {}) {
  const sent: string[] = [];
  let handlers: StreamHandlers | undefined;
  const protocol = {
    openStream(given: StreamHandlers) {
      handlers = given;
      return {
        send(wire: { id: string }) {
          sent.push(wire.id);
          return Promise.resolve();
        },
        end: () => given.onEnd(undefined),
        cancel: () => given.onEnd(new InferenceError("CANCELLED", "given up")),
      };
    },
    encode: ({ id }: { id: bigint | string }) => {
      if (id === "bad") throw new InferenceError("INVALID_ARG", "no such id");
      return { id: String(id), byteLength: 0 };
    },
    replyId: (reply: { id: string }) => reply.id,
    decode: ({ id, value }: { id: string; value: number }) => ({
      id,
      modelName: "m",
      modelVersion: "1",
      batchSize: 1,
      outputs: [{
        name: "OUT",
        shape: [1],
        data: new Uint8Array(Int32Array.of(value).buffer),
      }],
      final: true,
    }),
  } as unknown as Protocol;
  const stream = new InferStream({
    protocol,
    entry: { name: "m", version: undefined },
    info: () => MODEL,
    statistics: new StatisticsCollector(),
  }, { signal: options.streamSignal });
  const reply = (id: string, value: number) =>
    handlers!.onReply({ byteLength: 0, times: TIMES, id, value } as Reply);
  return { stream, sent, reply, end: (error?: InferenceError) => handlers!.onEnd(error) };
}

const request = (more: Partial<InferOptions> = {}): InferOptions => ({
  inputs: { IN: [1] },
  ...more,
});

Deno.test("replies find their requests by id, in any order; without one they are the oldest's", async () => {
  const { stream, reply, sent } = fakeStream();
  const results = [1, 2, 3].map(() => stream.infer(request()));
  assertEquals(sent, ["1", "2", "3"]);
  reply("3", 30);
  reply("nobody's", 0);
  reply("", 10);
  reply("2", 20);
  const values = (await Promise.all(results)).map((result) => result.output("OUT").data[0]);
  assertEquals(values, [10, 20, 30]);
  await stream.close();
});

Deno.test("an answer that comes too late is nobody's", async () => {
  const { stream, reply } = fakeStream();
  const controller = new AbortController();
  const first = stream.infer(request({ signal: controller.signal }));
  const late = stream.infer(request({ timeoutMs: 1 }));
  const third = stream.infer(request());
  controller.abort();
  assertEquals((await first).error?.code, "CANCELLED");
  assertEquals((await late).error?.code, "TIMEOUT");
  // Without ids: the answers of those given up come first.
  reply("", 1);
  reply("", 2);
  reply("", 3);
  assertEquals((await third).output("OUT").data[0], 3);
  const already = await stream.infer(request({ signal: controller.signal }));
  assertEquals(already.error?.code, "CANCELLED");
  await stream.close();
});

Deno.test("the end of the stream fails what is still open, once", async () => {
  const { stream, end } = fakeStream();
  const open = stream.infer(request({ timeoutMs: 60_000 }));
  end(new InferenceError("CONNECTION", "broken"));
  assertEquals((await open).error?.message, "broken");
  assertEquals((await stream.infer(request())).error?.message, "broken");
  await stream.close();
});

Deno.test("requests that can't be sent leave nothing behind", async () => {
  const { stream, sent } = fakeStream();
  await assertRejects(() => stream.infer(request({ inputs: {} })), InferenceError, "'IN'");
  await assertRejects(() => stream.infer(request({ id: "bad", timeoutMs: 60_000 })));
  assertEquals(sent, []);
  await stream.close();
  assertEquals((await stream.infer(request())).error?.code, "CLOSED");
});

Deno.test("ids made here keep clear of the caller's; the same one twice is refused", async () => {
  const { stream, sent, reply } = fakeStream();
  const mine = stream.infer(request({ id: 1n }));
  const made = stream.infer(request());
  assertEquals(sent, ["1", "2"]);
  await assertRejects(
    () => stream.infer(request({ id: "2" })),
    InferenceError,
    "already in use",
  );
  reply("1", 1);
  reply("2", 2);
  await Promise.all([mine, made]);
  await stream.close();
});

Deno.test("inferEach keeps the order and the limit", async () => {
  const { stream, sent, reply } = fakeStream();
  const values: unknown[] = [];
  const requests = Array.from({ length: 5 }, () => request());
  const done = (async () => {
    for await (const result of stream.inferEach(requests, { concurrency: 2 })) {
      values.push(result.output("OUT").data[0]);
    }
  })();
  for (let next = 1; next <= 5; next++) {
    while (sent.length < next) await new Promise((resolve) => setTimeout(resolve));
    assertEquals(sent.length <= next + 1, true);
    reply(String(next), next);
  }
  await done;
  assertEquals(values, [1, 2, 3, 4, 5]);
  await stream.close();
});
