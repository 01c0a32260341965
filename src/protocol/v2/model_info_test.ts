import { assertEquals, assertThrows } from "@std/assert";
import { InferenceError } from "../../base/errors.ts";
import type { ModelConfig, ModelMetadataResponse } from "./generated/messages.js";
import { modelInfo } from "./model_info.ts";
import { modelStatistics, serverStatus, versionStates } from "./server_status.ts";

const metadata: ModelMetadataResponse = {
  name: "m",
  versions: ["10", "2", "1"],
  platform: "python",
  inputs: [{ name: "a", datatype: "BYTES", shape: [-1n, 16n] }],
  outputs: [{ name: "b", datatype: "BF16", shape: [-1n, -1n] }],
};

Deno.test("modelInfo with a configuration", () => {
  const config: ModelConfig = {
    maxBatchSize: 8,
    input: [{
      name: "a",
      dataType: "TYPE_STRING",
      format: "FORMAT_NCHW",
      dims: [3n, -1n],
      optional: true,
    }],
    output: [{ name: "b", dataType: "TYPE_BF16", dims: [], labelFilename: "l.txt" }],
    dynamicBatching: {},
    modelTransactionPolicy: { decoupled: true },
  };
  assertEquals(modelInfo(metadata, config), {
    name: "m",
    versions: ["1", "2", "10"],
    platform: "python",
    maxBatchSize: 8,
    inputs: [{ name: "a", dataType: "STRING", shape: [3, -1], format: "NCHW", optional: true }],
    outputs: [{ name: "b", dataType: "BF16", shape: [], format: "NONE", labelFilename: "l.txt" }],
    scheduling: "dynamic",
    decoupled: true,
    steps: [],
  });
  const steps = [{ modelName: "x", modelVersion: 3n }, {}];
  const ensemble = modelInfo({ name: "e" }, {
    platform: "ensemble",
    ensembleScheduling: { step: steps },
  });
  assertEquals([ensemble.scheduling, ensemble.platform], ["ensemble", "ensemble"]);
  assertEquals(ensemble.steps, [
    { modelName: "x", modelVersion: 3n },
    { modelName: "", modelVersion: -1n },
  ]);
  assertEquals(modelInfo({}, { sequenceBatching: {}, backend: "b" }).scheduling, "sequence");
});

Deno.test("modelInfo out of the metadata alone", () => {
  const info = modelInfo(metadata);
  assertEquals(info.inputs[0], { name: "a", dataType: "STRING", shape: [16], format: "NONE" });
  assertEquals([info.maxBatchSize > 1_000_000, info.outputs[0]!.shape], [true, [-1]]);
  const fixed = modelInfo({
    ...metadata,
    outputs: [{ name: "b", datatype: "FP32", shape: [1n, 5n] }],
  });
  assertEquals([fixed.maxBatchSize, fixed.inputs[0]!.shape], [0, [-1, 16]]);
  assertEquals(modelInfo({ name: "x" }).maxBatchSize, 0);
});

Deno.test("modelInfo orders versions by number, names after them", () => {
  const order = modelInfo({ versions: ["b", "18446744073709551615", "a", "9"] }).versions;
  assertEquals(order, ["9", "18446744073709551615", "b", "a"]);
});

Deno.test("modelInfo refuses unknown types and dimensions beyond 2^53", () => {
  const table: [ModelMetadataResponse, ModelConfig | undefined, string][] = [
    [{ inputs: [{ name: "a", datatype: "FP8", shape: [] }] }, undefined, '"FP8"'],
    [{ inputs: [{ name: "a", datatype: "STRING", shape: [] }] }, undefined, '"STRING"'],
    [
      { inputs: [{ name: "a", datatype: "FP32", shape: [2n ** 53n] }] },
      undefined,
      "9007199254740992",
    ],
    [{ inputs: [{ name: "a", datatype: "FP32", shape: [-2n] }] }, undefined, "-2"],
    [{}, { input: [{ name: "a", dataType: "TYPE_INVALID" }] }, "TYPE_INVALID"],
    [{}, { input: [{ name: "a", dataType: 99 }] }, '"99"'],
    [{}, { input: [{ name: "a" }] }, "TYPE_INVALID"],
  ];
  for (const [meta, config, text] of table) {
    const error = assertThrows(() => modelInfo(meta, config), InferenceError, text);
    assertEquals(error.code, "PROTOCOL");
  }
});

Deno.test("modelStatistics fills in what the message leaves out", () => {
  const zero = { count: 0n, ns: 0n };
  assertEquals(
    modelStatistics({
      modelStats: [{
        name: "m",
        version: "1",
        inferenceCount: 3n,
        inferenceStats: { success: { count: 2n, ns: 5n }, computeInfer: { ns: 4n } },
      }],
    }),
    [{
      name: "m",
      version: "1",
      inferenceCount: 3n,
      executionCount: 0n,
      success: { count: 2n, ns: 5n },
      failed: zero,
      queue: zero,
      computeInput: zero,
      compute: { count: 0n, ns: 4n },
      computeOutput: zero,
      cacheHit: zero,
      cacheMiss: zero,
    }],
  );
});

Deno.test("versionStates and serverStatus", () => {
  const index = {
    models: [
      { name: "a" },
      { name: "b", version: "1", state: "READY", reason: "" },
      { name: "c", version: "2", state: "UNAVAILABLE", reason: "unloaded" },
    ],
  };
  assertEquals(versionStates(index), [
    { name: "a", version: "", state: "UNAVAILABLE" },
    { name: "b", version: "1", state: "READY" },
    { name: "c", version: "2", state: "UNAVAILABLE", reason: "unloaded" },
  ]);
  const server = { name: "triton", version: "2.51.0", extensions: ["x"] };
  const all = serverStatus({ server, ready: false, index });
  assertEquals([all.api, all.id, all.version, all.readyState], [
    "v2",
    "triton",
    "2.51.0",
    "NOT_READY",
  ]);
  assertEquals([all.models.length, all.statistics, all.extensions], [3, [], ["x"]]);
  const one = serverStatus({ server, ready: true, index, model: { metadata: { name: "b" } } });
  assertEquals(one.models.map(({ name }) => name), ["b"]);
});
