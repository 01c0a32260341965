import { assert, assertEquals, assertRejects, assertStrictEquals } from "@std/assert";
import { InferenceError } from "../../base/errors.ts";
import { grpcError } from "../../transport/grpc/status.ts";
import { decodeMessage, encodeMessage } from "../message.ts";
import type { InferRequest, ParameterValue, Reply } from "../types.ts";
import { fakeGrpc, simpleRequest } from "./fake_test_transports.ts";
import {
  InferTensorContents,
  ModelInferRequest,
  ModelInferResponse,
  ModelMetadataResponse,
  ModelStreamInferResponse,
} from "./generated/messages.js";
import { createV2Grpc } from "./grpc.ts";
import { contentsBytes } from "./grpc_contents.ts";
import { encodeInferRequest } from "./grpc_request.ts";
import { readGrpcInferResponse, readMarks } from "./grpc_response.ts";

/** Recorded from Triton 2.51: two classes of one output. */
const CLASSES = Uint8Array.fromHex(
  "0a0b6164647375625f667033321201312a140a074f555450555430120542595445531a020102" +
    "32301400000031362e3530303030303a31353a6c6162656c31351400000031352e3530303030303a31343a6c61" +
    "62656c3134",
);

const random = (seed: number) => () => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed / 2 ** 32;
};

Deno.test("requests are what the generated code reads", () => {
  const wanted = simpleRequest({
    modelVersion: 3n,
    id: "grüße",
    batchSize: 2,
    sequence: { id: 2n ** 64n - 1n, start: true, end: true },
    parameters: {
      text: "",
      zero: 0,
      whole: -5,
      big: 2n ** 63n,
      part: 0.25,
      yes: true,
      no: false,
      min: -(2n ** 63n),
    },
    outputs: [{ name: "A" }, { name: "B", classCount: 3 }],
  });
  const { unary, stream } = encodeInferRequest(wanted);
  const message = decodeMessage(ModelInferRequest, unary);
  assertEquals(message, {
    modelName: "simple",
    modelVersion: "3",
    id: "grüße",
    parameters: {
      text: { stringParam: "" },
      zero: { int64Param: 0n },
      whole: { int64Param: -5n },
      big: { uint64Param: 2n ** 63n },
      part: { doubleParam: 0.25 },
      yes: { boolParam: true },
      no: { boolParam: false },
      min: { int64Param: -(2n ** 63n) },
      sequence_id: { int64Param: -1n },
      sequence_start: { boolParam: true },
      sequence_end: { boolParam: true },
    },
    inputs: ["INPUT0", "INPUT1"].map((name) => ({ name, datatype: "INT32", shape: [2n, 16n] })),
    outputs: [{ name: "A" }, { name: "B", parameters: { classification: { int64Param: 3n } } }],
    rawInputContents: wanted.inputs.map(({ data }) => data[0]!),
  });
  const streamed = decodeMessage(ModelInferRequest, stream);
  assertEquals(streamed.parameters!.triton_enable_empty_final_response, { boolParam: true });
  delete streamed.parameters!.triton_enable_empty_final_response;
  assertEquals(streamed, message);
  assertStrictEquals(stream.buffer, unary.buffer);
});

Deno.test("random requests survive, and the buffer is made once", () => {
  const seed = Date.now() >>> 0;
  console.log(`seed ${seed}`);
  const next = random(seed);
  const count = (max: number) => Math.floor(next() * max);
  const text = () => Array.from({ length: count(40) }, () => "aü世\u{1f600}"[count(3)]).join("");
  for (let i = 0; i < 200; i++) {
    const values: ParameterValue[] = [count(2) === 0, count(1e6) - 5e5, next(), text(), 1n << 60n];
    const parameters = Object.fromEntries(values.slice(0, count(6)).map((v, n) => [`p${n}`, v]));
    const wanted: InferRequest = {
      modelName: `m${text()}`,
      batchSize: 1 + count(300),
      batched: count(2) === 0,
      id: count(2) === 0 ? undefined : text(),
      parameters,
      inputs: Array.from({ length: count(5) }, (_, n) => ({
        name: `i${n}${text()}`,
        dataType: "UINT8",
        shape: Array.from({ length: count(6) }, () => count(2 ** 40)),
        data: Array.from({ length: count(4) }, () => new Uint8Array(count(5000)).fill(n)),
      })),
      outputs: Array.from({ length: count(4) }, () => ({ name: text() })),
      sequence: count(2) === 0 ? undefined : { id: text() },
    };
    const { unary, stream } = encodeInferRequest(wanted);
    const message = decodeMessage(ModelInferRequest, unary, { defaults: true });
    assertEquals(message.modelName, wanted.modelName);
    assertEquals(
      message.inputs.map(({ shape }) => shape.map(Number)),
      wanted.inputs.map((input) =>
        wanted.batched ? [wanted.batchSize, ...input.shape] : [...input.shape]
      ),
    );
    assertEquals(
      message.rawInputContents.map(({ byteLength }) => byteLength),
      wanted.inputs.map(({ data }) => data.reduce((sum, piece) => sum + piece.byteLength, 0)),
    );
    assertEquals(message.outputs.map(({ name }) => name), wanted.outputs.map(({ name }) => name));
    // A buffer that grew would have been doubled, with the tensors copied once more.
    const slack = stream.buffer.byteLength - stream.byteLength;
    const names = unary.byteLength -
      message.rawInputContents.reduce((sum, raw) => sum + raw.byteLength, 0);
    assert(slack >= 0 && slack < 4096 + 3 * names, `slack ${slack}`);
  }
});

const answer = (message: ModelInferResponse) => encodeMessage(ModelInferResponse, message);
const plain = simpleRequest({ batched: false });

Deno.test("answers: tensors as views, ids, parameters, unknown fields", () => {
  const tensor = Uint8Array.of(1, 0, 0, 0);
  const message = answer({
    modelName: "m",
    modelVersion: "2",
    id: "18446744073709551615",
    parameters: {
      a: { boolParam: false },
      b: { int64Param: -1n },
      c: { stringParam: "x" },
      d: { doubleParam: 0.5 },
      e: { uint64Param: 2n ** 64n - 1n },
    },
    outputs: [{ name: "X", datatype: "INT32", shape: [1n, 1n] }],
    rawOutputContents: [tensor],
  });
  // Field 99, one of each wire type.
  const unknown = [0x98, 6, 5, 0x99, 6, ...Array(8).fill(0), 0x9a, 6, 1, 7, 0x9d, 6, 0, 0, 0, 0];
  const bytes = Uint8Array.from([...unknown, ...message, ...unknown]);
  const context = simpleRequest({ id: 1n });
  const response = readGrpcInferResponse(bytes, context);
  assertEquals(response, {
    id: 2n ** 64n - 1n,
    modelName: "m",
    modelVersion: "2",
    batchSize: 1,
    outputs: [{ name: "X", dataType: "INT32", shape: [1], data: tensor }],
    parameters: { a: false, b: -1n, c: "x", d: 0.5, e: 2n ** 64n - 1n },
    final: true,
  });
  assertStrictEquals(response.outputs[0]!.data!.buffer, bytes.buffer);
  assertEquals(readMarks(bytes), { id: "18446744073709551615", final: true, empty: false });
});

Deno.test("classes that a real Triton sent", () => {
  const context = simpleRequest({ outputs: [{ name: "OUTPUT0", classCount: 2 }] });
  assertEquals(readGrpcInferResponse(CLASSES, context).outputs, [{
    name: "OUTPUT0",
    dataType: "STRING",
    classes: [[
      { index: 15, value: 16.5, label: "label15" },
      { index: 14, value: 15.5, label: "label14" },
    ]],
  }]);
});

Deno.test("the final mark", () => {
  for (const [value, final] of [[true, true], [false, false], [undefined, true]] as const) {
    const parameters: ModelInferResponse["parameters"] = {};
    if (value !== undefined) parameters.triton_final_response = { boolParam: value };
    const message = answer({ id: "a", parameters });
    assertEquals(readMarks(message), { id: "a", final, empty: true });
    assertEquals(readGrpcInferResponse(message, plain).final, final);
  }
});

Deno.test("typed contents become raw bytes", () => {
  const table: [string, InferTensorContents, number[]][] = [
    ["BOOL", { boolContents: [true, false] }, [1, 0]],
    ["INT8", { intContents: [-1, 127] }, [255, 127]],
    ["INT16", { intContents: [-2] }, [254, 255]],
    ["INT32", { intContents: [-1, 1] }, [255, 255, 255, 255, 1, 0, 0, 0]],
    ["INT64", { int64Contents: [-1n] }, Array(8).fill(255)],
    ["UINT8", { uintContents: [255] }, [255]],
    ["UINT16", { uintContents: [65535] }, [255, 255]],
    ["UINT32", { uintContents: [4294967295] }, [255, 255, 255, 255]],
    ["UINT64", { uint64Contents: [2n ** 64n - 1n] }, Array(8).fill(255)],
    ["FP32", { fp32Contents: [1, -2] }, [0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0]],
    ["FP64", { fp64Contents: [1] }, [0, 0, 0, 0, 0, 0, 0xf0, 0x3f]],
    ["BYTES", { bytesContents: [Uint8Array.of(7), new Uint8Array()] }, [1, 0, 0, 0, 7, 0, 0, 0, 0]],
    ["FP16", {}, []],
    ["INT32", { fp32Contents: [1] }, []],
  ];
  for (const [datatype, contents, bytes] of table) {
    const message = encodeMessage(InferTensorContents, contents);
    assertEquals([...contentsBytes(datatype, message, "X")], bytes, datatype);
  }
  // Not packed, as proto2 writers do: field 2 varint 5, field 6 fixed32.
  assertEquals([...contentsBytes("INT8", Uint8Array.of(16, 5, 16, 6), "X")], [5, 6]);
  assertEquals([...contentsBytes("FP32", Uint8Array.of(53, 1, 2, 3, 4), "X")], [1, 2, 3, 4]);
  const response = readGrpcInferResponse(
    answer({
      outputs: [{ name: "X", datatype: "INT8", shape: [2n], contents: { intContents: [1, 2] } }],
    }),
    plain,
  );
  assertEquals(response.outputs[0]!.data, Uint8Array.of(1, 2));
  for (const [datatype, contents] of [["INT8", { intContents: [128] }], ["FP8", {}]] as const) {
    const message = encodeMessage(InferTensorContents, contents as InferTensorContents);
    assertProtocol(() => contentsBytes(datatype, message, "X"));
  }
});

function assertProtocol(read: () => unknown): InferenceError {
  try {
    read();
  } catch (error) {
    assert(error instanceof InferenceError, String(error));
    assertEquals(error.code, "PROTOCOL");
    return error;
  }
  throw new Error("not refused");
}

Deno.test("malformed answers", () => {
  const output = { name: "X", datatype: "INT32", shape: [1n] };
  const table: [ModelInferResponse, string][] = [
    [{ outputs: [output], rawOutputContents: [new Uint8Array(3)] }, "needs 4 bytes"],
    [{ outputs: [output] }, "needs 4 bytes"],
    [{ outputs: [output, output], rawOutputContents: [new Uint8Array(4)] }, "2 outputs and 1 raw"],
    [{ outputs: [{ ...output, shape: [-1n] }], rawOutputContents: [new Uint8Array(4)] }, "shape"],
    [
      { outputs: [{ ...output, shape: [2n ** 53n] }], rawOutputContents: [new Uint8Array()] },
      "shape",
    ],
    [{ outputs: [{ ...output, datatype: "" }], rawOutputContents: [new Uint8Array(4)] }, "type"],
  ];
  for (const [message, text] of table) {
    const error = assertProtocol(() => readGrpcInferResponse(answer(message), plain));
    assert(error.message.includes(text), error.message);
  }
});

Deno.test("in a batched answer every shape begins with the batch size", () => {
  for (const shape of [[], [4n]]) {
    const message = answer({
      outputs: [
        { name: "X", datatype: "INT32", shape: [1n] },
        { name: "Y", datatype: "INT8", shape },
      ],
      rawOutputContents: [new Uint8Array(4), new Uint8Array(shape.length === 0 ? 1 : 4)],
    });
    const error = assertProtocol(() => readGrpcInferResponse(message, { ...plain, batched: true }));
    assert(error.message.includes("output 'Y': its shape [" + shape + "] should"), error.message);
  }
});

Deno.test("cut-off and random bytes give PROTOCOL errors or an answer, nothing else", () => {
  const seed = Date.now() >>> 0;
  console.log(`seed ${seed}`);
  const next = random(seed);
  const read = (bytes: Uint8Array) => {
    try {
      readMarks(bytes);
      readGrpcInferResponse(bytes, plain);
    } catch (error) {
      assert(error instanceof InferenceError, String(error));
      assertEquals(error.code, "PROTOCOL");
    }
  };
  for (let length = 0; length < CLASSES.length; length++) read(CLASSES.subarray(0, length));
  for (let i = 0; i < 3000; i++) {
    const bytes = CLASSES.slice();
    for (let n = 0; n < 1 + next() * 5; n++) {
      bytes[Math.floor(next() * bytes.length)] = next() * 256;
    }
    read(bytes);
    read(Uint8Array.from({ length: next() * 60 }, () => next() * 256));
  }
});

Deno.test("unary calls: method, metadata, the same bytes again, refusals as answers", async () => {
  let fail: Error | undefined;
  const { channel, messages } = fakeGrpc(() => {
    if (fail) throw fail;
    return CLASSES;
  });
  const protocol = createV2Grpc(channel, { headers: [["X-Key", "v"]] });
  const wire = protocol.encode(simpleRequest({ id: 5n }));
  for (let i = 0; i < 2; i++) {
    const reply = await protocol.send(wire);
    assertEquals([protocol.failure(reply), protocol.replyId(reply)], [undefined, ""]);
    assertEquals([protocol.isFinal(reply), reply.byteLength], [true, CLASSES.byteLength]);
  }
  assertStrictEquals(messages[0]!.message, messages[1]!.message);
  assertEquals(wire.byteLength, messages[0]!.message.byteLength);
  assertEquals(messages[0]!.method, "/inference.GRPCInferenceService/ModelInfer");
  assertEquals(messages[0]!.metadata, [["x-key", "v"]]);

  fail = grpcError(3, "bad input", "h:1");
  const refused = await protocol.send(wire);
  assertEquals(protocol.failure(refused)?.code, "INVALID_ARG");
  assertEquals(protocol.decode(refused, simpleRequest()).error?.message, "bad input");
  for (const code of ["CONNECTION", "TIMEOUT", "CANCELLED"] as const) {
    fail = new InferenceError(code, "gone");
    assertEquals((await assertRejects(() => protocol.send(wire), InferenceError)).code, code);
  }
});

Deno.test("queries: a refused configuration, a model that isn't ready, broken messages", async () => {
  const metadata = encodeMessage(ModelMetadataResponse, { name: "m", platform: "p" });
  const { channel } = fakeGrpc((method) => {
    if (method.endsWith("/ModelMetadata")) return metadata;
    if (method.endsWith("/ServerLive")) return Uint8Array.of(8, 1);
    if (method.endsWith("/ServerReady")) return new Uint8Array();
    if (method.endsWith("/ModelReady")) throw grpcError(5, "unknown", "h:1");
    if (method.endsWith("/ServerMetadata")) return Uint8Array.of(10, 99);
    throw grpcError(14, "restricted", "h:1");
  });
  const protocol = createV2Grpc(channel);
  assertEquals([await protocol.live(), await protocol.ready()], [true, false]);
  assertEquals(await protocol.modelReady("m"), false);
  assertEquals((await protocol.model("m")).platform, "p");
  const error = await assertRejects(() => protocol.status(), InferenceError);
  assertEquals(error.code, "PROTOCOL");
  await assertRejects(() => protocol.repository!.index(), InferenceError, "restricted");
});

Deno.test("streams: answers by id, refusals, the end", async () => {
  const { channel, messages, stream } = fakeGrpc(() => new Uint8Array());
  const protocol = createV2Grpc(channel);
  const replies: Reply[] = [];
  const ends: (InferenceError | undefined)[] = [];
  const { send } = protocol.openStream({
    onReply: (reply) => replies.push(reply),
    onEnd: (error) => ends.push(error),
  });
  const deliver = (message: ModelStreamInferResponse) =>
    stream().onMessage(encodeMessage(ModelStreamInferResponse, message), 1);
  const output = { name: "X", datatype: "UINT8", shape: [1n, 1n] };
  const good = (id: string, final: boolean): ModelStreamInferResponse => ({
    inferResponse: {
      id,
      parameters: { triton_final_response: { boolParam: final } },
      outputs: [output],
      rawOutputContents: [Uint8Array.of(1)],
    },
  });
  const requests = [simpleRequest({ id: 1n }), simpleRequest({ id: "b", batched: false })];
  for (const request of requests) await send(protocol.encode(request));
  assertEquals(
    messages.map(({ method }) => method.split("/")[2]),
    Array(2).fill("ModelStreamInfer"),
  );
  assert(decodeMessage(ModelInferRequest, messages[0]!.message).parameters !== undefined);
  deliver(good("1", false));
  deliver(good("1", true));
  deliver(good("b", true));
  deliver({
    errorMessage: "Request for unknown model: 'x' is not found",
    inferResponse: { id: "b" },
  });
  deliver({ errorMessage: "odd" });
  stream().onMessage(Uint8Array.of(255), 1);
  assertEquals(
    replies.map((reply) => {
      const own = requests.find(({ id }) => String(id) === protocol.replyId(reply)) ?? requests[0];
      const { id, error, outputs } = protocol.decode(reply, own!);
      return [id, protocol.replyId(reply), protocol.isFinal(reply), error?.code, outputs[0]?.shape];
    }),
    [
      [1n, "1", false, undefined, [1]],
      [1n, "1", true, undefined, [1]],
      ["b", "b", true, undefined, [1, 1]],
      ["b", "b", true, "NOT_FOUND", undefined],
      [undefined, "", true, "UNKNOWN", undefined],
      [undefined, "", true, "PROTOCOL", undefined],
    ],
  );
  stream().onEnd(new InferenceError("CONNECTION", "gone"));
  assertEquals(ends.map((error) => error?.code), ["CONNECTION"]);
});
