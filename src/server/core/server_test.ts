import { assertEquals } from "@std/assert";
import { InferenceError } from "../../base/errors.ts";
import { ManualClock } from "../testing/manual_clock.ts";
import { HeldInstance, testConfig, testRequest } from "../testing/models.ts";
import { InferenceServer } from "./server.ts";

function setUp() {
  const clock = new ManualClock();
  const instance = new HeldInstance();
  const server = new InferenceServer({
    clock,
    models: [{ config: testConfig(), createInstance: () => instance }],
  });
  return { clock, instance, server, model: server.repository.find("m")! };
}

Deno.test("server: counters of requests, by batch size, in nanoseconds", async () => {
  const { clock, instance, server, model } = setUp();
  await clock.advance(100);
  const run = (mark: number, batchSize: number) =>
    server.infer(model, testRequest(mark, { batchSize }), clock.now(), (outputs) => outputs.length);
  const answers = [run(1, 1), run(2, 3), run(3, 3)];
  for (let i = 0; i < 3; i++) {
    await clock.advance(2);
    instance.finish();
    await clock.settle();
  }
  assertEquals(
    await Promise.all(answers),
    [1, 2, 3].map((requestId) => ({ requestId, result: 1 })),
  );
  const { statistics } = model;
  const times = (batchSize: number) => {
    const { success, queue, compute, failed } = statistics.byBatchSize.get(batchSize)!;
    return [success, queue, compute, failed].map(({ count, ns }) => [count, ns]);
  };
  assertEquals(times(1), [[1, 2e6], [1, 0], [1, 2e6], [0, 0]]);
  assertEquals(times(3), [[2, 10e6], [2, 6e6], [2, 4e6], [0, 0]]);
  assertEquals([statistics.executionCount, statistics.inferenceCount], [3, 7]);
  assertEquals(server.uptimeNs(), 106e6);
});

Deno.test("server: what fails is counted as failed only", async () => {
  const { clock, instance, server, model } = setUp();
  const answer = server.infer(model, testRequest(1), clock.now(), () => {
    throw new InferenceError("INVALID_ARG", "no such output");
  });
  await clock.advance(3);
  instance.finish();
  const { requestId, result } = await answer;
  assertEquals([requestId, (result as unknown as Error).message], [1, "no such output"]);
  const { success, failed, queue, compute } = model.statistics.byBatchSize.get(1)!;
  assertEquals([success.count, queue.count, compute.count], [0, 0, 0]);
  assertEquals([failed.count, failed.ns], [1, 3e6]);
  assertEquals([model.statistics.executionCount, model.statistics.inferenceCount], [0, 0]);
});

Deno.test("server: an ensemble's steps are counted and numbered like requests", async () => {
  const clock = new ManualClock();
  const steps = ["x", "OUT"].map((tensor, i) => ({
    modelName: "m",
    modelVersion: -1n,
    inputMap: { IN: i === 0 ? "IN" : "x" },
    outputMap: { OUT: tensor },
  }));
  const server = new InferenceServer({
    clock,
    models: [
      {
        config: testConfig(),
        createInstance: () => ({ execute: (batch) => batch.map(({ inputs }) => inputs) }),
      },
      { config: testConfig({ name: "e", ensembleScheduling: { step: steps } }) },
    ],
  });
  const ensemble = server.repository.find("e")!;
  const request = testRequest(1, {
    batchSize: 2,
    inputs: [{ name: "IN", shape: [1], data: new Uint8Array(8) }],
  });
  const { requestId } = await server.infer(ensemble, request, 0, (outputs) => outputs);
  assertEquals(requestId, 1);
  assertEquals(server.nextRequestId(), 4);
  const inner = server.repository.find("m")!.statistics;
  assertEquals([inner.executionCount, inner.inferenceCount], [2, 4]);
  assertEquals(inner.byBatchSize.get(2)!.success.count, 2);
  const outer = ensemble.statistics;
  assertEquals([outer.executionCount, outer.inferenceCount], [1, 2]);
});

Deno.test("server: an ensemble's tensors are checked against its models", async () => {
  const step = {
    modelName: "m",
    modelVersion: -1n,
    inputMap: { IN: "IN" },
    outputMap: { OUT: "OUT" },
  };
  const server = new InferenceServer({
    clock: new ManualClock(),
    models: [
      {
        config: testConfig({ input: [{ name: "IN", dataType: "TYPE_FP32", dims: [2n] }] }),
        createInstance: () => new HeldInstance(),
      },
      { config: testConfig({ name: "e", ensembleScheduling: { step: [step] } }) },
    ],
  });
  const ensemble = server.repository.find("e")!;
  const { result } = await server.infer(ensemble, testRequest(1), 0, (outputs) => outputs);
  assertEquals(
    (result as InferenceError).message,
    "in ensemble 'e', unexpected shape for input 'IN' for model 'm'. Expected [2], got [1]",
  );
});
