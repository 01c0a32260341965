/**
 * The embedded server against what a real r19.07 server answered: the recorded session again, in its
 * order, so that the request numbers agree too.
 */
import { Buffer } from "node:buffer";
import { assert, assertEquals } from "@std/assert";
import { Client, credentials } from "@grpc/grpc-js";
import { decodeMessage, encodeMessage } from "../src/protocol/message.ts";
import {
  HealthRequest,
  InferRequest,
  InferResponse,
  ProfileRequest,
  StatusRequest,
  StatusResponse,
} from "../src/protocol/v1/generated/messages.js";
import { formatText, parseText } from "../src/protocol/v1/text_format/text_format.ts";
import { startServer } from "../src/server/server.ts";
import { type Exchange, parseExchange, replay, type Reply } from "./golden_exchange.ts";
import { call, INFER_PROBES, inferRequest, LARGE, LARGE_REQUEST } from "./golden_probe.ts";
import { probeSections, stream } from "./golden_probe.ts";
import { GOLDEN } from "./shared.ts";

/** The recorded session, in order of the request numbers; ends where gRPC takes over. */
const SESSION = [
  ...["health_live", "health_ready", "health_bad", "health_bare", "health_head", "status_all"],
  ...["status_simple", "status_simple_trailing_slash", "status_unknown", "status_simple_binary"],
  ...["profile", "profile_bad", "status_post", "root", "api_unknown", "infer_get"],
  ...["infer_simple_raw", "infer_simple_raw_formcontent", "infer_simple_raw_binary"],
  ...["infer_simple_version1", "infer_simple_id", "infer_simple_b2_cls", "infer_simple_dims"],
  ...["infer_err_unknown_model", "infer_err_unknown_version", "infer_err_batch_too_large"],
  ...["infer_err_batch_zero", "infer_err_short_body", "infer_err_long_body"],
  ...["infer_err_missing_input", "infer_err_unknown_input", "infer_err_bad_dims"],
  ...["infer_err_backend_string", "infer_err_garbage_header", "infer_extra_path"],
  ...["infer_err_unknown_output", "infer_no_outputs", "infer_variable"],
  ...["infer_variable_missing_dims", "infer_nobatch", "infer_sequence_nocorr"],
  ...["infer_sequence_start", "infer_sequence_end", "infer_sequence_nostart"],
];

function readRecorded(name: string): Uint8Array {
  return name === "big.bin" ? new Uint8Array(LARGE) : Deno.readFileSync(new URL(name, GOLDEN));
}

function recorded(name: string): Exchange {
  return parseExchange(Deno.readTextFileSync(new URL(name, GOLDEN)), readRecorded);
}

const withoutRequestId = (text: string) => text.replace(/ request_id: \d+/, "");
const withoutTimes = (text: string) =>
  text.replace(/\b(uptime_ns|total_time_ns): \d+/g, "$1: 0").trim();

/** A ServerStatus without its uptime_ns, which follows the id. */
function withoutUptime(bytes: Uint8Array): number[] {
  const start = 2 + bytes[1]!;
  assertEquals(bytes[start], 3 << 3);
  let end = start + 1;
  while (bytes[end]! & 0x80) end++;
  return [...bytes.subarray(0, start), ...bytes.subarray(end + 1)];
}

/** The whole head, line by line; the length of a status depends on the times in it. */
function assertHead(name: string, reply: Reply, exchange: Exchange, compareIds: boolean): void {
  const [actual, expected] = [reply, exchange].map(({ head }) =>
    head.map((line) => {
      if (name.startsWith("status_")) line = line.replace(/^(Content-Length:) [1-9]\d*$/, "$1 n");
      return compareIds ? line : withoutRequestId(line);
    })
  );
  assertEquals(actual, expected);
}

/** The models that both servers have. */
function assertSameModels(actual: string, expected: string): void {
  const [ours, theirs] = [actual, expected].map((text) => parseText("ServerStatus", text));
  const shared = Object.keys(theirs!.modelStatus!).filter((name) => ours!.modelStatus![name]);
  assertEquals(shared.length, 8);
  for (const name of shared) {
    assertEquals(ours!.modelStatus![name], theirs!.modelStatus![name]);
  }
  assertEquals(ours!.healthStats?.success?.count, theirs!.healthStats?.success?.count);
  assertEquals(ours!.statusStats, theirs!.statusStats);
}

function assertBody(name: string, body: Uint8Array, exchange: Exchange): void {
  const text = new TextDecoder().decode(body);
  if (name === "status_all") return assertSameModels(text, exchange.bodyText);
  if (name === "status_simple") {
    return assertEquals(withoutTimes(text), withoutTimes(exchange.bodyText));
  }
  if (name === "status_simple_binary") {
    return assertEquals(withoutUptime(body), withoutUptime(exchange.bodyBytes));
  }
  assertEquals(body.length, Number(exchange.headers.get("content-length")));
  assertEquals(exchange.bodyBytes.length, Math.min(body.length, name.includes("4MB") ? 400 : 1000));
  assertEquals(body.subarray(0, exchange.bodyBytes.length), exchange.bodyBytes);
}

async function probeQueries(client: Client, check: (title: string, bytes: Uint8Array) => void) {
  for (const mode of ["live", "ready", "empty"]) {
    const request = encodeMessage(HealthRequest, mode === "empty" ? {} : { mode });
    check(`Health ${mode}`, await call(client, "Health", request));
  }
}

async function probeStatus(client: Client, name: string): Promise<StatusResponse> {
  const request = encodeMessage(StatusRequest, { modelName: name });
  return decodeMessage(StatusResponse, await call(client, "Status", request));
}

Deno.test({
  name: "golden: the recorded session, over HTTP and then gRPC",
  async fn(t) {
    const server = await startServer({ httpPort: 0, grpcPort: 0 });
    const client = new Client(server.grpcAddress!, credentials.createInsecure(), {
      "grpc.max_receive_message_length": -1,
    });
    const sections = probeSections(Deno.readTextFileSync(new URL("grpc_probe.txt", GOLDEN)));
    const check = (title: string, bytes: Uint8Array) => {
      const { length, start } = sections.get(title)!;
      assertEquals(bytes.length, length, title);
      assertEquals(Buffer.from(bytes).toString("hex").slice(0, start.length), start, title);
    };
    try {
      for (const name of SESSION) {
        await t.step(`curl_${name}`, async () => {
          const exchange = recorded(`curl_${name}.txt`);
          const reply = await replay(exchange, server.httpAddress!);
          assertHead(name, reply, exchange, true);
          assertBody(name, reply.body, exchange);
        });
      }
      await t.step("every recorded exchange was replayed", () => {
        const other = new Set(["curl_metrics.txt"]);
        const names = [...Deno.readDirSync(GOLDEN)].map(({ name }) => name)
          .filter((name) => name.startsWith("curl_") && !other.has(name));
        assertEquals(names.sort(), SESSION.map((name) => `curl_${name}.txt`).sort());
      });
      await t.step("gRPC health", () => probeQueries(client, check));
      await t.step("gRPC status simple", async () => {
        const { requestStatus, serverStatus } = await probeStatus(client, "simple");
        assertEquals(requestStatus?.requestId, 29n);
        const { "1": one, "7": seven } = serverStatus!.modelStatus!.simple!.versionStatus!;
        assertEquals(one!.inferStats!["1"]!.success?.count, 7n);
        assertEquals(one!.inferStats!["1"]!.failed?.count, 1n);
        assertEquals(one!.inferStats!["1"]!.compute?.count, 7n);
        assertEquals(one!.inferStats!["1"]!.queue?.count, 7n);
        assertEquals(one!.inferStats!["2"]!.success?.count, 1n);
        assertEquals(one!.inferStats!["2"]!.failed, undefined);
        assertEquals(one!.modelExecutionCount, 8n);
        assertEquals(one!.modelInferenceCount, 9n);
        assertEquals(seven!.readyState, "MODEL_UNAVAILABLE");
        assertEquals(seven!.inferStats!["0"]!.failed?.count, 1n);
      });
      await t.step("gRPC status unknown", async () => {
        const response = await probeStatus(client, "nosuch");
        const text = sections.get("Status unknown")!.text;
        const message = text.slice(text.indexOf("\n"), text.indexOf("serialized"));
        const expected = parseText("StatusResponse", message);
        response.serverStatus!.uptimeNs = expected.serverStatus!.uptimeNs;
        assertEquals(response, expected);
      });
      await t.step("gRPC profile", async () => {
        const request = encodeMessage(ProfileRequest, { cmd: "start" });
        check("Profile start", await call(client, "Profile", request));
      });
      for (const [title, request] of INFER_PROBES) {
        await t.step(`gRPC ${title}`, async () => {
          check(title, await call(client, "Infer", encodeMessage(InferRequest, request)));
        });
      }
      await t.step("gRPC Infer identity_large 4 MiB", async () => {
        const bytes = await call(client, "Infer", encodeMessage(InferRequest, LARGE_REQUEST));
        const { rawOutput, ...rest } = decodeMessage(InferResponse, bytes);
        assertEquals(rawOutput?.[0]?.length, LARGE);
        check("Infer identity_large 4 MiB", encodeMessage(InferResponse, rest));
      });
      await t.step("gRPC stream", async () => {
        const requests = [
          inferRequest({ id: 1n }),
          inferRequest({ id: 2n }, { modelName: "nosuch" }),
          inferRequest({ id: 3n, batchSize: 9 }),
          inferRequest({ id: 4n }),
        ];
        const replies = await stream(client, requests.map((r) => encodeMessage(InferRequest, r)));
        const texts = replies.map((bytes) => decodeMessage(InferResponse, bytes))
          .map(({ rawOutput: _, ...rest }) =>
            parseText("InferResponse", formatText("InferResponse", rest))
          );
        const [, body] = sections.get("StreamInfer: good, bad model, good")!.text.split(
          /good, bad model, good\n/,
        );
        const expected = body!.split("\nstream end")[0]!.split("\n\n").map((text) => {
          return parseText("InferResponse", text);
        });
        const byId = (a: InferResponse, b: InferResponse) =>
          Number(a.metaData!.id! - b.metaData!.id!);
        assertEquals(texts.sort(byId), expected.sort(byId));
      });
    } finally {
      client.close();
      await server.close();
    }
  },
});

Deno.test({
  name: "golden: odd exchanges",
  async fn(t) {
    const server = await startServer({ httpPort: 0, grpcPort: false });
    try {
      const names = [...Deno.readDirSync(GOLDEN)].map(({ name }) => name)
        .filter((name) => name.startsWith("odd_"));
      assertEquals(names.length, 5);
      for (const name of names) {
        await t.step(name, async () => {
          const exchange = recorded(name);
          const reply = await replay(exchange, server.httpAddress!);
          assertHead(name, reply, exchange, false);
          assertBody(name, reply.body, exchange);
          assertEquals(reply.continued, name.includes("expect100"));
        });
      }
    } finally {
      await server.close();
    }
  },
});

Deno.test({
  name: "golden: an unknown version spoils readiness",
  async fn() {
    const text = Deno.readTextFileSync(
      new URL("quirk_unknown_version_poisons_ready.txt", GOLDEN),
    );
    const server = await startServer({ httpPort: 0, grpcPort: false });
    const base = `http://${server.httpAddress}/api`;
    const ask = async (path: string, init?: RequestInit) => {
      const response = await fetch(base + path, init);
      await response.body?.cancel();
      const nv = response.headers.get("nv-status");
      assert(text.includes(`HTTP/1.1 ${response.status} `), path);
      assert(text.includes(`NV-Status: ${nv}\n`), `${path}: ${nv}`);
      return response.status;
    };
    try {
      assertEquals(await ask("/health/ready"), 200);
      const headers = { "NV-InferRequest": "batch_size: 1" };
      assertEquals(await ask("/infer/simple/7", { method: "POST", headers }), 400);
      assertEquals(await ask("/health/ready"), 400);
      assertEquals(await ask("/health/live"), 200);
      const status = await (await fetch(`${base}/status/simple`)).text();
      const tail = text.slice(text.indexOf("    version_status {"));
      assert(withoutTimes(status).endsWith(withoutTimes(tail)), status);
    } finally {
      await server.close();
    }
  },
});
