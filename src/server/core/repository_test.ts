import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { InferenceError } from "../../base/errors.ts";
import { ManualClock } from "../testing/manual_clock.ts";
import { HeldInstance, Outcomes, testConfig, testRequest } from "../testing/models.ts";
import type { EnsembleStepConfig } from "./config.ts";
import type { ServerModel } from "./model.ts";
import { ModelRepository } from "./repository.ts";

function model(name: string, change: Partial<ServerModel> = {}): ServerModel {
  return { config: testConfig({ name }), createInstance: () => new HeldInstance(), ...change };
}

function ensemble(name: string, inner: string): ServerModel {
  const step: EnsembleStepConfig[] = [{
    modelName: inner,
    modelVersion: -1n,
    inputMap: { IN: "IN" },
    outputMap: { OUT: "OUT" },
  }];
  return { config: testConfig({ name, ensembleScheduling: { step } }) };
}

function repository(...models: ServerModel[]): ModelRepository {
  return new ModelRepository(models, {
    clock: new ManualClock(),
    runStep: () => Promise.reject(new Error("not here")),
  });
}

Deno.test("repository: models by name and version", () => {
  const models = repository(model("b", { version: 3n }), model("a"), model("b", { version: 10n }));
  assertEquals(models.entries().map(({ name }) => name), ["a", "b"]);
  assertEquals(models.find("b")?.version, 10n);
  assertEquals(models.find("b", 3n)?.version, 3n);
  assertEquals(models.find("b", 4n), undefined);
  assertEquals(models.find("c"), undefined);
  assertEquals(models.find("a")?.version, 1n);
});

Deno.test("repository: the later of two of the same name and version", () => {
  const later = model("a", { config: testConfig({ name: "a", maxBatchSize: 2 }) });
  assertEquals(repository(model("a"), later).entry("a")?.spec.config.maxBatchSize, 2);
});

Deno.test("repository: instances have r19.07's names", () => {
  const names: string[] = [];
  repository({
    config: testConfig({ instanceGroup: [{ count: 2 }, {}] }),
    createInstance({ instanceName }) {
      names.push(instanceName);
      return new HeldInstance();
    },
  });
  assertEquals(names, ["m_0_0_cpu", "m_0_1_cpu", "m_1_0_cpu"]);
});

Deno.test("repository: unloading fails what waits; loading starts afresh, counters stay", () => {
  const models = repository(model("a"));
  const outcomes = new Outcomes();
  const loaded = models.find("a")!;
  loaded.scheduler.enqueue(testRequest(1), outcomes.of(1));
  loaded.scheduler.enqueue(testRequest(2), outcomes.of(2));
  models.unload("a");
  assertStringIncludes(outcomes.error(2)!, "being unloaded");
  assertEquals(models.find("a"), undefined);
  assertEquals(models.entry("a")?.versions.size, 0);
  models.load("a");
  assertEquals(models.find("a")?.statistics, loaded.statistics);
  assertEquals(models.find("a") === loaded, false);
  assertThrows(() => models.load("x"), InferenceError, "The server has no model 'x'");
});

Deno.test("repository: counters of versions that were only asked for", () => {
  const models = repository(model("a"));
  models.statisticsOf("a", 7n)!.failed(0, 5);
  assertEquals([...models.entry("a")!.statistics.keys()], [1n, 7n]);
  assertEquals(models.find("a", 7n), undefined);
  assertEquals(models.statisticsOf("x", 1n), undefined);
});

Deno.test("repository: an ensemble's labels are those of the step, through other ensembles", () => {
  const labels = { OUT: ["x", "y"] };
  const models = repository(model("a", { labels }), ensemble("e", "a"), ensemble("f", "e"));
  assertEquals(models.labels(models.find("f")!, "OUT"), ["x", "y"]);
  assertEquals(models.labels(models.find("a")!, "other"), undefined);
});

Deno.test("repository: models that can't be loaded", () => {
  assertThrows(
    () => repository(ensemble("e", "nosuch")),
    InferenceError,
    "Cannot load ensemble 'e': its step needs model 'nosuch', which is not there",
  );
  assertThrows(
    () => repository({ config: testConfig() }),
    InferenceError,
    "Cannot load model 'm': it has no code",
  );
});
