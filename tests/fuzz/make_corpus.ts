/**
 * Writes tests/fuzz/corpus from the embedded server's own answers and a few texts, and leaves inputs
 * that are there already: `deno run -A tests/fuzz/make_corpus.ts`.
 *
 * @module
 */
import { parseAddress } from "../../src/base/address.ts";
import { writeNpy } from "../../src/tensor/npy.ts";
import { encodeMessage } from "../../src/protocol/message.ts";
import type { GrpcReply } from "../../src/protocol/codec.ts";
import { ModelStreamInferResponse } from "../../src/protocol/v2/generated/messages.js";
import { startServer } from "../../src/server/server.ts";
import { createNativeChannel } from "../../src/transport/grpc/client/channel.ts";
import { HpackEncoder } from "../../src/transport/http2/hpack_encoder.ts";
import { connectTo, REQUESTS } from "../malformed_answers.ts";
import { seededRandom } from "../mutate.ts";
import { clientFrames, serverFrames } from "./http2_frames.ts";

const latin1 = (bytes: Uint8Array) => Array.from(bytes, (b) => String.fromCharCode(b)).join("");
const folder = new URL("./corpus/", import.meta.url);

async function add(name: string, inputs: readonly (string | Uint8Array)[]): Promise<void> {
  const path = new URL(`${name}.json`, folder);
  const known: string[] = await Deno.readTextFile(path).then(JSON.parse, () => []);
  const texts = inputs.map((input) => typeof input === "string" ? input : latin1(input));
  const all = [...new Set([...known, ...texts])];
  await Deno.writeTextFile(
    path,
    JSON.stringify(all, null, 2).replace(
      /[\x7f-\xff]/g,
      (char) => `\\u00${char.charCodeAt(0).toString(16)}`,
    ) + "\n",
  );
}

await using server = await startServer({ httpPort: 0, grpcPort: 0 });
const http = parseAddress(server.httpAddress!, 0);

/** The bytes of an answer over HTTP. */
async function answerTo(method: string, path: string, headers: string, body: Uint8Array) {
  const conn = await Deno.connect({ hostname: http.host, port: http.port });
  const head = `${method} ${path} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n${headers}` +
    `Content-Length: ${body.length}\r\n\r\n`;
  await conn.write(new TextEncoder().encode(head));
  if (body.length > 0) await conn.write(body);
  return new Uint8Array(await new Response(conn.readable).arrayBuffer());
}

const NONE = new Uint8Array(0);
const PATHS = {
  v1: ["/api/status", "/api/status/simple", "/api/health/live", "/api/status/none"],
  v2: ["/v2", "/v2/models/simple", "/v2/models/simple/config", "/v2/models/simple/stats"]
    .concat(["/v2/models/none", "/v2/health/ready"]),
};
for (const api of ["v1", "v2"] as const) {
  const answers: Uint8Array[] = [];
  for (const path of PATHS[api]) {
    const answer = await answerTo("GET", path, "", NONE);
    if (answer.length < 4000) answers.push(answer);
  }
  const protocol = connectTo(server, api, "http");
  for (const request of REQUESTS) {
    // deno-lint-ignore no-explicit-any
    const encoded: any = protocol.encode(request);
    const lines = [...encoded.headers].map(([name, value]: [string, string]) =>
      `${name}: ${value}`
    );
    const body = new Uint8Array(await new Blob(encoded.body).arrayBuffer());
    answers.push(await answerTo("POST", encoded.path, lines.map((l) => `${l}\r\n`).join(""), body));
  }
  protocol.close();
  await add(`${api}-http`, answers);
  const channel = connectTo(server, api, "grpc");
  const messages: Uint8Array[] = [];
  for (const request of REQUESTS) {
    messages.push(((await channel.send(channel.encode(request))) as GrpcReply).message);
  }
  channel.close();
  const queries = createNativeChannel({ address: parseAddress(server.grpcAddress!, 0) });
  const model = Uint8Array.of(0x0a, 6, 0x73, 0x69, 0x6d, 0x70, 0x6c, 0x65);
  const methods = api === "v1"
    ? ["/nvidia.inferenceserver.GRPCService/Health", "/nvidia.inferenceserver.GRPCService/Status"]
    : ["ServerMetadata", "ModelMetadata", "ModelConfig", "ModelStatistics", "RepositoryIndex"]
      .map((method) => `/inference.GRPCInferenceService/${method}`);
  for (const method of methods) {
    const asked = method.endsWith("Index") || method.endsWith("Health") ? NONE : model;
    const { message } = await queries.unary(method, asked);
    if (message.length < 8000) messages.push(message);
  }
  queries.close();
  await add(`${api}-grpc`, messages);
  await add(
    `${api}-stream`,
    api === "v1" ? messages.slice(0, 2) : messages.slice(0, 2).flatMap((message) => [
      encodeMessage(ModelStreamInferResponse, { errorMessage: "no" }),
      // Field 2 holds the answer as it is.
      Uint8Array.of(0x12, message.length & 0x7f | 0x80, message.length >> 7, ...message),
    ]),
  );
}

await add("text-protobuf", [
  'code: SUCCESS server_id: "inference:0" request_id: 1',
  'code: INVALID_ARG msg: "no \\"x\\" \\303\\244" server_id: "inference:0" request_id: 18446744073709551615',
  'id: 7 model_name: "simple" model_version: 1 batch_size: 2 output { name: "O" raw { dims: 16 batch_byte_size: 64 } }',
  'output { name: "O" batch_classes { cls { idx: 1 value: 0.5 label: "a" } cls { idx: 2 value: -inf } } }',
  'batch_size: 1 input { name: "I" dims: [1, 2, 3] } output { name: "O" cls { count: 3 } }',
  'id: "inference:0" version: "1.4.0" uptime_ns: 1 model_status { key: "m" value { config { name: "m" max_batch_size: 8 } } } ready_state: SERVER_READY',
]);
await add("input-json", [
  "[1,2,3]",
  "[[1.5,-2e3],[NaN,-Infinity]]",
  '["a","b\\u0000","\\u0000n5"]',
  "[18446744073709551615,-9223372036854775808]",
  '{"b64":"AAECAw=="}',
  '[{"b64":"AA=="},"x"]',
  "true",
]);
await add("perf-json", [
  '{"data":[{"INPUT0":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16],"TEXT":["a"],"WIDE":[1,2,3,9007199254740993]}]}',
  '{"data":[[{"INPUT0":{"content":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16],"shape":[16]},"TEXT":{"content":["a","b"],"shape":[2]},"WIDE":[1,2,3,4]}]]}',
  '{"data":[{"INPUT0":{"b64":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=="},"TEXT":["a"],"WIDE":[[1,2],[3,4]]}]}',
]);
await add(
  "npy",
  (["FP32", "INT64", "BOOL"] as const).map((dataType) =>
    writeNpy({
      dataType,
      shape: [2, 3],
      data: new Uint8Array({ FP32: 24, INT64: 48, BOOL: 6 }[dataType]),
    })
  ).concat(
    [["|S3", 6], ["<U2", 16]].map(([descr, size]) => {
      const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': (2,), }\n`;
      return Uint8Array.of(
        ...new TextEncoder().encode("_NUMPY"),
        1,
        0,
        header.length,
        0,
        ...new TextEncoder().encode(header),
        ...new Uint8Array(size as number).map((_, i) => i % 4 === 0 ? 0x41 : 0),
      );
    }),
  ).map((bytes) => (bytes[0] = 0x93, bytes)),
);
await add("v2-json", [
  '{"id":"7","inputs":[{"name":"INPUT0","datatype":"INT32","shape":[1,2],"data":[1,2]}],"outputs":[{"name":"O","parameters":{"binary_data":true,"classification":2}}]}',
  '{"inputs":[{"name":"INPUT0","datatype":"BYTES","shape":[2],"data":["a","b"]}],"parameters":{"binary_data_output":true,"sequence_id":9007199254740993}}',
  '{"inputs":[{"name":"I","datatype":"FP16","shape":[2],"parameters":{"binary_data_size":4}}]}abcd',
]);
await add("http-answer", [
  "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
  "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\nX: y\r\n\r\n",
  "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n",
  "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK\r\n\r\nto the end",
  'HTTP/1.1 400 Bad Request\r\nNV-Status: code: INVALID_ARG msg: "no"\r\nX-A: 1\r\nx-a: 2\r\nContent-Length: 3, 3\r\n\r\nabc',
]);
await add("http-request", [
  "GET /api/status HTTP/1.1\r\nHost: h\r\n\r\nGET / HTTP/1.0\r\n\r\n",
  "POST /api/infer/m HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\nhello",
  "POST http://h/v2 HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
]);
await add("chunked", [
  "5\r\nhello\r\n0\r\n\r\n",
  "A;x=y\r\n0123456789\r\n0\r\nT: v\r\n\r\n",
  "0\r\n\r\n",
]);
await add("hpack", [
  new HpackEncoder().encode([[":status", "200"], ["content-type", "application/grpc"]]).slice(),
  Uint8Array.fromHex("400a637573746f6d2d6b65790d637573746f6d2d686561646572"),
  Uint8Array.fromHex("828684418cf1e3c2e5f23a6ba0ab90f4ff"),
  Uint8Array.fromHex("3fe11f8882be"),
]);
const gzip = new Response("hello hello hello").body!.pipeThrough(new CompressionStream("gzip"));
const packed = new Uint8Array(await new Response(gzip).arrayBuffer());
await add("grpc-message", [
  Uint8Array.of(0, 0, 0, 0, 3, 1, 2, 3, 0, 0, 0, 0, 0),
  Uint8Array.of(1, 0, 0, 0, packed.length, ...packed),
  new Uint8Array(2005).map((_, i) => i === 3 ? 7 : i === 4 ? 0xd0 : 0),
]);
await add("http2-client", [serverFrames(seededRandom(1)), serverFrames(seededRandom(9))]);
await add("http2-server", [clientFrames(seededRandom(1)), clientFrames(seededRandom(9))]);
