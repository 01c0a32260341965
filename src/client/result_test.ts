import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { InferenceError } from "../base/errors.ts";
import type { InferResponse, ModelInfo } from "../protocol/types.ts";
import { InferResult } from "./result.ts";

const TIMERS = { totalMs: 1, sendMs: 0, waitMs: 1, receiveMs: 0 };
const MODEL: ModelInfo = {
  name: "m",
  versions: ["1"],
  platform: "",
  maxBatchSize: 0,
  inputs: [],
  outputs: [{ name: "SUM", dataType: "INT64", shape: [1], format: "NONE" }],
  scheduling: "default",
  decoupled: false,
  steps: [],
};
const response = (more: Partial<InferResponse> = {}): InferResponse => ({
  modelName: "m",
  modelVersion: "1",
  batchSize: 1,
  outputs: [{
    name: "SUM",
    shape: [1],
    data: new Uint8Array(BigInt64Array.of(2n ** 62n).buffer),
  }],
  id: 2n ** 63n,
  requestId: 12n,
  serverId: "inference:0",
  parameters: { big: 2n ** 61n },
  final: true,
  ...more,
});

Deno.test("a result can be logged as JSON, bigints and all", () => {
  const plain = JSON.parse(JSON.stringify(new InferResult(response(), MODEL, TIMERS)));
  assertEquals(plain, {
    modelName: "m",
    modelVersion: "1",
    batchSize: 1,
    final: true,
    serverId: "inference:0",
    timers: TIMERS,
    id: "9223372036854775808",
    requestId: "12",
    parameters: { big: "2305843009213693952" },
    outputs: [{
      name: "SUM",
      datatype: "INT64",
      shape: [1],
      batchSize: 1,
      data: ["4611686018427387904"],
    }],
  });
});

Deno.test("a failed result is logged with its error", () => {
  const error = new InferenceError("UNAVAILABLE", "busy", { requestId: 5n, answered: true });
  const result = new InferResult(response({ error, outputs: [] }), MODEL, TIMERS);
  const plain = JSON.parse(JSON.stringify(result));
  assertEquals([plain.error.message, plain.error.requestId, plain.outputs], [
    "busy",
    "5",
    undefined,
  ]);
  assertStringIncludes(Deno.inspect(result), "busy");
});

Deno.test("console.log of a result shows its outputs", () => {
  const text = Deno.inspect(new InferResult(response(), MODEL, TIMERS), { colors: false });
  assertStringIncludes(text, "InferResult {");
  assertStringIncludes(text, "SUM");
  assertStringIncludes(text, "4611686018427387904n");
});

Deno.test("an output without a known type fails the result; no type is made up", () => {
  const outputs = [{ name: "OTHER", data: new Uint8Array(4) }];
  const result = new InferResult(response({ outputs }), MODEL, TIMERS);
  assertEquals(result.error?.code, "PROTOCOL");
  assertThrows(() => result.output("OTHER"), InferenceError, "its data type is unknown");
});
