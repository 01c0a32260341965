/**
 * The library as its users see it: only what mod.ts and the other exports give. The concepts of
 * r19.07's C++ client, one test each; see docs/migrating.md.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { assert, assertEquals, assertGreater, assertRejects } from "@std/assert";
import {
  connectChannel,
  type ConnectOptions,
  DATA_TYPES,
  type DataType,
  InferenceClient,
  InferenceError,
  type InferOptions,
  type RunningServer,
  type ServerModel,
  startServer,
} from "../mod.ts";
import { imageModel, listImages, prepareFile, preprocessFiles } from "../src/image/mod.ts";
import { createStub, GRPCService, type InferRequest } from "../src/protocol/v1/mod.ts";

const COUNT = Int32Array.from({ length: 16 }, (_, i) => i);
const ONES = new Int32Array(16).fill(1);
const simple: InferOptions = { inputs: { INPUT0: COUNT, INPUT1: ONES } };
const examples = fileURLToPath(new URL("../examples/images", import.meta.url));

/** Gives back what it gets, in any type. */
function echo(dataType: DataType, maxBatchSize = 4): ServerModel {
  const type = `TYPE_${dataType}` as const;
  return {
    config: {
      name: `echo_${dataType}`,
      platform: "custom",
      maxBatchSize,
      input: [{ name: "IN", dataType: type, dims: [-1n] }],
      output: [{ name: "OUT", dataType: type, dims: [-1n] }],
    },
    createInstance: () => ({
      execute: (batch) => batch.map(({ inputs }) => [{ ...inputs[0]!, name: "OUT" }]),
    }),
  };
}

const WIRES: readonly [name: string, options: (server: RunningServer) => ConnectOptions][] = [
  ["http", (server) => ({ url: server.httpAddress!, wire: "http", api: "v1" })],
  [
    "grpc-js",
    (server) => ({
      url: server.grpcAddress!,
      wire: "grpc",
      api: "v1",
      grpcChannel: "grpc-js",
      unsafeGrpcJs: true,
    }),
  ],
  [
    "native grpc",
    (server) => ({ url: server.grpcAddress!, wire: "grpc", api: "v1", grpcChannel: "native" }),
  ],
];

for (const [name, target] of WIRES) {
  const test = (what: string, body: (client: InferenceClient) => Promise<void>) =>
    Deno.test(`${what}, over ${name}`, async () => {
      await using server = await startServer({
        httpPort: 0,
        grpcPort: 0,
        models: DATA_TYPES.filter((type) => type !== "BF16").map((type) => echo(type)),
      });
      await using client = await InferenceClient.connect(target(server));
      await body(client);
    });

  test("health, status, profile", async (client) => {
    assertEquals([await client.live(), await client.ready()], [true, true]);
    assertEquals(client.api, "v1");
    const status = await client.status("simple");
    assertEquals(status.readyState, "SERVER_READY");
    assertEquals(status.models.map(({ name, state }) => [name, state]), [["simple", "READY"]]);
    assert(status.text?.startsWith('id: "'));
    // As the recorded server says it, which was built without.
    await assertRejects(() => client.profile("start"), InferenceError, "Profile API not enabled");
    await assertRejects(() => client.repositoryIndex(), InferenceError, "only in v2");
  });

  test("typed arrays in and out, in every data type", async (client) => {
    const table: [DataType, InferOptions["inputs"][string], unknown[]][] = [
      ["BOOL", [true, false, true], [1, 0, 1]],
      ["UINT8", Uint8Array.of(0, 255), [0, 255]],
      ["UINT16", Uint16Array.of(0, 65535), [0, 65535]],
      ["UINT32", Uint32Array.of(0, 4294967295), [0, 4294967295]],
      ["UINT64", BigUint64Array.of(0n, 18446744073709551615n), [0n, 18446744073709551615n]],
      ["INT8", Int8Array.of(-128, 127), [-128, 127]],
      ["INT16", [-32768, 32767], [-32768, 32767]],
      ["INT32", Int32Array.of(-2147483648, 7), [-2147483648, 7]],
      ["INT64", [9007199254740993n, -1n], [9007199254740993n, -1n]],
      ["FP16", [1.5, -65504, 0.0999755859375], [1.5, -65504, 0.0999755859375]],
      ["FP32", Float32Array.of(0.5, NaN), [0.5, NaN]],
      ["FP64", Float64Array.of(0.1, -Infinity), [0.1, -Infinity]],
    ];
    for (const [type, values, expected] of table) {
      const shape = [expected.length];
      const result = await client.infer(`echo_${type}`, {
        inputs: { IN: { values: values as number[], shape } },
      });
      assertEquals(result.error?.message, undefined);
      assertEquals([...result.output("OUT").data], expected, type);
      assertEquals(result.output("OUT").shape, shape);
    }
  });

  test("strings as strings or bytes, by batch entries", async (client) => {
    const bytes = Uint8Array.of(0, 255, 10);
    const result = await client.infer("echo_STRING", {
      inputs: { IN: { values: ["grün", "", bytes, "last"], shape: [2] } },
      batchSize: 2,
    });
    const output = result.output("OUT");
    assertEquals(output.byteStrings[2], bytes);
    assertEquals([...output].map((entry) => entry.strings[1]), ["", "last"]);
  });

  test("raw bytes in pieces, one for each batch entry", async (client) => {
    const piece = (value: number) => new Uint8Array(Float32Array.of(value, -value).buffer);
    const result = await client.infer("echo_FP32", {
      inputs: { IN: { bytes: [piece(1), piece(2), piece(3)], shape: [2] } },
      batchSize: 3,
    });
    assertEquals([...result.output("OUT")].map((entry) => [...entry.data]), [
      [1, -1],
      [2, -2],
      [3, -3],
    ]);
  });

  test("timers and statistics", async (client) => {
    const model = await client.model("simple");
    const result = await model.infer(simple);
    assertGreater(result.timers.totalMs, 0);
    await model.infer(simple);
    const { completedRequestCount, cumulativeTotalRequestTimeNs } = model.statistics();
    assertEquals(completedRequestCount, 2);
    assertGreater(cumulativeTotalRequestTimeNs, 0n);
    assertEquals(result.serverId, "inference:0");
    assertGreater(result.requestId!, 0n);
  });

  test("many requests in order, some at once", async (client) => {
    const model = await client.model("simple");
    const requests = async function* () {
      for (let i = 0; i < 40; i++) {
        yield await Promise.resolve({
          inputs: { INPUT0: COUNT, INPUT1: new Int32Array(16).fill(i) },
        });
      }
    };
    const firsts: unknown[] = [];
    for await (const result of model.inferEach(requests(), { concurrency: 5 })) {
      firsts.push(result.output("OUTPUT0").data[0]);
    }
    assertEquals(firsts, Array.from({ length: 40 }, (_, i) => i));
    await assertRejects(
      () => Array.fromAsync(model.inferEach([simple, { inputs: {} }])),
      InferenceError,
      "'INPUT0'",
    );
  });

  test("a request given up by a signal or a time limit", async (client) => {
    const model = await client.model("slow");
    const request = { inputs: { INPUT0: new Float32Array(16) } };
    const late = await model.infer({ ...request, timeoutMs: 1 });
    assertEquals(late.error?.code, "TIMEOUT");
    const given = await model.infer({ ...request, signal: AbortSignal.abort() });
    assertEquals(given.error?.code, "CANCELLED");
    assertEquals((await model.infer(request)).error, undefined);
  });

  test("a picture", async (client) => {
    const model = await client.model("colors");
    const { inputName, outputName, spec } = imageModel(model.info);
    const tensor = await prepareFile(`${examples}/apple_red.jpg`, spec);
    const result = await model.infer({
      inputs: { [inputName]: { bytes: tensor } },
      outputs: [{ name: outputName, classes: 1 }],
    });
    assertEquals(result.output(outputName).classes()[0]!.label, "red");
    await assertRejects(
      async () => {
        imageModel(await client.modelInfo("simple"));
      },
      InferenceError,
      'expecting 1 input, model "simple" has 2',
    );
  });
}

Deno.test("a gRPC stream: iteration, limits of single requests, await using", async () => {
  await using server = await startServer({ httpPort: false, grpcPort: 0 });
  await using client = await InferenceClient.connect(`grpc://${server.grpcAddress}`);
  const model = await client.model("simple_sequence");
  await using stream = model.stream();
  const values = [1, 2, 3, 4];
  const sums: unknown[] = [];
  const requests = values.map((value, i): InferOptions => ({
    inputs: { INPUT: [value] },
    sequence: { id: 5n, start: i === 0, end: i === values.length - 1 },
  }));
  for await (const result of stream.inferEach(requests)) sums.push(result.output("OUTPUT").data[0]);
  assertEquals(sums, [1, 3, 6, 10]);

  const slow = await client.model("slow");
  await using other = slow.stream();
  const request = { inputs: { INPUT0: new Float32Array(16) } };
  const [late, good] = await Promise.all([
    other.infer({ ...request, timeoutMs: 1 }),
    other.infer(request),
  ]);
  assertEquals(late.error?.code, "TIMEOUT");
  assertEquals(good.output("OUTPUT0").data.length, 16);
  for await (const answer of other.inferMany(request)) assertEquals(answer.final, true);
});

Deno.test("a server of one's own models, and the generated stub", async () => {
  await using server = await startServer({ httpPort: false, grpcPort: 0, models: [echo("INT64")] });
  const channel = await connectChannel({ url: server.grpcAddress! });
  const stub = createStub(GRPCService, channel);
  const request: InferRequest = {
    modelName: "echo_INT64",
    modelVersion: -1n,
    metaData: {
      id: 9n,
      batchSize: 1,
      input: [{ name: "IN", dims: [1n] }],
      output: [{ name: "OUT" }],
    },
    rawInput: [new Uint8Array(BigInt64Array.of(-5n).buffer)],
  };
  const reply = await stub.infer(request);
  assertEquals(reply.requestStatus?.code, "SUCCESS");
  assertEquals(reply.metaData?.id, 9n);
  assertEquals(reply.rawOutput, request.rawInput);
  const ids: unknown[] = [];
  const requests = [1n, 2n, 3n].map((id) => ({
    ...request,
    metaData: { ...request.metaData, id },
  }));
  for await (const { metaData } of stub.streamInfer(requests)) ids.push(metaData?.id);
  assertEquals(ids.sort(), [1n, 2n, 3n]);
  channel.close();
});

Deno.test("a directory of pictures, those that are none among them", async () => {
  const { spec } = imageModel({
    name: "m",
    versions: ["1"],
    platform: "",
    maxBatchSize: 8,
    inputs: [{ name: "i", dataType: "FP32", shape: [3, 8, 8], format: "NCHW" }],
    outputs: [{ name: "o", dataType: "FP32", shape: [10], format: "NONE" }],
    scheduling: "default",
    decoupled: false,
    steps: [],
  });
  const paths = [...await listImages(examples), import.meta.url.slice("file://".length)];
  const outcomes = await Array.fromAsync(preprocessFiles(paths, spec, { workers: 0 }));
  assertEquals(outcomes.map(({ path }) => path), paths);
  assertEquals(outcomes.filter(({ error }) => error).length, 1);
  assertEquals(outcomes[0]!.tensor!.byteLength, 3 * 8 * 8 * 4);
});

Deno.test("connecting says what is wrong with the address or the server", async () => {
  const table: [ConnectOptions | string, string, string][] = [
    ["ftp://x", "USAGE", "unknown scheme"],
    ["grpc://127.0.0.1:1/path", "USAGE", "path"],
    ["127.0.0.1:1", "CONNECTION", "127.0.0.1:1"],
    [{ url: "127.0.0.1:1", wire: "grpc", grpcChannel: "native" }, "CONNECTION", "127.0.0.1:1"],
  ];
  for (const [target, code, text] of table) {
    const error = await assertRejects(() => InferenceClient.connect(target), InferenceError, text);
    assertEquals(error.code, code);
  }
});

Deno.test("an answer that is longer than the client wants fails its request only", async () => {
  await using server = await startServer({
    ...{ httpPort: 0, grpcPort: 0, models: [echo("UINT8")] },
  });
  for (
    const [url, wire, code] of [
      [server.httpAddress!, "http", "PROTOCOL"],
      [server.grpcAddress!, "grpc", "RESOURCE_EXHAUSTED"],
    ] as const
  ) {
    await using client = await InferenceClient.connect({ url, wire, maxAnswerBytes: 100_000 });
    const ask = (bytes: number) =>
      client.infer("echo_UINT8", { inputs: { IN: new Uint8Array(bytes) } });
    assertEquals((await ask(90_000)).error, undefined);
    assertEquals((await ask(100_001)).error?.code, code);
    assertEquals((await ask(1)).error, undefined);
  }
});
