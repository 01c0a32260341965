import { Buffer } from "node:buffer";
import { Client, credentials, Metadata } from "@grpc/grpc-js";
import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { sharedFile } from "../../tests/shared.ts";
import { InferenceError } from "../base/errors.ts";
import { decodeMessage, encodeMessage } from "../protocol/message.ts";
import { InferRequest, InferResponse } from "../protocol/v1/generated/messages.js";
import { parseText } from "../protocol/v1/text_format/text_format.ts";
import { encodeStrings } from "../tensor/strings.ts";
import type { ServerModel } from "./core/model.ts";
import { identityModel } from "./models/identity.ts";
import { type RunningServer, type ServerOptions, startServer } from "./server.ts";

const STREAM = "/nvidia.inferenceserver.GRPCService/StreamInfer";
const INFER = "/nvidia.inferenceserver.GRPCService/Infer";
const IDENTITY = 'batch_size: 1 input { name: "INPUT0" } output { name: "OUTPUT0" }';

function serverTest(
  name: string,
  options: ServerOptions,
  body: (server: RunningServer, base: string) => Promise<void>,
): void {
  Deno.test(`server: ${name}`, async () => {
    const server = await startServer({ httpPort: 0, grpcPort: 0, ...options });
    try {
      await body(server, `http://${server.httpAddress}`);
    } finally {
      await server.close();
    }
  });
}

async function infer(base: string, model: string, header: string | undefined, data: Uint8Array) {
  const response = await fetch(`${base}/api/infer/${model}`, {
    method: "POST",
    headers: header === undefined ? {} : { "NV-InferRequest": header },
    body: data as Uint8Array<ArrayBuffer>,
  });
  const status = parseText("RequestStatus", response.headers.get("nv-status") ?? "");
  const bytes = new Uint8Array(await response.arrayBuffer());
  return { http: response.status, status, bytes, headers: response.headers };
}

async function status(base: string, model: string) {
  const text = await (await fetch(`${base}/api/status/${model}`)).text();
  return parseText("ServerStatus", text).modelStatus![model];
}

serverTest("a request without its header is refused, and the server lives", {}, async (_, base) => {
  const { http, status, headers } = await infer(base, "simple", undefined, new Uint8Array(3));
  assertEquals(http, 400);
  assertEquals(headers.get("nv-inferresponse"), "");
  assertEquals(status, {
    code: "INVALID_ARG",
    msg: "inference request must have the NV-InferRequest header",
    serverId: "inference:0",
  });
  const live = await fetch(`${base}/api/health/live`);
  await live.body?.cancel();
  assertEquals(live.status, 200);
});

serverTest("a failed request keeps its id in NV-InferResponse", {}, async (_, base) => {
  const { headers } = await infer(base, "simple", "id: 5", new Uint8Array(0));
  assertEquals(headers.get("nv-inferresponse"), "id: 5");
});

const ODD = identityModel('odd "näme"/x', { dims: [1] });

serverTest("model names of any kind, percent-encoded", { models: [ODD] }, async (_, base) => {
  const name = encodeURIComponent(ODD.config.name);
  const { status, headers } = await infer(base, name, IDENTITY, new Uint8Array(4));
  assertEquals(status.code, "SUCCESS");
  const header = parseText("InferResponseHeader", headers.get("nv-inferresponse")!);
  assertEquals(header.modelName, ODD.config.name);
  const text = await (await fetch(`${base}/api/status/${name}`)).text();
  assertEquals(Object.keys(parseText("ServerStatus", text).modelStatus!), [ODD.config.name]);
});

serverTest("a version that no 64 bits hold", {}, async (_, base) => {
  const { status: refused } = await infer(base, `simple/${"9".repeat(30)}`, "", new Uint8Array(0));
  assertEquals(refused.code, "UNAVAILABLE");
  const versions = Object.keys((await status(base, "simple"))!.versionStatus!);
  assertEquals(versions.sort(), ["1", "9223372036854775807"]);
});

serverTest("requests that come together are batched", {}, async (_, base) => {
  const answers = await Promise.all(
    Array.from({ length: 16 }, () => infer(base, "slow", IDENTITY, new Uint8Array(64))),
  );
  assertEquals(answers.map(({ http }) => http), new Array(16).fill(200));
  const { "1": version } = (await status(base, "slow"))!.versionStatus!;
  assertEquals(version!.modelInferenceCount, 16n);
  assert(version!.modelExecutionCount! < 16n, `${version!.modelExecutionCount} executions`);
  assertEquals(version!.inferStats!["1"]!.success?.count, 16n);
});

serverTest("a version for status, and a line for each request", {}, async () => {
  const lines: string[] = [];
  const server = await startServer({
    httpPort: 0,
    grpcPort: false,
    version: "1.4.0",
    log: (line) => lines.push(line),
  });
  const text = await (await fetch(`http://${server.httpAddress}/api/status/simple`)).text();
  await server.close();
  assertEquals(parseText("ServerStatus", text).version, "1.4.0");
  assertEquals(server.grpcAddress, undefined);
  assertEquals(lines.length, 1);
  assertMatch(lines[0]!, /^HTTP GET \/api\/status\/simple 200 \d+\.\d ms$/);
});

serverTest("a port that is taken", {}, async (server) => {
  const [httpPort, grpcPort] = [server.httpAddress!, server.grpcAddress!]
    .map((address) => Number(address.split(":")[1]));
  const refused = await assertRejects(() => startServer({ httpPort }), InferenceError);
  assertMatch(refused.message, new RegExp(`^Cannot listen for HTTP on 127.0.0.1:${httpPort}: `));
  assertEquals(refused.code, "CONNECTION");
  await assertRejects(
    () => startServer({ httpPort: 0, grpcPort }),
    InferenceError,
    `Cannot listen for gRPC on 127.0.0.1:${grpcPort}: `,
  );
});

Deno.test("server: closing lets requests under way finish, fails those that wait", async () => {
  const started = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const held: ServerModel = {
    config: identityModel("held", { dims: [1] }).config,
    createInstance: () => ({
      async execute(batch) {
        started.resolve();
        await release.promise;
        return batch.map(({ inputs }) => [{ ...inputs[0]!, name: "OUTPUT0" }]);
      },
    }),
  };
  const server = await startServer({ httpPort: 0, grpcPort: 0, models: [held] });
  const base = `http://${server.httpAddress}`;
  const running = infer(base, "held", IDENTITY, new Uint8Array(4));
  await started.promise;
  const waiting = infer(base, "held", IDENTITY, new Uint8Array(4));
  await (await fetch(`${base}/api/health/live`)).body?.cancel();
  const closed = server.close();
  assertEquals(server.close(), closed);
  const refused = await waiting;
  assertEquals([refused.http, refused.status.code], [400, "UNAVAILABLE"]);
  release.resolve();
  assertEquals((await running).status.code, "SUCCESS");
  await closed;
  await assertRejects(() => fetch(`${base}/api/health/live`));
});

const IMAGES = ["car.jpg", "mug.jpg", "vulture.jpeg"];

serverTest("raw images in, colour words out", {}, async (_, base) => {
  for (const name of IMAGES) {
    const file = sharedFile(`images/${name}`);
    if (!file) return;
    const data = encodeStrings([Deno.readFileSync(file)]);
    const header = `batch_size: 1 input { name: "INPUT" batch_byte_size: ${data.length} } ` +
      'output { name: "OUTPUT" cls { count: 2 } }';
    const answer = await infer(base, "preprocess_colors_ensemble", header, data);
    assertEquals(answer.status.code, "SUCCESS", answer.status.msg);
    const text = new TextDecoder().decode(answer.bytes);
    const { output } = parseText("InferResponseHeader", text);
    const [first] = output![0]!.batchClasses![0]!.cls!;
    assertEquals([first!.label, output![0]!.batchClasses![0]!.cls!.length], ["gray", 2], name);
  }
});

const toBuffer = (bytes: Uint8Array) => Buffer.from(bytes);
const toBytes = (buffer: Buffer) => new Uint8Array(buffer);

function withClient(server: RunningServer, body: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client(server.grpcAddress!, credentials.createInsecure());
  return body(client).finally(() => client.close());
}

function step(value: number, id: number, flags: number, correlationId: bigint): Uint8Array {
  return encodeMessage(InferRequest, {
    modelName: "simple_sequence",
    modelVersion: -1n,
    metaData: {
      id: BigInt(id),
      batchSize: 1,
      ...(flags && { flags }),
      correlationId,
      input: [{ name: "INPUT" }],
      output: [{ name: "OUTPUT" }],
    },
    rawInput: [new Uint8Array(Int32Array.of(value).buffer)],
  });
}

serverTest("a stream keeps each sequence's order, and ids", {}, async (server) => {
  await withClient(server, async (client) => {
    const replies: InferResponse[] = [];
    const duplex = client.makeBidiStreamRequest(STREAM, toBuffer, toBytes);
    duplex.on("data", (bytes: Uint8Array) => replies.push(decodeMessage(InferResponse, bytes)));
    const ended = new Promise<void>((resolve, reject) => {
      duplex.on("end", resolve);
      duplex.on("error", reject);
    });
    for (let i = 0; i < 50; i++) {
      const flags = (i === 0 ? 1 : 0) | (i === 49 ? 2 : 0);
      duplex.write(step(1, 2 * i + 1, flags, 1n));
      duplex.write(step(2, 2 * i + 2, flags, 2n));
    }
    duplex.end();
    await ended;
    const sums = (odd: bigint) =>
      replies.filter(({ metaData }) => metaData!.id! % 2n === odd).map(({ rawOutput }) =>
        new DataView(rawOutput![0]!.slice().buffer).getInt32(0, true)
      );
    assertEquals(sums(1n), Array.from({ length: 50 }, (_, i) => i + 1));
    assertEquals(sums(0n), Array.from({ length: 50 }, (_, i) => 2 * (i + 1)));
  });
});

function unaryError(
  client: Client,
  method: string,
  message: Uint8Array,
): Promise<{ code: number }> {
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest(method, toBuffer, toBytes, message, new Metadata(), (error) => {
      if (error) resolve(error);
      else reject(new Error("the call succeeded"));
    });
  });
}

serverTest("calls that no protocol knows fail by their gRPC status", {}, async (server) => {
  await withClient(server, async (client) => {
    assertEquals((await unaryError(client, INFER, Uint8Array.of(255))).code, 13);
    assertEquals((await unaryError(client, "/no.Such/Method", new Uint8Array(0))).code, 12);
  });
});

serverTest("a stream with a message that is none ends by its gRPC status", {}, async (server) => {
  await withClient(server, async (client) => {
    const duplex = client.makeBidiStreamRequest(STREAM, toBuffer, toBytes);
    const failed = new Promise<{ code: number }>((resolve) => duplex.on("error", resolve));
    duplex.on("data", () => {});
    duplex.write(Uint8Array.of(255));
    assertEquals((await failed).code, 13);
  });
});

serverTest("closing ends streams that are left open", {}, async (server) => {
  await withClient(server, async (client) => {
    const duplex = client.makeBidiStreamRequest(STREAM, toBuffer, toBytes);
    const failed = new Promise((resolve) => duplex.on("error", resolve));
    await new Promise((resolve) => {
      duplex.on("data", resolve);
      duplex.write(step(1, 1, 1, 1n));
    });
    await server.close();
    await failed;
  });
});
