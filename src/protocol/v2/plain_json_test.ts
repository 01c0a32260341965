import { assertEquals, assertThrows } from "@std/assert";
import { InferenceError } from "../../base/errors.ts";
import { messageSchema } from "../schema.ts";
import { schema } from "./generated/descriptor.ts";
import type { Json } from "./json.ts";
import { plainFromJson } from "./plain_json.ts";

const read = (message: string, json: Json) =>
  plainFromJson<Record<string, unknown>>(messageSchema(schema, message), json, "test");

Deno.test("plainFromJson reads a configuration as Triton writes it", () => {
  assertEquals(
    read("ModelConfig", {
      name: "m",
      max_batch_size: 8,
      unknown_key: [1],
      model_operations: null,
      input: [{ name: "a", data_type: "TYPE_INT32", format: "FORMAT_NHWC", dims: [-1, "16"] }],
      ensemble_scheduling: { step: [{ model_version: -1, input_map: { a: "b" } }] },
      parameters: { delay_us: { string_value: "5" } },
      version_policy: { specific: { versions: [9007199254740993n] } },
    }),
    {
      name: "m",
      maxBatchSize: 8,
      input: [{ name: "a", dataType: "TYPE_INT32", format: "FORMAT_NHWC", dims: [-1n, 16n] }],
      ensembleScheduling: { step: [{ modelVersion: -1n, inputMap: { a: "b" } }] },
      parameters: { delay_us: { stringValue: "5" } },
      versionPolicy: { specific: { versions: [9007199254740993n] } },
    },
  );
});

Deno.test("plainFromJson refuses values of another type, naming the place", () => {
  const table: [Json, string][] = [
    [[], "not an object"],
    [{ name: 5 }, "test: name"],
    [{ max_batch_size: 1.5 }, "max_batch_size: not a whole number"],
    [{ max_batch_size: "x" }, "not a whole number"],
    [{ input: {} }, "input: not a list"],
    [{ input: [5] }, "ModelInput is not an object"],
    [{ input: [{ optional: "yes" }] }, "optional"],
    [{ input: [{ dims: [1e30] }] }, "dims"],
    [{ parameters: [] }, "parameters: not an object"],
  ];
  for (const [json, text] of table) {
    const error = assertThrows(() => read("ModelConfig", json), InferenceError, text);
    assertEquals(error.code, "PROTOCOL");
  }
});
