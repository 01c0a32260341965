/**
 * Our client reads the answers that a real r19.07 server gave, and puts on the wire what the original
 * clients put there.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { parseAddress } from "../src/base/address.ts";
import { createV1Http } from "../src/protocol/v1/http.ts";
import type { EncodedHttpRequest, InferRequest, Protocol } from "../src/protocol/types.ts";
import { callBack } from "../src/transport/exchange.ts";
import type { HttpRequest, HttpResponse, HttpTransport } from "../src/transport/types.ts";
import { type Exchange, parseExchange } from "./golden_exchange.ts";
import { GOLDEN } from "./shared.ts";

const read = (name: string) => Deno.readFileSync(new URL(name, GOLDEN));

function recorded(name: string): Exchange {
  const text = new TextDecoder("latin1").decode(read(`${name}.txt`));
  return parseExchange(text, read);
}

const bodyOf = ({ bodyBytes, bodyText }: Exchange) =>
  bodyBytes.byteLength > 0 ? bodyBytes : new TextEncoder().encode(bodyText);

/** A transport that answers with what was recorded. */
function playback(exchange: Exchange, seen: HttpRequest[] = []): Protocol {
  const transport: HttpTransport = {
    address: parseAddress("127.0.0.1:8000", 8000),
    request(request) {
      seen.push(request);
      const response: HttpResponse = {
        status: exchange.status,
        statusText: "",
        header: (name) => exchange.headers.get(name),
        body: bodyOf(exchange),
        times: { sendStart: 0, sendEnd: 1, receiveStart: 2, receiveEnd: 3 },
      };
      return Promise.resolve(response);
    },
    exchange: (request, options, callback) =>
      callBack(transport.request(request, options), callback),
    close() {},
  };
  return createV1Http(transport);
}

const REQUEST: InferRequest = {
  modelName: "simple",
  batchSize: 1,
  batched: true,
  inputs: [],
  outputs: [],
};

async function infer(name: string) {
  const protocol = playback(recorded(name));
  const reply = await protocol.send(protocol.encode(REQUEST));
  const response = protocol.decode(reply, REQUEST);
  assertEquals(protocol.failure(reply)?.message, response.error?.message);
  return response;
}

const int32 = (bytes: Uint8Array | undefined) => {
  const copy = bytes!.slice();
  return [...new Int32Array(copy.buffer)];
};

Deno.test({
  name: "recorded inference answers are read",
  async fn() {
    const sums = Array.from({ length: 16 }, (_, i) => i + 1);
    for (const name of ["curl_infer_simple_raw", "curl_infer_simple_raw_binary"]) {
      const { outputs, error, modelVersion, requestId } = await infer(name);
      assertEquals(error, undefined);
      assertEquals(modelVersion, "1");
      assert(requestId! > 0n);
      assertEquals(outputs.map((output) => [output.name, output.shape]), [
        ["OUTPUT0", [16]],
        ["OUTPUT1", [16]],
      ]);
      assertEquals(int32(outputs[0]!.data), sums);
      assertEquals(int32(outputs[1]!.data), sums.map((sum) => sum - 2));
    }
    const classes = await infer("curl_infer_simple_b2_cls");
    assertEquals(classes.batchSize, 2);
    assertEquals(
      classes.outputs[0]!.classes,
      [0, 1].map(() => [
        { index: 15, value: 16, label: "" },
        { index: 14, value: 15, label: "" },
      ]),
    );
    assertEquals(int32(classes.outputs[1]!.data).length, 32);
    assertEquals((await infer("curl_infer_no_outputs")).outputs, []);
    assert(BigInt((await infer("curl_infer_simple_id")).id!) > 0n);
    const nobatch = await infer("curl_infer_nobatch");
    assertEquals(nobatch.outputs[0]!.shape, [2, 2]);
    assertEquals(new TextDecoder().decode(nobatch.outputs[0]!.data), "abcdefghijklmnop");
    const labels = await infer("odd_infer_cls_labels");
    assertEquals(labels.outputs[0]!.classes![0]!.map(({ label }) => label), [
      "label15",
      "label14",
      "label13",
    ]);
  },
});

Deno.test({
  name: "recorded refusals are errors with the server's code and message",
  async fn() {
    const table: [string, string, string][] = [
      ["batch_too_large", "INVALID_ARG", "inference request batch-size must be <= 8 for 'simple'"],
      ["batch_zero", "INVALID_ARG", "inference request batch-size must be >= 1 for 'simple'"],
      ["missing_input", "INVALID_ARG", "expected 2 inputs but got 1 inputs for model 'simple'"],
      ["unknown_model", "UNAVAILABLE", "Inference request for unknown model 'nosuch'"],
      ["short_body", "INVALID_ARG", "expecting 61 bytes"],
      ["bad_dims", "INVALID_ARG", "Expected [16], got [8]"],
    ];
    for (const [name, code, message] of table) {
      const { error, outputs } = await infer(`curl_infer_err_${name}`);
      assertEquals(error?.code, code);
      assert(error!.message.includes(message), error!.message);
      assertEquals(error!.serverId, "inference:0");
      assertEquals(outputs, []);
    }
  },
});

Deno.test({
  name: "recorded health, status and profile answers are read",
  async fn() {
    assertEquals(await playback(recorded("curl_health_live")).live(), true);
    assertEquals(await playback(recorded("curl_health_ready")).ready(), true);
    const binary = await playback(recorded("curl_status_simple_binary")).status("simple");
    assertEquals(binary.readyState, "SERVER_READY");
    const text = new TextDecoder().decode(bodyOf(recorded("curl_status_simple")));
    assertEquals(
      binary.text!.replace(/uptime_ns: \d+/, "").trimEnd(),
      // The recording ends with an empty line of its own.
      text.replace(/uptime_ns: \d+/, "").trimEnd(),
    );
    const info = await playback(recorded("curl_status_simple_binary")).model("simple");
    assertEquals(info.maxBatchSize, 8);
    const unknown = await playback(recorded("curl_status_unknown")).status("nosuch")
      .catch((error) => error);
    assertEquals(unknown.code, "INVALID_ARG");
    const profile = await playback(recorded("curl_profile")).profile!("start")
      .catch((error) => error);
    assertEquals([profile.code, profile.message], ["UNSUPPORTED", "Profile API not enabled"]);
  },
});

Deno.test({
  name: "the request is what the original client puts on the wire",
  fn() {
    const raw = new TextDecoder().decode(read("raw_http_simple_client.txt"));
    const original = /POST (\S+) HTTP.*?NV-InferRequest:(.*?)\\r\\n/.exec(raw)!;
    const protocol = playback(recorded("curl_health_live"));
    const wire = protocol.encode({
      ...REQUEST,
      inputs: ["INPUT0", "INPUT1"].map((name) => ({
        name,
        dataType: "INT32",
        shape: [16],
        data: [new Uint8Array(64)],
      })),
      outputs: [{ name: "OUTPUT0" }, { name: "OUTPUT1" }],
    }) as EncodedHttpRequest;
    assertEquals(wire.path, original[1]);
    const header = wire.headers.find(([name]) => name === "NV-InferRequest");
    assertEquals(header?.[1], original[2]);
    assertEquals(wire.byteLength, 128);
  },
});
