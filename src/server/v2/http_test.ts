import { assertEquals } from "@std/assert";
import { deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { systemClock } from "../../base/clock.ts";
import { InferenceServer } from "../core/server.ts";
import { builtinModels } from "../models/mod.ts";
import { createV2HttpRoute } from "./http.ts";

const ZEROS = new Array(16).fill(0);
const INPUTS = ["INPUT0", "INPUT1"].map((name) => (
  { name, datatype: "INT32", shape: [1, 16], data: ZEROS }
));

function route() {
  const server = new InferenceServer({ models: builtinModels(), clock: systemClock });
  return {
    async ask(
      method: string,
      path: string,
      text: string | Uint8Array = "",
      headers: HeadersInit = {},
    ) {
      const asked = new Headers(headers);
      const header = (name: string) => asked.get(name) ?? undefined;
      const body = typeof text === "string" ? new TextEncoder().encode(text) : text;
      const answer = await createV2HttpRoute(server).handle({
        ...{ method, path, query: "", header, body },
      });
      const { status, headers: said = [], body: pieces = [] } = answer;
      const response = new Response(new Blob([...pieces] as BlobPart[]), {
        status,
        headers: said.map(([name, value]): [string, string] => [name, value]),
      });
      return { response, status, text: await response.text() };
    },
    close: () => server.close(),
  };
}

Deno.test("v2 http: paths and methods that there are not", async () => {
  const { ask, close } = route();
  const table: [string, string, number, string][] = [
    ["GET", "/v2/", 404, "Not Found"],
    ["GET", "/v2x", 404, "Not Found"],
    ["GET", "/v2/models", 404, "Not Found"],
    ["GET", "/v2/models/simple/nope", 404, "Not Found"],
    ["GET", "/v2/models/simple/versions/abc", 404, "Not Found"],
    ["GET", "/v2/models/simple/infer", 405, "Method Not Allowed"],
    ["POST", "/v2", 405, "Method Not Allowed"],
    ["GET", "/v2/repository/models/simple/load", 405, "Method Not Allowed"],
    ["POST", "/v2/models/%/infer", 404, "Request for unknown model: '%' is not found"],
    ["GET", "/v2/models/a%20b", 404, "Request for unknown model: 'a b' is not found"],
  ];
  for (const [method, path, status, error] of table) {
    const answer = await ask(method, path);
    assertEquals([answer.status, JSON.parse(answer.text)], [status, { error }], path);
  }
  close();
});

Deno.test("v2 http: the statistics of all models, of one, of one version", async () => {
  const { ask, close } = route();
  await ask("POST", "/v2/models/simple/infer", JSON.stringify({ inputs: INPUTS }));
  await ask("POST", "/v2/models/simple/infer", "{}");
  const all = JSON.parse((await ask("GET", "/v2/models/stats")).text).model_stats;
  assertEquals(all.length, builtinModels().length);
  const one = JSON.parse((await ask("GET", "/v2/models/simple/stats")).text).model_stats;
  assertEquals(one.length, 1);
  const [{ inference_count, execution_count, inference_stats, batch_stats }] = one;
  // What fails its checks is counted nowhere.
  assertEquals([inference_count, execution_count, inference_stats.fail.count], [1, 1, 0]);
  assertEquals([inference_stats.success.count, batch_stats[0].batch_size], [1, 1]);
  const version = await ask("GET", "/v2/models/simple/versions/1/stats");
  assertEquals(JSON.parse(version.text).model_stats, one);
  close();
});

Deno.test("v2 http: the client chooses the compression", async () => {
  const { ask, close } = route();
  const table: [accept: string, encoding: string | null][] = [
    ["gzip", "gzip"],
    ["deflate", "deflate"],
    ["deflate, gzip", "gzip"],
    ["gzip;q=0.5, deflate", "deflate"],
    ["gzip;q=0, br", null],
    ["*", null],
    ["", null],
  ];
  for (const [accept, encoding] of table) {
    const { response } = await ask(
      "POST",
      "/v2/models/simple/infer",
      JSON.stringify({ inputs: INPUTS }),
      { "Accept-Encoding": accept },
    );
    assertEquals(response.headers.get("content-encoding"), encoding, accept);
  }
  close();
});

Deno.test("v2 http: numbers that JSON lacks, text, empty binary tensors", async () => {
  const { ask, close } = route();
  const infer = async (model: string, inputs: unknown, more: object = {}) => {
    const body = JSON.stringify({ inputs, ...more });
    const { response, text } = await ask("POST", `/v2/models/${model}/infer`, body);
    return [text, response.headers.get("inference-header-content-length")];
  };
  const special = [{ name: "INPUT0", datatype: "FP32", shape: [1, 2], data: [null, -0.5] }];
  const [text] = await infer("identity_fp32", special);
  assertEquals(text?.includes('"data":[NaN,-0.5]'), true, text!);
  const strings = [{ name: "INPUT_STRING", datatype: "BYTES", shape: [1, 2], data: ['"', "ü"] }];
  const [quoted] = await infer("identity_types", strings);
  assertEquals(JSON.parse(quoted!).outputs[0].data, ['"', "ü"]);
  const none = [{ name: "INPUT0", datatype: "FP32", shape: [1, 0], data: [] }];
  const [empty, length] = await infer("identity_fp32", none, {
    parameters: { binary_data_output: true },
  });
  assertEquals(JSON.parse(empty!).outputs[0].parameters, { binary_data_size: 0 });
  assertEquals(length, null);
  close();
});

Deno.test("v2 http: JSON that would cost much more than it is long is refused", async () => {
  const { ask, close } = route();
  const values = (count: number) => `{"inputs":[${"1,".repeat(count)}1]}`;
  const rows: [string, number][] = [
    [values(319_000), 500],
    [values(321_000), 413],
    [`{"a":${"[".repeat(400_000)}`, 413],
    [`{"inputs":[],"a":"${"x".repeat(2 ** 24)}"}`, 413],
  ];
  for (const [body, status] of rows) {
    assertEquals((await ask("POST", "/v2/models/simple/infer", body)).status, status);
  }
  close();
});

Deno.test("v2 http: a compressed body grows to a limit", async () => {
  const { ask, close } = route();
  const bomb = { "content-encoding": "gzip" };
  const { status, text } = await ask(
    "POST",
    "/v2/models/simple/infer",
    gzipSync(new Uint8Array(2 ** 27)),
    bomb,
  );
  assertEquals([status, JSON.parse(text).error], [
    413,
    "unable to decompress the gzip request: it grows beyond 33554432 bytes",
  ]);
  const json = new TextEncoder().encode(JSON.stringify({ inputs: INPUTS }));
  for (const body of [deflateSync(json), deflateRawSync(json)]) {
    const headers = { "content-encoding": "deflate" };
    assertEquals((await ask("POST", "/v2/models/simple/infer", body, headers)).status, 200);
  }
  close();
});
