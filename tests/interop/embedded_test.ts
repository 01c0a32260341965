/**
 * The embedded server answers the same requests as a real Triton does: status, body, error texts.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import {
  createStub,
  GRPCInferenceService,
  type ModelInferRequest,
} from "../../src/protocol/v2/mod.ts";
import { createNativeChannel } from "../../src/transport/grpc/client/channel.ts";
import { parseAddress } from "../../src/base/address.ts";
import type { InferenceError } from "../../src/base/errors.ts";
import { startServer } from "../../src/server/server.ts";
import { interopTest, shared } from "./fixture.ts";

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);

/** An input of `simple`, or of another model where `more` says so. */
function input(name: string, more: object = {}) {
  return { name, datatype: "INT32", shape: [1, 16], data: numbers(16), ...more };
}

const GOOD = [input("INPUT0"), input("INPUT1")];
const FLOAT = { name: "INPUT0", datatype: "FP32", shape: [1, 2], data: [1, 2.5] };
const BINARY = { data: undefined, parameters: { binary_data_size: 64 } };
const SEQUENCE = { inputs: [{ name: "INPUT", datatype: "INT32", shape: [1, 1], data: [4] }] };
const floats = (more: object) => ({ inputs: [{ ...FLOAT, ...more }] });
const second = (more: object) => ({ inputs: [GOOD[0], input("INPUT1", more)] });

/** Requests of inference: model, JSON part, bytes behind it. */
const INFER: readonly (readonly [model: string, body: unknown, tail?: number])[] = [
  ["simple", { inputs: GOOD }],
  ["simple", { id: "one", inputs: GOOD, outputs: [{ name: "OUTPUT1" }] }],
  ["simple", {
    inputs: GOOD,
    outputs: [
      { name: "OUTPUT1", parameters: { classification: 2 } },
      { name: "OUTPUT0", parameters: { binary_data: true } },
    ],
  }],
  ["simple", { inputs: GOOD.map((one) => ({ ...one, ...BINARY })) }, 128],
  ["simple", {
    inputs: GOOD.map((one) => ({ ...one, ...BINARY })),
    parameters: { binary_data_output: true },
  }, 128],
  ["simple", { inputs: GOOD.map((one) => ({ ...one, ...BINARY })) }, 120],
  ["simple", { inputs: GOOD.map((one) => ({ ...one, ...BINARY })) }, 130],
  ["simple", { inputs: GOOD, parameters: { a: 1, b: "b", c: true, d: 1.5 } }],
  ["simple", { inputs: GOOD, parameters: { triton_x: 1 } }],
  ["simple", { inputs: GOOD, parameters: { a: [1] } }],
  ["simple", {}],
  ["simple", []],
  ["simple", "x"],
  ["simple", { inputs: 1 }],
  ["simple", { id: 1, inputs: [] }],
  ["simple", { inputs: [] }],
  ["simple", { id: "x7", inputs: GOOD.slice(1) }],
  ["simple", { inputs: [...GOOD, GOOD[1]] }],
  ["simple", { inputs: [GOOD[0], GOOD[0]] }],
  ["simple", { inputs: [GOOD[0], input("NO")] }],
  ["simple", { inputs: GOOD, outputs: [{ name: "NO" }] }],
  ["simple", { inputs: GOOD.map((one) => ({ ...one, shape: [9, 16], data: numbers(144) })) }],
  ["simple", { inputs: GOOD.map((one) => ({ ...one, shape: [0, 16], data: [] })) }],
  ["simple", second({ datatype: "FP32" })],
  ["simple", second({ datatype: "FOO" })],
  ["simple", second({ datatype: undefined })],
  ["simple", second({ shape: [16] })],
  ["simple", second({ shape: [1, 15], data: numbers(15) })],
  ["simple", second({ shape: [1, -16] })],
  ["simple", second({ shape: undefined })],
  ["simple", second({ data: [1] })],
  ["simple", second({ data: undefined })],
  ["simple", second({ data: numbers(16).map(String) })],
  ["simple", second({ name: undefined })],
  // Triton gives an ensemble's outputs in any order.
  ["ensemble_add_sub_int32_int32_int32", { inputs: GOOD, outputs: [{ name: "OUTPUT0" }] }],
  ["nosuch", { inputs: GOOD }],
  ["simple/versions/9", { inputs: GOOD }],
  ["repeat", { inputs: GOOD }],
  ["identity_fp32", floats({})],
  ["identity_fp32", floats({ data: ["a", "b"] })],
  ["identity_fp32", floats({ data: 1 })],
  ["identity_fp32", {
    ...floats({}),
    outputs: [{ name: "OUTPUT0", parameters: { classification: "a" } }],
  }],
  ["identity_fp32", {
    ...floats({ shape: [1, 3], data: [1e-9, 1e30, -0.5] }),
    outputs: [{ name: "OUTPUT0", parameters: { classification: 3 } }],
  }],
  ["identity_nobatch", floats({ shape: [1, 1, 2] })],
  ["identity_types", floats({ name: "INPUT_BF16", datatype: "BF16" })],
  ["identity_types", floats({ name: "INPUT_BOOL", datatype: "BOOL", data: [true, false] })],
  ["identity_types", floats({ name: "INPUT_STRING", datatype: "BYTES", data: ["a", "ü"] })],
  ["identity_types", floats({ name: "INPUT_STRING", datatype: "BYTES", data: [1, 2] })],
  ["identity_types", {
    inputs: [{
      name: "INPUT_FP16",
      datatype: "FP16",
      shape: [1, 2],
      parameters: { binary_data_size: 4 },
    }],
  }, 4],
  ["simple_sequence", SEQUENCE],
  ["simple_sequence", { ...SEQUENCE, parameters: { sequence_id: 71_007 } }],
  ["simple_sequence", { ...SEQUENCE, parameters: { sequence_id: 1.5 } }],
  ["simple_sequence", { ...SEQUENCE, parameters: { sequence_start: 1 } }],
  ["simple_sequence", {
    ...SEQUENCE,
    parameters: { sequence_id: 71_008, sequence_start: true, sequence_end: true },
  }],
];

const QUERIES: readonly (readonly [method: string, path: string, body?: string])[] = [
  ...["simple", "colors", "repeat", "identity_types", "identity_nobatch"].flatMap((name) =>
    [["GET", `models/${name}`], ["GET", `models/${name}/config`]] as const
  ),
  ["GET", "models/preprocess_colors_ensemble"],
  ["GET", "models/addsub_fp32/config"],
  ["GET", "models/nosuch"],
  ["GET", "models/nosuch/config"],
  ["GET", "models/nosuch/ready"],
  ["GET", "models/nosuch/stats"],
  ["GET", "models/simple/versions/9"],
  ["GET", "models/simple/versions/9/stats"],
  ["GET", "models/simple/versions/abc"],
  ["GET", "models"],
  ["GET", "nothing"],
  ["GET", "models/simple/infer"],
  ["POST", "models/simple"],
  ["GET", "repository/index"],
  ["POST", "repository/index", "x"],
  ["GET", "health/live"],
  ["GET", "health/ready"],
];

async function ask(base: string, method: string, path: string, body?: BodyInit, headers = {}) {
  const response = await fetch(`http://${base}/v2/${path}`, { method, body, headers });
  const bytes = await response.bytes();
  const length = response.headers.get("inference-header-content-length");
  const head = bytes.subarray(0, length === null ? bytes.length : Number(length));
  const text = new TextDecoder().decode(head);
  const json = text === "" ? undefined : JSON.parse(text);
  return [response.status, length !== null, json, [...bytes.subarray(head.length)]];
}

interopTest("the embedded server answers over HTTP as the real one", async () => {
  await using server = await startServer({ httpPort: 0, grpcPort: false });
  const both = async (...request: [string, string, BodyInit?, object?]) => {
    const real = await ask(shared.http, ...request);
    const ours = await ask(server.httpAddress!, ...request);
    assertEquals(ours, real, `${request[0]} ${request[1]} ${request[2] ?? ""}`);
  };
  for (const query of QUERIES) await both(...query);
  for (const [model, body, tail = 0] of INFER) {
    const json = typeof body === "string" ? body : JSON.stringify(body);
    const headers = tail > 0 ? { "Inference-Header-Content-Length": String(json.length) } : {};
    await both("POST", `models/${model}/infer`, json + "\x01\0\0\0".repeat(tail / 4), headers);
  }
});

/** What a call comes to: the answer, or status and text. */
async function outcome(call: Promise<unknown>): Promise<unknown> {
  try {
    return await call;
  } catch (error) {
    return [(error as InferenceError).grpcStatus, (error as Error).message];
  }
}

interopTest("the embedded server answers over gRPC as the real one", async () => {
  await using server = await startServer({ httpPort: false, grpcPort: 0 });
  const channels = [shared.grpc, server.grpcAddress!].map((address) =>
    createNativeChannel({ address: parseAddress(address, 0) })
  );
  const [real, ours] = channels.map((channel) => createStub(GRPCInferenceService, channel));
  const raw = new Uint8Array(64);
  const one = (name: string, more = {}) => ({ name, datatype: "INT32", shape: [1n, 16n], ...more });
  const good = {
    modelName: "simple",
    inputs: [one("INPUT0"), one("INPUT1")],
    rawInputContents: [raw, raw],
  };
  const typed = (contents: object) => ({
    ...good,
    inputs: [one("INPUT0", { contents }), one("INPUT1", { contents })],
    rawInputContents: [],
  });
  const classes = (classification: object) => ({
    ...good,
    outputs: [{ name: "OUTPUT0", parameters: { classification } }],
  });
  const requests: ModelInferRequest[] = [
    good,
    { ...good, id: "q", outputs: [{ name: "OUTPUT1" }] },
    classes({ int64Param: 3n }),
    classes({ int64Param: -1n }),
    classes({ stringParam: "3" }),
    typed({ intContents: numbers(16) }),
    typed({ intContents: [1] }),
    typed({ fp32Contents: numbers(16) }),
    typed({}),
    {
      ...good,
      modelName: "ensemble_add_sub_int32_int32_int32",
      outputs: [{ name: "OUTPUT0" }],
    },
    { ...good, modelName: "nosuch" },
    { ...good, modelVersion: "9" },
    { ...good, modelVersion: "x" },
    { modelName: "simple" },
    { ...good, rawInputContents: [raw] },
    { ...good, rawInputContents: [raw, raw.subarray(4)] },
    { ...good, inputs: [one("INPUT0"), one("INPUT1", { datatype: "FOO" })] },
    { ...good, inputs: [one("INPUT0"), one("INPUT1", { shape: [1n, -16n] })] },
    { ...good, inputs: [one("INPUT0"), one("INPUT1", { shape: [] })] },
    { ...good, parameters: { triton_x: { int64Param: 1n } } },
    { ...good, parameters: { sequence_id: { boolParam: true } } },
    { ...good, parameters: { sequence_start: { int64Param: 1n } } },
    { ...good, modelName: "repeat" },
  ];
  try {
    for (const request of requests) {
      const wanted = await outcome(real!.modelInfer(request));
      assertEquals(await outcome(ours!.modelInfer(request)), wanted);
    }
    for (const name of ["simple", "repeat", "identity_types", "nosuch"]) {
      assertEquals(
        await outcome(ours!.modelMetadata({ name })),
        await outcome(real!.modelMetadata({ name })),
      );
      assertEquals(
        await outcome(ours!.modelConfig({ name })),
        await outcome(real!.modelConfig({ name })),
      );
    }
  } finally {
    for (const channel of channels) channel.close();
  }
});
