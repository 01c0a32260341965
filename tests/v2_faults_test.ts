/**
 * Servers that answer v2 wrongly, slowly or not at all, and clients that ask wrongly: clear errors,
 * and nothing hangs.
 *
 * @module
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { gzipSync } from "node:zlib";
import { parseAddress } from "../src/base/address.ts";
import { InferenceClient } from "../src/client/inference_client.ts";
import type { InferOptions } from "../src/client/request.ts";
import { decodeMessage, encodeMessage } from "../src/protocol/message.ts";
import {
  type ModelConfig,
  ModelConfigResponse,
  ModelInferRequest,
  ModelInferResponse,
  ModelMetadataResponse,
  ModelStreamInferResponse,
} from "../src/protocol/v2/generated/messages.js";
import { createV2Http } from "../src/protocol/v2/http.ts";
import { listenGrpc } from "../src/server/grpc/listener.ts";
import type { StreamReceiver } from "../src/server/grpc/service.ts";
import type { Listener } from "../src/server/listening.ts";
import { startServer } from "../src/server/server.ts";
import { createHttp1Transport } from "../src/transport/http1/client/transport.ts";
import { runCommand } from "./run_command.ts";
import { serveTcp } from "./tcp_server.ts";

const utf8 = new TextEncoder();
const TIMEOUT_MS = 10_000;
const INFER: InferOptions = {
  inputs: { IN: [1, 2] },
  outputs: ["OUT", { name: "SCORES", classes: 2 }],
  timeoutMs: TIMEOUT_MS,
};

const METADATA = { name: "m", versions: ["1"], platform: "python", inputs: [], outputs: [] };
const CONFIG = {
  name: "m",
  max_batch_size: 4,
  input: [{ name: "IN", data_type: "TYPE_INT32", dims: [2] }],
  output: [
    { name: "OUT", data_type: "TYPE_INT32", dims: [2] },
    { name: "SCORES", data_type: "TYPE_FP32", dims: [4] },
  ],
};

/** A server with the model `m`, whose inference is scripted. */
function httpServer(
  infer: () => Response | Promise<Response>,
  metadata?: () => Response,
) {
  const abort = new AbortController();
  const { signal } = abort;
  const options = { hostname: "127.0.0.1", port: 0, signal, onListen() {} };
  const server = Deno.serve(options, async (request) => {
    await request.bytes();
    const path = new URL(request.url).pathname;
    if (path.endsWith("/infer")) return await infer();
    if (path.endsWith("/config")) return Response.json(CONFIG);
    if (path.startsWith("/v2/models/m")) return metadata?.() ?? Response.json(METADATA);
    return new Response('{"error":"Not Found"}', { status: 404 });
  });
  return {
    address: `127.0.0.1:${server.addr.port}`,
    async close() {
      abort.abort();
      await server.finished;
    },
  };
}

/** What one inference gives against a scripted server. */
async function inferHttp(infer: () => Response | Promise<Response>, maxResponseBytes?: number) {
  const server = httpServer(infer);
  const address = parseAddress(server.address, 0);
  const client = new InferenceClient(
    createV2Http(createHttp1Transport({ address }), { maxResponseBytes }),
  );
  try {
    return await client.infer("m", INFER);
  } finally {
    client.close();
    await server.close();
  }
}

const OUT = { name: "OUT", datatype: "INT32", shape: [1, 2], data: [3, 4] };
const SCORES = {
  name: "SCORES",
  datatype: "BYTES",
  shape: [1, 2],
  data: ["0.500000:2:time 12:30", "inf:0:http://host:8000/x"],
};

function answer(outputs: readonly unknown[]): Response {
  return Response.json({ model_name: "m", model_version: "1", outputs });
}

/** An answer with a binary part. */
function binary(outputs: readonly unknown[], tail: Uint8Array, headerLength?: number): Response {
  const json = utf8.encode(JSON.stringify({ model_name: "m", model_version: "1", outputs }));
  const body = new Uint8Array(json.length + tail.length);
  body.set(json);
  body.set(tail, json.length);
  return new Response(body, {
    headers: { "Inference-Header-Content-Length": String(headerLength ?? json.length) },
  });
}

const sized = (size: unknown) => ({
  ...OUT,
  data: undefined,
  parameters: { binary_data_size: size },
});

Deno.test("v2 http: JSON where binary was asked for; labels with colons", async () => {
  const result = await inferHttp(() => answer([OUT, SCORES]));
  assertEquals(result.error?.describe(), undefined);
  assertEquals([...result.output("OUT").data], [3, 4]);
  assertEquals(result.output("SCORES").classes(), [
    { index: 2, value: 0.5, label: "time 12:30" },
    { index: 0, value: Infinity, label: "http://host:8000/x" },
  ]);
});

Deno.test("v2 http: answers that are none", async () => {
  const gzip = (bytes: Uint8Array) =>
    new Response(bytes as Uint8Array<ArrayBuffer>, { headers: { "Content-Encoding": "gzip" } });
  const table: [what: string, () => Response, code: string, text: string][] = [
    [
      "an error that isn't JSON",
      () => new Response("<html>Bad Gateway</html>", { status: 502 }),
      "UNAVAILABLE",
      "HTTP 502 Bad Gateway and no v2 error message but: Bad Gateway",
    ],
    ["an error without words", () => new Response("", { status: 500 }), "INTERNAL", "no message"],
    [
      "a model that is not ready",
      () => Response.json({ error: "model is not ready" }, { status: 503 }),
      "UNAVAILABLE",
      "model is not ready",
    ],
    ["a page", () => new Response("<html>"), "PROTOCOL", "as JSON"],
    ["a list", () => Response.json([]), "PROTOCOL", "not an object"],
    ["no outputs", () => Response.json({}), "PROTOCOL", "outputs is not a list"],
    [
      "an unknown data type",
      () => answer([{ ...OUT, datatype: "FP8" }]),
      "PROTOCOL",
      'unknown data type "FP8"',
    ],
    [
      "elements of another type",
      () => answer([{ ...OUT, data: ["a", "b"] }]),
      "PROTOCOL",
      "output 'OUT'",
    ],
    [
      "fewer elements than the shape says",
      () => answer([{ ...OUT, shape: [1, 3] }]),
      "PROTOCOL",
      "INT32 of shape [1,3] needs 12 bytes, the answer has 8",
    ],
    ["a bad shape", () => answer([{ ...OUT, shape: [-1, 2] }]), "PROTOCOL", "dimension -1"],
    [
      "fewer bytes than promised",
      () => binary([sized(8)], new Uint8Array(4)),
      "PROTOCOL",
      "promises 8 bytes and has 4",
    ],
    [
      "more bytes than promised",
      () => binary([sized(8)], new Uint8Array(9)),
      "PROTOCOL",
      "1 bytes follow its last output",
    ],
    [
      "a binary size that is none",
      () => binary([sized(-1)], new Uint8Array()),
      "PROTOCOL",
      "binary_data_size -1",
    ],
    [
      "a JSON part longer than the body",
      () => binary([sized(8)], new Uint8Array(8), 9999),
      "PROTOCOL",
      'Inference-Header-Content-Length is "9999"',
    ],
    [
      "classes in another form",
      () => answer([OUT, { ...SCORES, data: ["cat", "dog"] }]),
      "PROTOCOL",
      '"cat"',
    ],
    ["damaged gzip", () => gzip(utf8.encode("no gzip at all")), "PROTOCOL", "decompress"],
    [
      "a gzip bomb",
      () => gzip(gzipSync(new Uint8Array(8 * 1024 * 1024))),
      "PROTOCOL",
      "grows beyond 1000000 bytes",
    ],
    [
      "compression that nobody asked for",
      () => new Response("x", { headers: { "Content-Encoding": "zstd" } }),
      "PROTOCOL",
      '"zstd"',
    ],
  ];
  for (const [what, infer, code, text] of table) {
    const { error } = await inferHttp(infer, 1_000_000);
    assertEquals(error?.code, code, `${what}: ${error?.describe()}`);
    assertStringIncludes(error!.message, text, what);
  }
});

Deno.test("v2 http: a server that dies in the middle of an answer", async () => {
  const ok = (json: unknown) => {
    const body = JSON.stringify(json);
    return `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  };
  await using server = serveTcp(async (peer) => {
    for (;;) {
      const request = await peer.request();
      if (request === undefined) return;
      if (request.head.includes("/infer")) {
        return await peer.send('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{"outputs":[');
      }
      await peer.send(ok(request.head.includes("/config") ? CONFIG : METADATA));
    }
  });
  const url = `127.0.0.1:${server.address.port}`;
  await using client = await InferenceClient.connect({ url, api: "v2" });
  const { error } = await client.infer("m", INFER);
  assertEquals(error?.code, "CONNECTION", error?.describe());
  assertStringIncludes(error!.message, url);
});

Deno.test("v2 http: a server that never answers is given up", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const server = httpServer(() => promise.then(() => new Response()));
  try {
    await using client = await InferenceClient.connect({ url: server.address, api: "v2" });
    const { error } = await client.infer("m", { ...INFER, timeoutMs: 50 });
    assertEquals(error?.code, "TIMEOUT");
  } finally {
    resolve();
    await server.close();
  }
});

Deno.test("v2 http: commands say in one line what is wrong with a server", async () => {
  const table: [() => Response, RegExp][] = [
    [() => new Response("<html>"), /^error: .*as JSON/],
    [() => Response.json({ ...METADATA, inputs: 7 }), /^error: .*inputs: not a list/],
    [() => new Response("no", { status: 403 }), /^error: .*HTTP 403.*headers/],
  ];
  for (const [metadata, message] of table) {
    const server = httpServer(() => new Response("?"), metadata);
    try {
      for (const command of [["infer", "-m", "m", "--input", "IN=[1,2]"], ["status", "m"]]) {
        const result = await runCommand([...command, "-u", server.address, "--api", "v2"]);
        assertEquals([result.code, result.stdout], [1, ""]);
        assertEquals(result.stderr.trimEnd().split("\n").length, 1, result.stderr);
        if (command[0] === "infer") assert(message.test(result.stderr), result.stderr);
      }
    } finally {
      await server.close();
    }
  }
});

const GRPC_CONFIG: ModelConfig = {
  name: "m",
  maxBatchSize: 4,
  input: [{ name: "IN", dataType: "TYPE_INT32", dims: [2n] }],
  output: [{ name: "OUT", dataType: "TYPE_INT32", dims: [2n] }],
  modelTransactionPolicy: { decoupled: true },
};

/** A server with the model `m`, whose inference is scripted. */
function grpcServer(
  infer: (message: Uint8Array) => Uint8Array,
  open: (send: (message: Uint8Array) => void) => StreamReceiver = () => ({
    onMessage: () => Promise.resolve(),
  }),
): Listener {
  return listenGrpc([{
    name: "inference.GRPCInferenceService",
    methods: [
      {
        kind: "unary",
        name: "ModelMetadata",
        handle: () => encodeMessage(ModelMetadataResponse, METADATA),
      },
      {
        kind: "unary",
        name: "ModelConfig",
        handle: () => encodeMessage(ModelConfigResponse, { config: GRPC_CONFIG }),
      },
      { kind: "unary", name: "ModelInfer", handle: infer },
      { kind: "stream", name: "ModelStreamInfer", open },
    ],
  }], { host: "127.0.0.1", port: 0 });
}

const GRPC_OUT = { name: "OUT", datatype: "INT32", shape: [1n, 2n] };

Deno.test("v2 grpc: answers that are none", async () => {
  const table: [what: string, ModelInferResponse | Uint8Array, text: string][] = [
    ["no message", Uint8Array.of(255, 255, 255), "Cannot read the server's protobuf message"],
    ["no contents", { outputs: [GRPC_OUT] }, "needs 8 bytes, the answer has 0"],
    [
      "more contents than outputs",
      { outputs: [GRPC_OUT], rawOutputContents: [new Uint8Array(8), new Uint8Array(8)] },
      "1 outputs and 2 raw contents",
    ],
    [
      "an unknown data type",
      { outputs: [{ ...GRPC_OUT, datatype: "FP8" }], rawOutputContents: [new Uint8Array(8)] },
      'unknown data type "FP8"',
    ],
    [
      "a shape that does not fit",
      { outputs: [{ ...GRPC_OUT, shape: [1n, 3n] }], rawOutputContents: [new Uint8Array(8)] },
      "needs 12 bytes",
    ],
    [
      "a dimension below 0",
      { outputs: [{ ...GRPC_OUT, shape: [-1n, 2n] }], rawOutputContents: [new Uint8Array(8)] },
      "has the shape",
    ],
  ];
  for (const [what, reply, text] of table) {
    const server = grpcServer(() =>
      reply instanceof Uint8Array ? reply : encodeMessage(ModelInferResponse, reply)
    );
    const client = await InferenceClient.connect({ url: server.address, wire: "grpc", api: "v2" });
    const { error } = await client.infer("m", {
      inputs: { IN: [1, 2] },
      timeoutMs: TIMEOUT_MS,
    });
    client.close();
    await server.close(0);
    assertEquals(error?.code, "PROTOCOL", `${what}: ${error?.describe()}`);
    assertStringIncludes(error!.message, text, what);
  }
});

Deno.test("v2 grpc: a server that dies between the answers of a stream", async () => {
  const server: Listener = grpcServer(() => new Uint8Array(), (send) => ({
    onMessage(message) {
      const { id } = decodeMessage(ModelInferRequest, message);
      const inferResponse = {
        id,
        parameters: { triton_final_response: { boolParam: false } },
        outputs: [GRPC_OUT],
        rawOutputContents: [new Uint8Array(8)],
      };
      send(encodeMessage(ModelStreamInferResponse, { inferResponse }));
      // Never done: only the end of the connection ends it.
      return new Promise(() => {});
    },
  }));
  await using client = await InferenceClient.connect({
    url: server.address,
    wire: "grpc",
    api: "v2",
  });
  const model = await client.model("m");
  const stream = model.stream();
  const results = [];
  for await (const result of stream.inferMany({ inputs: { IN: [1, 2] } })) {
    results.push(result.error?.code ?? [...result.output("OUT").data]);
    if (results.length === 1) await server.close(0);
  }
  assertEquals(results, [[0, 0], "CONNECTION"]);
  await stream.close();
});

Deno.test("v2 grpc: perf_client: an error that isn't final doesn't end a decoupled request", async () => {
  let [open, most, received] = [0, 0, 0];
  const server = grpcServer(() => new Uint8Array(), (send) => ({
    async onMessage(message) {
      const { id } = decodeMessage(ModelInferRequest, message);
      received++;
      most = Math.max(most, ++open);
      const answer = (isFinal: boolean, errorMessage = "") => {
        const parameters = { triton_final_response: { boolParam: isFinal } };
        const output = { outputs: [GRPC_OUT], rawOutputContents: [new Uint8Array(8)] };
        const inferResponse = { id, parameters, ...errorMessage === "" && !isFinal && output };
        send(encodeMessage(ModelStreamInferResponse, { errorMessage, inferResponse }));
      };
      answer(false);
      // Every second request has an error among its answers.
      if (received % 2 === 0) answer(false, "out of luck");
      // A client that takes it for the end would send the next request by now.
      await new Promise((resolve) => setTimeout(resolve, 20));
      answer(false);
      open--;
      answer(true);
    },
  }));
  const { code, stdout } = await runCommand([
    ...["perf_client", "-m", "m", "-i", "grpc", "-u", server.address, "--api", "v2", "--streaming"],
    ...["-t", "1", "--request-count", "20", "--max-threads", "1", "--json", "-"],
  ]);
  await server.close(0);
  const [{ counts, reported, errors }] = JSON.parse(stdout).levels;
  assertEquals([code, most, received], [1, 1, 20]);
  assertEquals(counts, { sent: 20, succeeded: 10, failed: 10, inFlight: 0 });
  assertEquals(reported.responses.responseCount, 20);
  assertEquals(errors.map(({ count }: { count: number }) => count), [10]);
});

Deno.test("v2 grpc: a command whose stream breaks off ends with the reason", async () => {
  const server = grpcServer(() => new Uint8Array(), (send) => ({
    onMessage(message) {
      const { id } = decodeMessage(ModelInferRequest, message);
      send(encodeMessage(ModelStreamInferResponse, {
        errorMessage: "out of luck",
        inferResponse: { id },
      }));
      return Promise.resolve();
    },
  }));
  const result = await runCommand([
    ...["infer", "-m", "m", "--input", "IN=[1,2]", "-i", "grpc", "--api", "v2"],
    ...["-u", server.address],
  ]);
  await server.close(0);
  assertEquals([result.code, result.stdout], [1, ""]);
  assertStringIncludes(result.stderr, "out of luck");
});

Deno.test("the embedded server refuses bad v2 bodies in Triton's way", async () => {
  await using server = await startServer({ httpPort: 0, grpcPort: false });
  const post = async (body: BodyInit, headers: HeadersInit = {}, model = "identity_fp32") => {
    const url = `http://${server.httpAddress}/v2/models/${model}/infer`;
    const response = await fetch(url, { method: "POST", body, headers });
    const text = await response.text();
    return [response.status, JSON.parse(text).error ?? text] as const;
  };
  const bomb = gzipSync(new Uint8Array(16 * 1024 * 1024));
  const bombs = new Uint8Array(bomb.length * 9);
  for (let i = 0; i < 9; i++) bombs.set(bomb, i * bomb.length);
  const gzip = { "Content-Encoding": "gzip" };
  const input = (more: object) =>
    JSON.stringify({
      inputs: [{ name: "INPUT0", datatype: "FP32", shape: [1, 2], data: [1, 2], ...more }],
    });
  const table: [BodyInit, HeadersInit, number, string][] = [
    ["x", {}, 500, "failed to parse the request JSON buffer"],
    ["{}", {}, 500, "Unable to parse 'inputs': attempt to access non-existing object member"],
    [input({ data: ["a", "b"] }), {}, 500, "attempt to access JSON non-number as double"],
    [input({ data: [1] }), {}, 500, "Shape does not match true shape of 'data' field"],
    [input({ data: undefined }), {}, 400, "But no field is set"],
    [input({ datatype: "FP8" }), {}, 400, "invalid datatype for input INPUT0"],
    [input({ datatype: "INT32" }), {}, 400, "data-type is 'INT32', but model 'identity_fp32'"],
    [input({ shape: [2] }), {}, 400, "Expected [-1,-1], got [2]. NOTE: "],
    [input({ name: "NO" }), {}, 400, "unexpected inference input 'NO'"],
    [input({}), { "Inference-Header-Content-Length": "9999" }, 400, "should be in range (0, "],
    [
      input({}) + "x",
      { "Inference-Header-Content-Length": `${input({}).length}` },
      400,
      "additional",
    ],
    [utf8.encode("no gzip"), gzip, 400, "unable to decompress the gzip request"],
    [bombs, gzip, 413, "it grows beyond 33554432 bytes"],
    ["x", { "Content-Encoding": "br" }, 501, "Unsupported compression type"],
  ];
  for (const [body, headers, status, text] of table) {
    const [gotStatus, message] = await post(body, headers);
    assertEquals(gotStatus, status, message);
    assertStringIncludes(message, text);
  }
  assertEquals((await post(input({}), {}, "nosuch"))[0], 404);
  assertEquals((await post(input({})))[0], 200);
});

Deno.test("the embedded server compresses and decompresses", async () => {
  await using server = await startServer({ httpPort: 0, grpcPort: false });
  for (const compression of ["gzip", "deflate"] as const) {
    const protocol = createV2Http(
      createHttp1Transport({ address: parseAddress(server.httpAddress!, 0) }),
      { compression, responseCompression: compression },
    );
    await using client = new InferenceClient(protocol);
    const INPUT0 = { values: new Float32Array(10_000).fill(7), shape: [10_000] };
    const model = await client.model("identity_fp32");
    const wire = protocol.encode({
      modelName: "identity_fp32",
      batchSize: 1,
      batched: true,
      inputs: [{
        name: "INPUT0",
        dataType: "FP32",
        shape: [10_000],
        data: [new Uint8Array(INPUT0.values.buffer)],
      }],
      outputs: [],
    });
    const reply = await protocol.send(wire);
    assert(wire.byteLength < 2000 && reply.byteLength < 2000, compression);
    const result = await model.infer({ inputs: { INPUT0 } });
    assertEquals([...result.output("OUTPUT0").data], [...INPUT0.values]);
  }
});
