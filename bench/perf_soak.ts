/**
 * A soak: 10 million requests in one measurement, and the memory that it takes, the embedded server in
 * its own process.
 *
 *     deno task bench:soak [--requests 10000000] [--protocol grpc] [--concurrency 16]
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { connectProtocol, type ProtocolDescription } from "../src/client/connect.ts";
import { measure } from "../src/perf/measure.ts";
import { DEFAULT_SETTINGS, LOAD_CONNECTIONS } from "../src/perf/types.ts";
import { startServerProcess } from "./lib/server_process.ts";
import { printTable } from "./lib/table.ts";

const SAMPLES = 10;
const MIB = 2 ** 20;

const args = parseArgs(Deno.args, { string: ["requests", "protocol", "concurrency"] });
const requests = Number(args.requests ?? 10_000_000);
const concurrency = Number(args.concurrency ?? 16);
const wire = args.protocol === "http" ? "http" : "grpc";
const server = await startServerProcess();
const description: ProtocolDescription = {
  ...{ url: server[wire], wire, api: "v1", connections: LOAD_CONNECTIONS },
};
const rows = [["REQUESTS", "RSS MIB", "HEAP MIB"]];
let next = 0;
function sample(sent: number) {
  if (sent < next) return;
  next += requests / SAMPLES;
  const { rss, heapUsed } = Deno.memoryUsage();
  rows.push([String(sent), (rss / MIB).toFixed(0), (heapUsed / MIB).toFixed(1)]);
}
const protocol = await connectProtocol(description);
try {
  const start = performance.now();
  const result = await measure({
    ...DEFAULT_SETTINGS,
    modelName: "simple",
    requestCount: requests,
    levels: { start: concurrency, end: concurrency, step: 1, search: false },
  }, {
    protocol,
    connect: () => connectProtocol(description),
    toolVersion: "bench",
    startedAt: new Date(),
    observer: { progress: ({ counts }) => sample(counts.sent) },
  });
  const { counts, reported } = result.levels[0]!;
  const { rss, heapUsed } = Deno.memoryUsage();
  rows.push([String(counts.sent), (rss / MIB).toFixed(0), (heapUsed / MIB).toFixed(1)]);
  await printTable(
    `Soak over ${wire}: ${((performance.now() - start) / 1000).toFixed(0)} s, ` +
      `${reported.inferPerSecond.toFixed(0)} requests/s, sent ${counts.sent} = ` +
      `${counts.succeeded} succeeded + ${counts.failed} failed`,
    rows,
  );
} finally {
  protocol.close();
  await server.stop();
}
