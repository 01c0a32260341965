/**
 * Requests a second of the client on `simple`, the embedded server in its own process; beside it what
 * people would use instead: fetch, and @grpc/grpc-js by hand.
 *
 *     deno task bench:client
 *
 * @module
 */
import { Buffer } from "node:buffer";
import * as grpcJs from "@grpc/grpc-js";
import { InferenceClient } from "../src/client/inference_client.ts";
import type { ConnectOptions } from "../src/client/options.ts";
import { createV1Grpc } from "../src/protocol/v1/grpc.ts";
import { createV1Http } from "../src/protocol/v1/http.ts";
import type { EncodedHttpRequest, InferRequest } from "../src/protocol/types.ts";
import type { GrpcChannel, HttpTransport } from "../src/transport/types.ts";
import { closedLoop, type LoopResult } from "./lib/closed_loop.ts";
import { startServerProcess } from "./lib/server_process.ts";
import { printTable, ratio } from "./lib/table.ts";

const DURATION_MS = 3_000;
const IN_FLIGHT = [1, 8];

const values = Int32Array.from({ length: 16 }, (_, i) => i);
const bytes = new Uint8Array(values.buffer);
const REQUEST: InferRequest = {
  modelName: "simple",
  batchSize: 1,
  batched: true,
  inputs: ["INPUT0", "INPUT1"].map((name) => ({
    name,
    dataType: "INT32",
    shape: [16],
    data: [bytes],
  })),
  outputs: [{ name: "OUTPUT0" }, { name: "OUTPUT1" }],
};

type Request = () => Promise<unknown>;

async function ours(target: ConnectOptions): Promise<[Request, () => void]> {
  const client = await InferenceClient.connect(target);
  const model = await client.model("simple");
  const options = { inputs: { INPUT0: values, INPUT1: values } };
  return [async () => (await model.infer(options)).output("OUTPUT0").data, () => client.close()];
}

function byFetch(address: string): Request {
  const nowhere = { address: { host: "", port: 0, basePath: "", tls: false } } as HttpTransport;
  const wire = createV1Http(nowhere).encode(REQUEST) as EncodedHttpRequest;
  const init = {
    method: "POST",
    headers: wire.headers.map(([name, value]) => [name, value] as [string, string]),
    body: new Uint8Array([...bytes, ...bytes]),
  };
  return async () => await (await fetch(`http://${address}${wire.path}`, init)).arrayBuffer();
}

function byGrpcJs(address: string): [Request, () => void] {
  const nowhere = { address: { host: "", port: 0 } } as GrpcChannel;
  const wire = createV1Grpc(nowhere).encode(REQUEST) as unknown as { message: Uint8Array };
  const client = new grpcJs.Client(address, grpcJs.credentials.createInsecure());
  const path = "/nvidia.inferenceserver.GRPCService/Infer";
  const request = () =>
    new Promise((resolve, reject) =>
      client.makeUnaryRequest(
        path,
        (message: Uint8Array) => Buffer.from(message),
        (data: Uint8Array) => data,
        wire.message,
        (error, reply) => error ? reject(error) : resolve(reply),
      )
    );
  return [request, () => client.close()];
}

const server = await startServerProcess();
const rows: string[][] = [
  ["WIRE", "IN FLIGHT", "CLIENT", "REQUESTS/S", "P50 US", "P99 US", "RATIO"],
];

async function compare(
  wire: string,
  contenders: readonly (readonly [name: string, request: Request])[],
): Promise<void> {
  for (const inFlight of IN_FLIGHT) {
    const results: LoopResult[] = [];
    for (const [, request] of contenders) {
      results.push(await closedLoop(request, inFlight, DURATION_MS));
    }
    const peer = results[results.length - 1];
    contenders.forEach(([name], i) => {
      const { perSecond, p50Us, p99Us } = results[i]!;
      rows.push([
        wire,
        String(inFlight),
        name,
        perSecond.toFixed(0),
        p50Us.toFixed(0),
        p99Us.toFixed(0),
        ratio(perSecond, peer!.perSecond),
      ]);
    });
  }
}

try {
  const [http, closeHttp] = await ours({ url: server.http, api: "v1" });
  await compare("HTTP", [["trtis library", http], ["fetch", byFetch(server.http)]]);
  closeHttp();
  const grpc = { url: server.grpc, wire: "grpc", api: "v1" } as const;
  const [native, closeNative] = await ours({ ...grpc, grpcChannel: "native" });
  const [common, closeCommon] = await ours({ ...grpc, grpcChannel: "grpc-js", unsafeGrpcJs: true });
  const [bare, closeBare] = byGrpcJs(server.grpc);
  await compare("gRPC", [
    ["trtis library, native", native],
    ["trtis library, grpc-js", common],
    ["grpc-js by hand", bare],
  ]);
  closeNative();
  closeCommon();
  closeBare();
} finally {
  await server.stop();
}
await printTable("The client on `simple`, embedded server in its own process", rows);
