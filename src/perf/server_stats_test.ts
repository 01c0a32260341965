import { assertEquals } from "@std/assert";
import type { DurationStat, ModelInfo, ModelStatistics, Protocol } from "../protocol/types.ts";
import { modelTree, readServer } from "./server_probe.ts";
import {
  chooseVersion,
  foreignRequests,
  type ModelNode,
  nodeKey,
  serverFigures,
  type ServerSnapshot,
} from "./server_stats.ts";
import { FAKE_MODEL } from "./testing/fake_protocol.ts";

const stat = (count: number, us: number): DurationStat => ({
  count: BigInt(count),
  ns: BigInt(us * 1000),
});

function statistics(name: string, count: number, us: number, version = "1"): ModelStatistics {
  return {
    name,
    version,
    inferenceCount: BigInt(count * 2),
    executionCount: BigInt(count),
    success: stat(count, us * 10),
    failed: stat(0, 0),
    queue: stat(count, us),
    computeInput: stat(count, us * 2),
    compute: stat(count, us * 3),
    computeOutput: stat(count, us * 4),
    cacheHit: stat(1, 5),
    cacheMiss: stat(0, 0),
  };
}

const leaf = (name: string): ModelNode => ({ name, composing: [] });
const snapshot = (...entries: ModelStatistics[]): ServerSnapshot =>
  new Map(entries.map((entry) => [nodeKey({ name: entry.name }), [entry]]));

Deno.test("serverFigures: averages of the difference", () => {
  const figures = serverFigures(
    leaf("m"),
    snapshot(statistics("m", 10, 100)),
    snapshot(statistics("m", 30, 500)),
  )!;
  assertEquals([figures.requestCount, figures.inferenceCount, figures.executionCount], [
    20,
    40,
    20,
  ]);
  assertEquals(
    [
      figures.totalUs,
      figures.queueUs,
      figures.computeInputUs,
      figures.computeUs,
      figures.computeOutputUs,
    ],
    [200, 20, 40, 60, 80],
  );
  assertEquals([figures.cacheHitCount, figures.cacheMissCount], [0, 0]);
});

Deno.test("serverFigures: a model that was not there before, no requests, counters that went back", () => {
  const after = snapshot(statistics("m", 4, 100));
  assertEquals(serverFigures(leaf("m"), new Map(), after)!.requestCount, 4);
  const idle = serverFigures(leaf("m"), after, after)!;
  assertEquals([idle.requestCount, idle.totalUs, idle.queueUs], [0, 0, 0]);
  assertEquals(serverFigures(leaf("m"), snapshot(statistics("m", 9, 100)), after), undefined);
  assertEquals(serverFigures(leaf("other"), after, after), undefined);
});

Deno.test("serverFigures: an ensemble waits and computes where its models do", () => {
  const tree: ModelNode = { name: "e", composing: [leaf("a"), leaf("b")] };
  const figures = serverFigures(
    tree,
    new Map(),
    snapshot(statistics("e", 10, 100), statistics("a", 10, 20), statistics("b", 20, 20)),
  )!;
  assertEquals(figures.totalUs, 100);
  assertEquals([figures.queueUs, figures.computeUs], [2 + 1, 6 + 3]);
  assertEquals(figures.composing.map(({ modelName }) => modelName), ["a", "b"]);
});

Deno.test("chooseVersion: the one asked for, else the highest number", () => {
  const versions = ["2", "10", "9"].map((version) => statistics("m", 1, 1, version));
  assertEquals(chooseVersion(versions, undefined)!.version, "10");
  assertEquals(chooseVersion(versions, 9n)!.version, "9");
  assertEquals(chooseVersion(versions, 3n), undefined);
  assertEquals(chooseVersion([], undefined), undefined);
});

Deno.test("foreignRequests: only what can't be ours", () => {
  const server = (count: number) =>
    serverFigures(leaf("m"), new Map(), snapshot(statistics("m", count, 1)))!;
  const before = { sent: 104, succeeded: 90, failed: 10, inFlight: 4 };
  const after = { sent: 204, succeeded: 190, failed: 10, inFlight: 4 };
  assertEquals(foreignRequests(server(104), before, after, 0), 0);
  assertEquals(foreignRequests(server(105), before, after, 0), 1);
  assertEquals(foreignRequests(server(105), before, after, 10), 0);
  assertEquals(foreignRequests(server(0), before, after, 0), 0);
});

function protocolOf(models: Record<string, Partial<ModelInfo>>, asked: string[] = []): Protocol {
  return {
    model: (name: string) => Promise.resolve({ ...FAKE_MODEL, name, ...models[name] }),
    statistics: (name: string) => {
      asked.push(name);
      return Promise.resolve([statistics(name, 1, 1)]);
    },
  } as unknown as Protocol;
}

Deno.test("modelTree: ensembles of ensembles, each model once, no way round in circles", async () => {
  const step = (modelName: string, modelVersion = -1n) => ({ modelName, modelVersion });
  const models = {
    outer: { steps: [step("inner"), step("leaf", 3n), step("inner")] },
    inner: { steps: [step("leaf"), step("outer")] },
  };
  const protocol = protocolOf(models);
  const tree = await modelTree(protocol, await protocol.model("outer"), undefined);
  assertEquals(tree, {
    name: "outer",
    version: undefined,
    composing: [
      {
        name: "inner",
        version: undefined,
        composing: [{ name: "leaf", version: undefined, composing: [] }],
      },
      { name: "leaf", version: 3n, composing: [] },
    ],
  });
});

Deno.test("readServer: every model is asked once", async () => {
  const asked: string[] = [];
  const tree: ModelNode = { name: "e", composing: [leaf("a"), leaf("a"), leaf("b")] };
  const read = await readServer(protocolOf({}, asked), tree);
  assertEquals(asked, ["e", "a", "b"]);
  assertEquals([...read.keys()], ["e/", "a/", "b/"]);
});

Deno.test("serverFigures: utilization is the time of all executions by the time that passed", () => {
  const node = { ...leaf("m"), instances: 2 };
  const execution = (count: number, us: number) => ({ execution: stat(count, us) });
  // 400 ms of executions in 500 ms.
  const told = serverFigures(
    node,
    snapshot({ ...statistics("m", 10, 100), ...execution(5, 100_000) }),
    snapshot({ ...statistics("m", 30, 500), ...execution(9, 500_000) }),
    500,
  )!;
  assertEquals([told.busyInstances, told.instances, told.utilization], [0.8, 2, 0.4]);
  // Without their own figures: 20 executions of 20 + 40 + 60 ... us a request.
  const guessed = serverFigures(
    leaf("m"),
    snapshot(statistics("m", 10, 100)),
    snapshot(statistics("m", 30, 500)),
    10,
  )!;
  assertEquals([guessed.busyInstances, guessed.utilization], [
    20 * (40 + 60 + 80) / 10_000,
    undefined,
  ]);
  const untimed = serverFigures(leaf("m"), new Map(), snapshot(statistics("m", 30, 500)))!;
  assertEquals(untimed.busyInstances, undefined);
});
