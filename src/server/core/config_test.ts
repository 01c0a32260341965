import { assertEquals, assertThrows } from "@std/assert";
import { InferenceError } from "../../base/errors.ts";
import { testConfig } from "../testing/models.ts";
import { compileConfig, completeConfig, type InputConfig } from "./config.ts";

Deno.test("config: what r19.07 fills in", () => {
  const config = completeConfig(testConfig({
    maxBatchSize: 6,
    instanceGroup: [{ count: 2 }, { name: "own" }],
    dynamicBatching: { maxQueueDelayMicroseconds: 5n },
    sequenceBatching: {},
  }));
  assertEquals(config.versionPolicy, { latest: { numVersions: 1 } });
  assertEquals(config.instanceGroup, [
    { name: "m_0", count: 2, kind: "KIND_CPU" },
    { name: "own", count: 1, kind: "KIND_CPU" },
  ]);
  assertEquals(config.dynamicBatching, {
    preferredBatchSize: [4],
    maxQueueDelayMicroseconds: 5n,
  });
  assertEquals(config.sequenceBatching?.maxSequenceIdleMicroseconds, 1_000_000n);
});

Deno.test("config: an ensemble has no instances", () => {
  const spec = compileConfig(testConfig({ ensembleScheduling: { step: [] } }));
  assertEquals(spec.config.instanceGroup, undefined);
});

Deno.test("config: tensors by name", () => {
  const spec = compileConfig(testConfig({
    input: [{ name: "A", dataType: "TYPE_STRING", dims: [-1n, 2n] }],
  }));
  assertEquals(spec.inputs.get("A"), {
    name: "A",
    dataType: "STRING",
    dims: [-1, 2],
    variable: true,
  });
  assertEquals(spec.outputs.get("OUT")?.variable, false);
});

Deno.test("config: a data type that does not exist", () => {
  const input = [{ name: "A", dataType: "TYPE_INT128", dims: [] }] as unknown as InputConfig[];
  assertThrows(
    () => compileConfig(testConfig({ input })),
    InferenceError,
    "Cannot load model 'm': tensor 'A' has data type 'TYPE_INT128'",
  );
});
