import { assertEquals } from "@std/assert";
import { InferenceError } from "../../base/errors.ts";
import { ManualClock } from "../testing/manual_clock.ts";
import { markOf, Outcomes, testConfig, testRequest } from "../testing/models.ts";
import { compileConfig, type EnsembleStepConfig } from "./config.ts";
import { EnsembleScheduler, type RunStep } from "./ensemble_scheduler.ts";
import type { ModelRequest, ModelResult } from "./model.ts";

const clock = new ManualClock();

function step(modelName: string, input: string, output: string): EnsembleStepConfig {
  return { modelName, modelVersion: -1n, inputMap: { I: input }, outputMap: { O: output } };
}

function ensemble(steps: readonly EnsembleStepConfig[], runStep: RunStep): EnsembleScheduler {
  const config = testConfig({ name: "e", ensembleScheduling: { step: steps } });
  return new EnsembleScheduler(compileConfig(config), runStep);
}

function marked(mark: number): ModelResult {
  return [{ name: "O", shape: [1], data: Uint8Array.of(mark, 0, 0, 0) }];
}

Deno.test("ensemble: tensors go from step to step under the names that the maps give", async () => {
  const seen: { model: string; request: ModelRequest }[] = [];
  const scheduler = ensemble([step("first", "IN", "middle"), step("second", "middle", "OUT")], (
    model,
    _version,
    request,
  ) => {
    seen.push({ model, request });
    return Promise.resolve(marked(markOf(request) + 1));
  });
  const outcomes = new Outcomes();
  const sequence = { id: 5n, start: true, end: false };
  scheduler.enqueue(testRequest(10, { batchSize: 3, sequence }), outcomes.of(1));
  await clock.settle();
  assertEquals(seen.map(({ model }) => model), ["first", "second"]);
  assertEquals(seen.map(({ request }) => request.inputs[0]!.name), ["I", "I"]);
  assertEquals(seen[1]!.request.batchSize, 3);
  assertEquals(seen[1]!.request.sequence, sequence);
  const { result, executions, queueNs, computeNs } = outcomes.byMark.get(1)!;
  assertEquals(result, [{ name: "OUT", shape: [1], data: Uint8Array.of(12, 0, 0, 0) }]);
  assertEquals([executions, queueNs, computeNs], [1, 0, 0]);
});

Deno.test("ensemble: steps run when their inputs are there, side by side where they can", async () => {
  const running = new Map<string, () => void>();
  const join: EnsembleStepConfig = {
    modelName: "join",
    modelVersion: -1n,
    inputMap: { I: "left", J: "right" },
    outputMap: { O: "OUT" },
  };
  const scheduler = ensemble(
    [join, step("a", "IN", "left"), step("b", "IN", "right")],
    (model, _version, request) =>
      new Promise((resolve) => running.set(model, () => resolve(marked(markOf(request))))),
  );
  const outcomes = new Outcomes();
  scheduler.enqueue(testRequest(1), outcomes.of(1));
  await clock.settle();
  assertEquals([...running.keys()], ["a", "b"]);
  running.get("b")!();
  await clock.settle();
  assertEquals(running.has("join"), false);
  running.get("a")!();
  await clock.settle();
  running.get("join")!();
  await clock.settle();
  assertEquals(outcomes.error(1), undefined);
  assertEquals(outcomes.done, [1]);
});

Deno.test("ensemble: a failed step fails the whole, and nothing after it runs", async () => {
  const ran: string[] = [];
  const scheduler = ensemble(
    [
      step("bad", "IN", "x"),
      step("good", "IN", "y"),
      step("after", "y", "OUT"),
    ],
    (model) => {
      ran.push(model);
      const error = new InferenceError("UNAVAILABLE", "no such thing");
      return Promise.resolve(model === "bad" ? error : marked(1));
    },
  );
  const outcomes = new Outcomes();
  scheduler.enqueue(testRequest(1), outcomes.of(1));
  await clock.settle();
  assertEquals(ran, ["bad", "good"]);
  assertEquals(outcomes.error(1), "in ensemble 'e', no such thing");
  assertEquals((outcomes.byMark.get(1)!.result as InferenceError).code, "UNAVAILABLE");
});

Deno.test("ensemble: an output that no step makes", async () => {
  const scheduler = ensemble([step("a", "IN", "x")], () => Promise.resolve(marked(1)));
  const outcomes = new Outcomes();
  scheduler.enqueue(testRequest(1), outcomes.of(1));
  await clock.settle();
  assertEquals(
    outcomes.error(1),
    "in ensemble 'e', unexpected deadlock, output 'OUT' is not set while no more ensemble steps " +
      "can be made",
  );
});
