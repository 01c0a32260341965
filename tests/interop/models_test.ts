import { assert, assertEquals, assertRejects } from "@std/assert";
import { InferenceError } from "../../src/base/errors.ts";
import type {
  InferRequest,
  ModelStatistics,
  Protocol,
  TensorInfo,
} from "../../src/protocol/types.ts";
import { colorShares } from "../../src/server/models/colors.ts";
import {
  CARRIERS,
  eachCarrier,
  infer,
  interopTest,
  open,
  reference,
  request,
  simpleInputs,
  tensor,
  wireOf,
} from "./fixture.ts";
import { modelNames } from "./server/repository.ts";

eachCarrier("health, metadata and index", async (protocol) => {
  assertEquals(await protocol.live(), true);
  assertEquals(await protocol.ready(), true);
  assertEquals(await protocol.modelReady("simple"), true);
  assertEquals(await protocol.modelReady("simple", 1n), true);
  assertEquals(await protocol.modelReady("simple", 7n), false);
  assertEquals(await protocol.modelReady("nosuch"), false);
  const status = await protocol.status();
  assertEquals([status.api, status.id, status.readyState], ["v2", "triton", "READY"]);
  assert(status.version.startsWith("2."));
  assert(status.extensions!.includes("binary_tensor_data"));
  const names = await modelNames();
  assertEquals(status.models.map(({ name }) => name).sort(), names);
  assertEquals(status.statistics.map(({ name }) => name).sort(), names);
  const index = await protocol.repository!.index();
  assert(index.every(({ state, version }) => state === "READY" && version === "1"));
  const one = await protocol.status("simple");
  assertEquals(one.models, [{ name: "simple", version: "1", state: "READY" }]);
  assertEquals(one.statistics.length, 1);
});

eachCarrier("descriptions of models", async (protocol) => {
  const simple = await protocol.model("simple");
  assertEquals(simple, {
    name: "simple",
    versions: ["1"],
    platform: "python",
    maxBatchSize: 8,
    inputs: ["INPUT0", "INPUT1"].map(int32Tensor),
    outputs: ["OUTPUT0", "OUTPUT1"].map(int32Tensor),
    scheduling: "default",
    instances: 1,
    decoupled: false,
    steps: [],
  });
  const colors = await protocol.model("colors");
  assertEquals([colors.inputs[0]!.format, colors.inputs[0]!.shape], ["NHWC", [224, 224, 3]]);
  assertEquals(colors.outputs[0]!.labelFilename, "color_words.txt");
  assertEquals((await protocol.model("colors_nchw")).inputs[0]!.format, "NCHW");
  assertEquals((await protocol.model("simple_sequence")).scheduling, "sequence");
  assertEquals((await protocol.model("slow")).scheduling, "dynamic");
  assertEquals((await protocol.model("repeat")).decoupled, true);
  const types = await protocol.model("identity_types");
  assert(types.inputs.every(({ optional, shape }) => optional && shape[0] === -1));
  assertEquals(types.inputs.at(-1)!.dataType, "STRING");
  assertEquals((await protocol.model("identity_nobatch", 1n)).inputs[0]!.shape, [-1, -1]);
  const ensemble = await protocol.model("preprocess_colors_ensemble");
  assertEquals([ensemble.platform, ensemble.scheduling], ["ensemble", "ensemble"]);
  assertEquals(ensemble.steps, [
    { modelName: "preprocess_colors", modelVersion: -1n },
    { modelName: "colors", modelVersion: -1n },
  ]);
});

eachCarrier("statistics count requests, entries and failures", async (protocol) => {
  const wanted = request("addsub_fp32", simpleInputs(0, "FP32"));
  const [before] = await protocol.statistics("addsub_fp32", 1n);
  await infer(protocol, wanted);
  const twice = wanted.inputs.map((input) => ({ ...input, data: [...input.data, ...input.data] }));
  await infer(protocol, { ...wanted, batchSize: 2, inputs: twice });
  const after = await counted(
    protocol,
    "addsub_fp32",
    ({ success }) => success.count - before!.success.count === 2n,
  );
  assertEquals(after.inferenceCount - before!.inferenceCount, 3n);
  assertEquals(after.executionCount - before!.executionCount, 2n);
  assert(after.compute.ns > before!.compute.ns && after.success.ns > before!.success.ns);
  const [failedBefore] = await protocol.statistics("fails");
  const failed = await infer(protocol, failing("!on purpose"));
  assertEquals(failed.error?.code, "INTERNAL");
  assert(failed.error!.message.includes("!on purpose"), failed.error!.message);
  await counted(protocol, "fails", (now) => now.failed.count - failedBefore!.failed.count === 1n);
});

/** The counters as soon as they say so: Triton moves them after it has answered. */
async function counted(
  protocol: Protocol,
  model: string,
  enough: (statistics: ModelStatistics) => boolean,
): Promise<ModelStatistics> {
  for (let i = 0; i < 1000; i++) {
    const now = (await protocol.statistics(model))[0]!;
    if (enough(now)) return now;
  }
  throw new Error(`The statistics of ${model} don't count the requests`);
}

function int32Tensor(name: string): TensorInfo {
  return { name, dataType: "INT32", shape: [16], format: "NONE" };
}

function failing(text: string): InferRequest {
  return request("fails", [tensor("MESSAGE", "STRING", [1], [text])], { batched: false });
}

const ERRORS: readonly [what: string, code: string, text: string, InferRequest][] = [
  ["unknown model", "NOT_FOUND", "unknown model: 'nosuch'", request("nosuch", simpleInputs())],
  [
    "unknown version",
    "NOT_FOUND",
    "'simple' version 9 is not found",
    request("simple", simpleInputs(), { modelVersion: 9n }),
  ],
  [
    "wrong data type",
    "INVALID_ARG",
    "data-type is 'FP32'",
    request("simple", simpleInputs(0, "FP32")),
  ],
  [
    "wrong shape",
    "INVALID_ARG",
    "unexpected shape for input 'INPUT",
    request("simple", simpleInputs().map((input) => ({ ...input, shape: [4, 4] }))),
  ],
  ["missing input", "INVALID_ARG", "expected 2 inputs", request("simple", simpleInputs().slice(1))],
  [
    "too many bytes",
    "INVALID_ARG",
    "input byte size mismatch for input 'INPUT",
    request(
      "simple",
      simpleInputs().map((input) => ({ ...input, data: [...input.data, ...input.data] })),
    ),
  ],
  [
    "unknown output",
    "INVALID_ARG",
    "unexpected inference output 'NO'",
    request("simple", simpleInputs(), { outputs: [{ name: "NO" }] }),
  ],
  ["the model itself", "INTERNAL", "on purpose", failing("on purpose")],
  [
    "reserved parameter",
    "INVALID_ARG",
    "reserved",
    request("simple", simpleInputs(), { parameters: { triton_x: 1 } }),
  ],
  [
    "a decoupled model",
    "UNSUPPORTED",
    "decoupled",
    request("repeat", [
      tensor("IN", "INT32", [1], [1]),
      tensor("COUNT", "UINT32", [1], [1]),
    ], { batched: false }),
  ],
];

eachCarrier("refusals are answers, in the server's words", async (protocol) => {
  for (const [what, code, text, wanted] of ERRORS) {
    const reply = await protocol.send(protocol.encode(wanted));
    const { error, outputs, final } = protocol.decode(reply, wanted);
    assertEquals(error?.code, code, `${what}: ${error?.describe()}`);
    assert(error!.message.includes(text), `${what}: ${error!.message}`);
    assertEquals(protocol.failure(reply)?.message, error!.message);
    assertEquals([outputs.length, final, error!.address], [0, true, protocol.address]);
  }
  assertEquals((await infer(protocol, request("simple", simpleInputs()))).error, undefined);
});

eachCarrier("refused queries throw", async (protocol) => {
  const table: [() => Promise<unknown>, string, string][] = [
    [() => protocol.model("nosuch"), "NOT_FOUND", "'nosuch'"],
    [() => protocol.model("simple", 9n), "NOT_FOUND", "version 9"],
    [() => protocol.status("nosuch"), "NOT_FOUND", "'nosuch'"],
    [() => protocol.statistics("nosuch"), "INVALID_ARG", "'nosuch'"],
    [() => protocol.repository!.load("simple"), "UNAVAILABLE", "not allowed"],
  ];
  for (const [query, code, text] of table) {
    const error = await assertRejects(query, InferenceError, text);
    assertEquals(error.code, code);
  }
});

const classRequest = (name: string, classCount: number, batched = true) =>
  request(name, simpleInputs(0, name === "simple_nobatch" ? "INT32" : "FP32"), {
    batched,
    outputs: [{ name: "OUTPUT0", classCount }],
  });

eachCarrier("classes with and without labels, in batches", async (protocol) => {
  const one = simpleInputs(0, "FP32");
  const two = simpleInputs(-20, "FP32");
  const { error, outputs } = await infer(
    protocol,
    request(
      "addsub_fp32",
      one.map((input, i) => ({
        ...input,
        data: [...input.data, ...two[i]!.data],
      })),
      {
        batchSize: 2,
        outputs: [{ name: "OUTPUT0", classCount: 2 }, { name: "OUTPUT1", classCount: 1 }],
      },
    ),
  );
  assertEquals(error?.describe(), undefined);
  assertEquals(outputs.map(({ name, classes }) => [name, classes]), [
    ["OUTPUT0", [
      [{ index: 15, value: 16, label: "label15" }, { index: 14, value: 15, label: "label14" }],
      [{ index: 15, value: -4, label: "label15" }, { index: 14, value: -5, label: "label14" }],
    ]],
    ["OUTPUT1", [[{ index: 15, value: 14, label: "" }], [{ index: 15, value: -6, label: "" }]]],
  ]);
  const nobatch = await infer(protocol, classRequest("simple_nobatch", 1, false));
  assertEquals(nobatch.outputs[0]!.classes, [[{ index: 15, value: 16, label: "label15" }]]);
  const all = await infer(protocol, classRequest("addsub_fp32", 99));
  assertEquals(all.outputs[0]!.classes![0]!.length, 16);
});

eachCarrier("labels with colons; values that are no numbers", async (protocol) => {
  const wanted = request("labels_colons", [
    tensor("INPUT0", "FP32", [4], [4, Infinity, 2, 1]),
  ], { outputs: [{ name: "OUTPUT0", classCount: 4 }] });
  const { error, outputs } = await infer(protocol, wanted);
  assertEquals(error?.describe(), undefined);
  assertEquals(outputs[0]!.classes, [[
    { index: 1, value: Infinity, label: "http://host:8000/x" },
    { index: 0, value: 4, label: "time 12:30" },
    { index: 2, value: 2, label: "a:b:c:" },
    { index: 3, value: 1, label: "plain" },
  ]]);
});

interopTest("classes as the Python client gets them", async () => {
  const wanted = classRequest("addsub_fp32", 3);
  for (const carrier of CARRIERS) {
    const [answer] = await reference([{ wire: wireOf(carrier), request: wanted }]);
    const bytes = Uint8Array.fromBase64(answer!.outputs![0]!.data);
    assertEquals(answer!.outputs![0]!.shape, [1, 3]);
    assertEquals(new TextDecoder().decode(bytes.subarray(4, 24)), "16.000000:15:label15");
    const protocol = await open(carrier);
    try {
      const { outputs } = await infer(protocol, wanted);
      assertEquals(outputs[0]!.classes![0]!.map(({ index }) => index), [15, 14, 13]);
    } finally {
      protocol.close();
    }
  }
});

eachCarrier("colours: both layouts and the embedded server's rule", async (protocol) => {
  const planar = new Float32Array(3 * 224 * 224);
  const values = Float32Array.from({ length: 224 * 224 * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    const value = (pixel * (1 + i % 3) * 7919 >> 3) % 256;
    planar[(i % 3) * 224 * 224 + pixel] = value;
    return value;
  });
  const shares = async (model: string, shape: number[], data: Float32Array) => {
    const { error, outputs } = await infer(
      protocol,
      request(model, [tensor("input", "FP32", shape, data)]),
    );
    assertEquals(error?.describe(), undefined);
    return Array.from(new Float32Array(outputs[0]!.data!.slice().buffer), (x) => Math.fround(x));
  };
  const expected = Array.from(colorShares(values, "NHWC"));
  assertEquals(await shares("colors", [224, 224, 3], values), expected);
  assertEquals(await shares("colors_nchw", [3, 224, 224], planar), expected);
  const scaled = values.map((value) => value / 128 - 1);
  assertEquals(await shares("colors", [224, 224, 3], scaled), expected);
});

eachCarrier("an ensemble from image bytes to classes", async (protocol) => {
  const wanted = request("preprocess_colors_ensemble", [
    tensor("INPUT", "STRING", [1], [redPixmap()]),
  ], { outputs: [{ name: "OUTPUT", classCount: 1 }] });
  const { error, outputs } = await infer(protocol, wanted);
  assertEquals(error?.describe(), undefined);
  assertEquals(outputs[0]!.classes, [[{ index: 2, value: 1, label: "red" }]]);
  const bad = await infer(
    protocol,
    request("preprocess_colors_ensemble", [tensor("INPUT", "STRING", [1], ["no image"])]),
  );
  assertEquals(bad.error?.code, "INTERNAL");
  assert(bad.error!.message.includes("not an image"), bad.error!.message);
});

/** A red picture as a portable pixmap. */
function redPixmap(): Uint8Array {
  const head = new TextEncoder().encode("P6 8 8 255\n");
  const bytes = new Uint8Array(head.length + 8 * 8 * 3);
  bytes.set(head);
  for (let i = head.length; i < bytes.length; i += 3) bytes[i] = 255;
  return bytes;
}

function step(value: number, id: bigint | string, flags: { start?: boolean; end?: boolean } = {}) {
  const model = typeof id === "string" ? "simple_sequence_string" : "simple_sequence";
  return request(model, [tensor("INPUT", "INT32", [1], [value])], {
    sequence: { id, ...flags },
  });
}

async function sum(protocol: Protocol, wanted: InferRequest): Promise<number | string> {
  const { error, outputs } = await infer(protocol, wanted);
  return error ? error.message : new DataView(outputs[0]!.data!.slice().buffer).getInt32(0, true);
}

eachCarrier("sequences by number and by text", async (protocol) => {
  for (const [a, b] of [[71n, 2n ** 64n - 1n], ["first", "second"]]) {
    assertEquals(await sum(protocol, step(5, a!, { start: true })), 5);
    assertEquals(await sum(protocol, step(100, b!, { start: true })), 100);
    assertEquals(await sum(protocol, step(7, a!)), 12);
    assertEquals(await sum(protocol, step(11, b!, { end: true })), 111);
    assertEquals(await sum(protocol, step(1, a!, { end: true })), 13);
    assertEquals(await sum(protocol, step(3, a!, { start: true, end: true })), 3);
  }
  const none = await sum(protocol, { ...step(1, 1n), sequence: undefined });
  assert(String(none).includes("must specify a non-zero or non-empty correlation ID"), `${none}`);
  const late = await sum(protocol, step(1, 8_001n));
  assert(String(late).includes("must specify the START flag"), `${late}`);
});

eachCarrier("parameters of every type", async (protocol) => {
  const parameters = { text: "a", whole: 3, big: 2n ** 62n, flag: false, part: 1.5 };
  const { error } = await infer(protocol, request("simple", simpleInputs(), { parameters }));
  assertEquals(error?.describe(), undefined);
});
