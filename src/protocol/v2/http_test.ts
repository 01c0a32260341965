import { assert, assertEquals, assertRejects, assertStrictEquals, assertThrows } from "@std/assert";
import { InferenceError } from "../../base/errors.ts";
import type { InferRequest, InferResponse, ParameterValue } from "../types.ts";
import { compress } from "./compression.ts";
import { type FakeAnswer, fakeHttp, simpleRequest } from "./fake_test_transports.ts";
import { createV2Http, type V2HttpOptions } from "./http.ts";

const utf8 = new TextEncoder();

/** Recorded from Triton 2.51: an answer with two binary outputs. */
const GOOD_JSON = '{"id":"7","model_name":"simple","model_version":"1","outputs":[' +
  '{"name":"OUTPUT0","datatype":"INT32","shape":[1,2],"parameters":{"binary_data_size":8}},' +
  '{"name":"OUTPUT1","datatype":"INT32","shape":[1,1],"data":[-1]}]}';
const GOOD = Uint8Array.from([...utf8.encode(GOOD_JSON), 1, 0, 0, 0, 2, 0, 0, 0]);
const headerLength = (length: number | string) => ({
  "inference-header-content-length": String(length),
});

async function exchange(
  answer: FakeAnswer,
  request: Partial<InferRequest> = {},
  options: V2HttpOptions = {},
): Promise<{ response: InferResponse; failure: InferenceError | undefined }> {
  const protocol = createV2Http(fakeHttp(() => answer).transport, options);
  const wanted = simpleRequest(request);
  const reply = await protocol.send(protocol.encode(wanted));
  return { response: protocol.decode(reply, wanted), failure: protocol.failure(reply) };
}

Deno.test("a request: path, headers, JSON, and the caller's own bytes", async () => {
  const { transport, requests } = fakeHttp(() => ({ body: GOOD, headers: headerLength(0) }));
  const protocol = createV2Http(transport, { headers: [["X-Key", "v"]] });
  const wanted = simpleRequest({
    modelName: "a/b c",
    modelVersion: 3n,
    id: 7n,
    sequence: { id: 2n ** 64n - 1n, start: true },
    parameters: { text: "x", flag: false, part: 1.5 },
    outputs: [{ name: "OUTPUT0" }, { name: "OUTPUT1", classCount: 3 }],
  });
  const wire = protocol.encode(wanted);
  await protocol.send(wire);
  await protocol.send(wire);
  const { method, path, headers, body } = requests[0]!;
  assertEquals([method, path], ["POST", "/base/v2/models/a%2Fb%20c/versions/3/infer"]);
  const json = new TextDecoder().decode(body![0]);
  assertEquals(
    json,
    '{"id":"7","parameters":{"text":"x","flag":false,"part":1.5,' +
      '"sequence_id":18446744073709551615,"sequence_start":true},"inputs":[' +
      '{"name":"INPUT0","shape":[1,16],"datatype":"INT32","parameters":{"binary_data_size":64}},' +
      '{"name":"INPUT1","shape":[1,16],"datatype":"INT32","parameters":{"binary_data_size":64}}],' +
      '"outputs":[{"name":"OUTPUT0","parameters":{"binary_data":true}},' +
      '{"name":"OUTPUT1","parameters":{"binary_data":true,"classification":3}}]}',
  );
  assertEquals(headers, [
    ["Inference-Header-Content-Length", String(body![0]!.byteLength)],
    ["Content-Type", "application/octet-stream"],
    ["X-Key", "v"],
  ]);
  assertStrictEquals(body![1], wanted.inputs[0]!.data[0]);
  assertEquals(wire.byteLength, body!.reduce((sum, piece) => sum + piece.byteLength, 0));
  // Sent again, nothing is made anew.
  assertStrictEquals(requests[1]!.body, body);
  assertStrictEquals(requests[1]!.headers, headers);
});

Deno.test("all outputs are asked for in binary when none is named", async () => {
  const { transport, requests } = fakeHttp(() => ({}));
  const protocol = createV2Http(transport);
  await protocol.send(protocol.encode(simpleRequest({ batched: false, id: "" })));
  const json = JSON.parse(new TextDecoder().decode(requests[0]!.body![0]));
  assertEquals(json.parameters, { binary_data_output: true });
  assertEquals([json.outputs, json.id, json.inputs[0].shape], [undefined, undefined, [16]]);
});

Deno.test("a good answer, binary and JSON outputs mixed", async () => {
  const { response, failure } = await exchange({
    body: GOOD,
    headers: headerLength(GOOD_JSON.length),
  }, { id: 7n });
  assertEquals(failure, undefined);
  assertEquals(response, {
    id: 7n,
    modelName: "simple",
    modelVersion: "1",
    batchSize: 1,
    outputs: [
      {
        name: "OUTPUT0",
        dataType: "INT32",
        shape: [2],
        data: Uint8Array.of(1, 0, 0, 0, 2, 0, 0, 0),
      },
      { name: "OUTPUT1", dataType: "INT32", shape: [1], data: new Uint8Array(4).fill(255) },
    ],
    parameters: undefined,
    final: true,
  });
});

Deno.test("binary outputs are views of the body", async () => {
  const { response } = await exchange({ body: GOOD, headers: headerLength(GOOD_JSON.length) });
  assertStrictEquals(response.outputs[0]!.data!.buffer, GOOD.buffer);
});

Deno.test("JSON outputs of every type", async () => {
  const table: [string, string, number[]][] = [
    ["BOOL", "[true,false]", [1, 0]],
    ["UINT8", "[0,255]", [0, 255]],
    ["INT8", "[-1,127]", [255, 127]],
    ["UINT16", "[65535,1]", [255, 255, 1, 0]],
    ["INT16", "[-2,1]", [254, 255, 1, 0]],
    ["UINT32", "[4294967295,0]", [255, 255, 255, 255, 0, 0, 0, 0]],
    ["INT32", "[[-1],[1]]", [255, 255, 255, 255, 1, 0, 0, 0]],
    ["UINT64", "[18446744073709551615,1]", [...Array(8).fill(255), 1, ...Array(7).fill(0)]],
    ["INT64", "[-9223372036854775808,0]", [...Array(7).fill(0), 128, ...Array(8).fill(0)]],
    ["FP16", "[1,-2]", [0, 0x3c, 0, 0xc0]],
    ["BF16", "[1,-2]", [0x80, 0x3f, 0, 0xc0]],
    ["FP32", "[1.0000000031710769e-30,-Infinity]", [0x60, 0x42, 0xa2, 0x0d, 0, 0, 0x80, 0xff]],
    ["FP64", "[1,Infinity]", [0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 0, 0, 0, 0, 0, 0, 0xf0, 0x7f]],
    ["BYTES", '["a","ü"]', [1, 0, 0, 0, 97, 2, 0, 0, 0, 0xc3, 0xbc]],
  ];
  for (const [datatype, data, bytes] of table) {
    const output = `{"name":"X","datatype":"${datatype}","shape":[1,2],"data":${data}}`;
    const { response } = await exchange({ body: `{"outputs":[${output}]}` });
    assertEquals(response.error?.message, undefined, datatype);
    assertEquals([...response.outputs[0]!.data!], bytes, datatype);
  }
  const nan = '{"outputs":[{"name":"X","datatype":"FP32","shape":[1],"data":[NaN]}]}';
  const { response } = await exchange({ body: nan }, { batched: false });
  assertEquals(new DataView(response.outputs[0]!.data!.buffer).getFloat32(0, true), NaN);
});

Deno.test("class outputs by binary and by JSON", async () => {
  const wanted = { outputs: [{ name: "X", classCount: 1 }], batchSize: 2 };
  const expected = [[{ value: 1, index: 0, label: "a" }], [{ value: 2, index: 1, label: "b:c" }]];
  const strings = Uint8Array.from(
    ["1.0:0:a", "2.0:1:b:c"].flatMap((text) => [text.length, 0, 0, 0, ...utf8.encode(text)]),
  );
  const head = `{"outputs":[{"name":"X","datatype":"BYTES","shape":[2,1],` +
    `"parameters":{"binary_data_size":${strings.byteLength}}}]}`;
  const binary = await exchange({
    body: Uint8Array.from([...utf8.encode(head), ...strings]),
    headers: headerLength(head.length),
  }, wanted);
  assertEquals(binary.response.outputs, [{ name: "X", dataType: "STRING", classes: expected }]);
  assertEquals(binary.response.batchSize, 2);
  const json = await exchange({
    body:
      '{"outputs":[{"name":"X","datatype":"BYTES","shape":[2,1],"data":["1.0:0:a","2.0:1:b:c"]}]}',
  }, wanted);
  assertEquals(json.response.outputs[0]!.classes, expected);
});

Deno.test("malformed answers are errors of code PROTOCOL, never exceptions", async () => {
  const output = (more: string) => `{"outputs":[{"name":"X","datatype":"INT32",${more}}]}`;
  const table: [FakeAnswer, string][] = [
    [{ body: "" }, "JSON"],
    [{ body: "<html>" }, "JSON"],
    [{ body: "[]" }, "not an object"],
    [{ body: "{}" }, "outputs is not a list"],
    [{ body: '{"outputs":[5]}' }, "an output is not an object"],
    [{ body: '{"outputs":[{"datatype":"INT32","shape":[1]}]}' }, "name is not text"],
    [{ body: '{"outputs":[{"name":"X","datatype":"INT9","shape":[1],"data":[1]}]}' }, '"INT9"'],
    [{ body: output('"shape":5,"data":[1]') }, "shape of output 'X' is not a list"],
    [{ body: output('"shape":[-1],"data":[1]') }, "dimension -1"],
    [{ body: output('"shape":[1.5],"data":[1]') }, "dimension 1.5"],
    [{ body: output('"shape":[9007199254740993],"data":[1]') }, "dimension 9007199254740993"],
    [{ body: output('"shape":[1]') }, "neither binary_data_size nor"],
    [{ body: output('"shape":[1],"data":["a"]') }, "INT32"],
    [{ body: output('"shape":[1],"data":[2147483648]') }, "INT32"],
    [{ body: output('"shape":[1],"data":[1,2]') }, "needs 4 bytes, the answer has 8"],
    [{ body: output('"shape":[1],"parameters":{"binary_data_size":-4}') }, "binary_data_size -4"],
    [{ body: output('"shape":[1],"parameters":{"binary_data_size":1e300}') }, "binary_data_size"],
    [{ body: output('"shape":[1],"parameters":{"binary_data_size":4}') }, "promises 4 bytes"],
    [{ body: GOOD, headers: headerLength(GOOD.length + 1) }, "Inference-Header-Content-Length"],
    [{ body: GOOD, headers: headerLength(-1) }, "Inference-Header-Content-Length"],
    [{ body: GOOD, headers: headerLength("abc") }, "Inference-Header-Content-Length"],
    [{ body: GOOD, headers: headerLength(GOOD_JSON.length - 1) }, "JSON"],
    [{
      body: Uint8Array.from([...GOOD, 0]),
      headers: headerLength(GOOD_JSON.length),
    }, "1 bytes follow"],
    [{ body: GOOD, headers: { "content-encoding": "gzip" } }, "decompress"],
    [{ body: GOOD, headers: { "content-encoding": "br" } }, '"br"'],
  ];
  for (const [answer, text] of table) {
    const { response } = await exchange(answer);
    assertEquals(response.error?.code, "PROTOCOL", text);
    assert(response.error!.message.includes(text), `${text}: ${response.error!.message}`);
    assertEquals([response.outputs, response.final], [[], true]);
  }
});

Deno.test("a cut-off answer is never taken for a good one", async () => {
  for (let length = 0; length < GOOD.byteLength; length++) {
    const { response } = await exchange({
      body: GOOD.subarray(0, length),
      headers: headerLength(GOOD_JSON.length),
    });
    assertEquals(response.error?.code, "PROTOCOL", `${length} bytes`);
  }
});

Deno.test("refusals and compressed bodies", async () => {
  const refused = await exchange({ status: 404, body: '{"error":"no such thing"}' });
  assertEquals(refused.failure?.code, "NOT_FOUND");
  assertEquals([refused.response.error?.message, refused.response.modelName], [
    "no such thing",
    "simple",
  ]);
  const body = compress([GOOD], "gzip");
  const headers = { ...headerLength(GOOD_JSON.length), "content-encoding": "gzip" };
  const good = await exchange({ body, headers });
  assertEquals(good.response.outputs.length, 2);
  const capped = await exchange({ body, headers }, {}, { maxResponseBytes: 100 });
  assert(capped.response.error!.message.includes("beyond 100 bytes"));
  const error = await exchange({
    status: 400,
    body: compress([utf8.encode('{"error":"x"}')], "deflate"),
    headers: { "content-encoding": "deflate" },
  });
  assertEquals(error.failure?.message, "x");
  const broken = await exchange({ status: 400, headers: { "content-encoding": "gzip" } });
  assertEquals(broken.failure?.code, "PROTOCOL");
});

Deno.test("requests are compressed once, with the length of the uncompressed JSON", async () => {
  const { transport, requests } = fakeHttp(() => ({}));
  const protocol = createV2Http(transport, { compression: "gzip", responseCompression: "deflate" });
  const plain = createV2Http(transport);
  await plain.send(plain.encode(simpleRequest()));
  await protocol.send(protocol.encode(simpleRequest()));
  const length = requests[0]!.headers[0]!;
  const { headers, body } = requests[1]!;
  assertEquals(headers, [
    length,
    ["Content-Type", "application/octet-stream"],
    ["Content-Encoding", "gzip"],
    ["Accept-Encoding", "deflate"],
  ]);
  assertEquals([body!.length, [...body![0]!.subarray(0, 2)]], [1, [0x1f, 0x8b]]);
});

Deno.test("what v2 can't say is INVALID_ARG", () => {
  const protocol = createV2Http(fakeHttp(() => ({})).transport);
  const input = simpleRequest().inputs[0]!;
  const parameters: [string, ParameterValue][] = [
    ["nan", NaN],
    ["infinite", -Infinity],
    ["unsafe", 2 ** 53],
    ["big", 2n ** 64n],
    ["small", -(2n ** 63n) - 1n],
  ];
  const table: [Partial<InferRequest>, string][] = [
    ...parameters.map((
      [name, value],
    ): [Partial<InferRequest>, string] => [{ parameters: { [name]: value } }, `"${name}"`]),
    [{ sequence: { id: -1n } }, "sequence id"],
    [{ sequence: { id: 2n ** 64n } }, "sequence id"],
    [{ batchSize: -1 }, "'INPUT0'"],
    [{ inputs: [{ ...input, shape: [1.5] }] }, "'INPUT0'"],
  ];
  for (const [more, text] of table) {
    const error = assertThrows(() => protocol.encode(simpleRequest(more)), InferenceError, text);
    assertEquals(error.code, "INVALID_ARG");
  }
});

Deno.test("queries: paths, headers, and what the answers mean", async () => {
  const answers: Record<string, FakeAnswer> = {
    "GET /base/v2/health/live": {},
    "GET /base/v2/health/ready": { status: 400 },
    "GET /base/v2/models/m%2F1/ready": { status: 404 },
    "POST /base/v2/repository/index": { body: '[{"name":"a"}]' },
    "POST /base/v2/repository/models/a/load": {},
    "GET /base/v2/models/stats": { body: '{"model_stats":[{"name":"a","inference_count":5}]}' },
    "GET /base/v2/models/a/versions/2/stats": { body: "{}" },
  };
  const { transport, requests } = fakeHttp(({ method, path }) =>
    answers[`${method} ${path}`] ?? { status: 404, body: '{"error":"Not Found"}' }
  );
  const protocol = createV2Http(transport, { headers: [["X-Key", "v"]] });
  assertEquals(await protocol.live(), true);
  assertEquals(await protocol.ready(), false);
  assertEquals(await protocol.modelReady("m/1"), false);
  assertEquals(await protocol.repository!.index(), [{
    name: "a",
    version: "",
    state: "UNAVAILABLE",
  }]);
  await protocol.repository!.load("a");
  assertEquals((await protocol.statistics())[0]!.inferenceCount, 5n);
  assertEquals(await protocol.statistics("a", 2n), []);
  assert(requests.every(({ headers }) => headers.some(([name]) => name === "X-Key")));
  for (
    const query of [
      () => protocol.repository!.unload("a"),
      () => protocol.model("a"),
      () => protocol.status(),
    ]
  ) {
    assertEquals((await assertRejects(query, InferenceError, "Not Found")).code, "NOT_FOUND");
  }
  assertEquals([protocol.profile, protocol.openStream], [undefined, undefined]);
});

Deno.test("a model whose configuration is refused is described by its metadata", async () => {
  const metadata = '{"name":"a","versions":["1"],"platform":"p","inputs":' +
    '[{"name":"x","datatype":"FP32","shape":[-1,3]}],"outputs":[]}';
  const config: FakeAnswer = { status: 403, body: '{"error":"This API is restricted"}' };
  const { transport } = fakeHttp(({ path }) =>
    path.endsWith("/config") ? config : { body: metadata }
  );
  const info = await createV2Http(transport).model("a");
  assertEquals(info.inputs, [{ name: "x", dataType: "FP32", shape: [3], format: "NONE" }]);
  const broken = fakeHttp(({ path }) => ({ body: path.endsWith("/config") ? "{" : metadata }));
  const error = await assertRejects(
    () => createV2Http(broken.transport).model("a"),
    InferenceError,
  );
  assertEquals(error.code, "PROTOCOL");
});
