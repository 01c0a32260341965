/**
 * The native transports beside what they take the place of, in perf_client's own load loop, on the
 * embedded server in its own process: native HTTP and fetch, native gRPC and grpc-js, 4 concurrent on
 * `simple`. The bar is 2.0 x.
 *
 *     deno task bench:transports [--seconds 3] [--rounds 3]
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { parseAddress } from "../src/base/address.ts";
import { connectProtocol } from "../src/client/connect.ts";
import { measure } from "../src/perf/measure.ts";
import { DEFAULT_SETTINGS, type LevelResult, LOAD_CONNECTIONS } from "../src/perf/types.ts";
import type { Protocol } from "../src/protocol/types.ts";
import { createV1Http } from "../src/protocol/v1/http.ts";
import { callBack } from "../src/transport/exchange.ts";
import type { HttpTransport } from "../src/transport/types.ts";
import { startServerProcess } from "./lib/server_process.ts";
import { printTable, ratio } from "./lib/table.ts";

const BAR = 2.0;
const CONCURRENCY = 4;

/** HTTP by the platform's own fetch. */
function fetchTransport(url: string): HttpTransport {
  const transport: HttpTransport = {
    address: parseAddress(url, 8000),
    async request({ method, path, headers, body = [] }) {
      const sendStart = performance.now();
      const response = await fetch(`http://${url}${path}`, {
        method,
        headers: headers.map(([name, value]) => [name, value] as [string, string]),
        body: method === "GET" ? undefined : new Blob(body as Uint8Array<ArrayBuffer>[]),
      });
      const receiveStart = performance.now();
      const bytes = new Uint8Array(await response.arrayBuffer());
      const receiveEnd = performance.now();
      return {
        status: response.status,
        statusText: response.statusText,
        header: (name) => response.headers.get(name) ?? undefined,
        body: bytes,
        times: { sendStart, sendEnd: sendStart, receiveStart, receiveEnd },
      };
    },
    exchange: (request, options, callback) =>
      callBack(transport.request(request, options), callback),
    close() {},
  };
  return transport;
}

/** One level, its middle pass. */
async function measured(
  connect: () => Promise<Protocol>,
  seconds: number,
): Promise<LevelResult["reported"]> {
  const protocol = await connect();
  try {
    const result = await measure({
      ...DEFAULT_SETTINGS,
      modelName: "simple",
      windowMs: seconds * 1000,
      maxPasses: 1,
      levels: { start: CONCURRENCY, end: CONCURRENCY, step: 1, search: false },
    }, { protocol, connect, toolVersion: "bench", startedAt: new Date() });
    const [level] = result.levels;
    if (level!.counts.failed > 0) throw new Error(`requests failed: ${level!.errors[0]!.message}`);
    return level!.reported;
  } finally {
    protocol.close();
  }
}

const args = parseArgs(Deno.args, { string: ["seconds", "rounds"] });
const seconds = Number(args.seconds ?? 3);
const rounds = Number(args.rounds ?? 3);
const server = await startServerProcess();
const grpc = (grpcChannel: "native" | "grpc-js") => () =>
  connectProtocol({
    ...{ url: server.grpc, wire: "grpc", api: "v1", grpcChannel, unsafeGrpcJs: true },
    connections: LOAD_CONNECTIONS,
  });
const contenders: readonly (readonly [string, () => Promise<Protocol>])[] = [
  ["native HTTP", () => connectProtocol({ url: server.http, wire: "http", api: "v1" })],
  ["fetch", () => Promise.resolve(createV1Http(fetchTransport(server.http)))],
  ["native gRPC", grpc("native")],
  ["grpc-js", grpc("grpc-js")],
];
const results = contenders.map((): LevelResult["reported"][] => []);
try {
  for (let round = 0; round < rounds; round++) {
    for (const [i, [, connect]] of contenders.entries()) {
      results[i]!.push(await measured(connect, seconds));
    }
  }
} finally {
  await server.stop();
}
const middle = results.map((list) =>
  list.sort((a, b) => a.inferPerSecond - b.inferPerSecond)[list.length >> 1]
);
const rows = [["TRANSPORT", "REQUESTS/S", "P50 US", "P99 US", "RATIO", "BAR"]];
for (const [i, [name]] of contenders.entries()) {
  const { inferPerSecond, latency } = middle[i]!;
  const at = (p: number) =>
    latency!.percentiles.find(({ percentile }) => percentile === p)!.us.toFixed(0);
  const native = i % 2 === 0;
  const factor = native ? inferPerSecond / middle[i + 1]!.inferPerSecond : 0;
  rows.push([
    ...[name, inferPerSecond.toFixed(0), at(50), at(99)],
    native ? ratio(inferPerSecond, middle[i + 1]!.inferPerSecond) : "",
    native ? (factor >= BAR ? "holds" : `misses ${BAR.toFixed(1)} x`) : "",
  ]);
}
await printTable(`Transports, ${CONCURRENCY} concurrent on simple`, rows);
