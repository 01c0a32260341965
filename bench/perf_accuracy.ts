/**
 * What perf_client reports beside the truth: a server that answers after 2, 5 and 20 ms, or after 5 ms
 * with a 1 % share of 100 ms, measures itself how long every request really took.
 *
 *     deno task bench:accuracy
 *
 * The bar: p50, p90, p99 and throughput within 3 % or 0.3 ms of the truth.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { connectProtocol } from "../src/client/connect.ts";
import { percentileOf } from "../src/perf/percentile.ts";
import { measure } from "../src/perf/measure.ts";
import { DEFAULT_SETTINGS, type PassResult } from "../src/perf/types.ts";
import type { Wire } from "../src/protocol/types.ts";
import { type DelayAddresses, DELAYS, type Times } from "./lib/delay_server.ts";
import { printTable } from "./lib/table.ts";

/** Enough for some seconds each. */
const REQUESTS: Readonly<Record<string, number>> = { "2 ms": 8000, "5 ms": 4000, "20 ms": 1200 };
const requestsOf = (delay: string) => REQUESTS[delay] ?? 4000;
const CONCURRENCY = 4;
const WIRES = ["http", "grpc"] as const;
const PERCENTILES = [50, 90, 99];
const BAR = { share: 0.03, ms: 0.3 };

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const child = new Deno.Command(Deno.execPath(), {
  args: ["run", "-A", "--no-check", path("lib/delay_server.ts")],
  stdin: "piped",
  stdout: "piped",
}).spawn();
const lines = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
const questions = child.stdin.getWriter();
let pending = "";

async function line(): Promise<string> {
  while (!pending.includes("\n")) {
    const { value, done } = await lines.read();
    if (done) throw new Error("the server ended");
    pending += value;
  }
  const end = pending.indexOf("\n");
  const text = pending.slice(0, end);
  pending = pending.slice(end + 1);
  return text;
}

async function truth(name: string): Promise<Times> {
  await questions.write(new TextEncoder().encode(`${name}\n`));
  return JSON.parse(await line());
}

/** The load goes to the double, all other questions to a whole server. */
async function reported(delay: string, wire: Wire): Promise<PassResult> {
  const description = (url: string) => ({ url, wire, api: "v1" }) as const;
  const protocol = await connectProtocol(description(addresses.queries[wire]));
  try {
    const result = await measure({
      ...DEFAULT_SETTINGS,
      modelName: "simple",
      requestCount: requestsOf(delay),
      warmupRequestCount: 400,
      levels: { start: CONCURRENCY, end: CONCURRENCY, step: 1, search: false },
    }, {
      protocol,
      connect: () => connectProtocol(description(addresses.load[`${delay} ${wire}`])),
      toolVersion: "bench",
      startedAt: new Date(),
    });
    const [level] = result.levels;
    if (level.counts.failed > 0) throw new Error(level.errors[0].message);
    return level.reported;
  } finally {
    protocol.close();
  }
}

const addresses: DelayAddresses = JSON.parse(await line());
const rows = [["DELAY", "WIRE", "FIGURE", "TRUTH", "REPORTED", "OFF BY", "BAR"]];
function compare(delay: string, wire: string, figure: string, real: number, said: number) {
  const off = Math.abs(said - real);
  const near = off <= BAR.share * real || figure.startsWith("p") && off <= BAR.ms;
  const percent = `${(off / real * 100).toFixed(2)} %`;
  const row = [delay, wire, figure, real.toFixed(3), said.toFixed(3), percent];
  rows.push([...row, near ? "holds" : "misses"]);
}
// The first measurement of a process runs while its code is still being compiled.
for (const wire of WIRES) {
  await reported("2 ms", wire);
  await truth(`2 ms ${wire}`);
}
for (const delay of Object.keys(DELAYS)) {
  for (const wire of WIRES) {
    const pass = await reported(delay, wire);
    // The warm-up comes first and is no part of the figures.
    const times = (await truth(`${delay} ${wire}`)).slice(-requestsOf(delay));
    const sorted = times.map(([begin, end]) => end - begin).sort((a, b) => a - b);
    for (const percentile of PERCENTILES) {
      const real = percentileOf(sorted, percentile);
      const said = pass.latency!.percentiles.find((one) => one.percentile === percentile)!.us /
        1000;
      compare(delay, wire, `p${percentile} ms`, real, said);
    }
    const begin = Math.min(...times.map(([begin]) => begin));
    const end = Math.max(...times.map(([, end]) => end));
    compare(delay, wire, "requests/s", times.length / (end - begin) * 1000, pass.inferPerSecond);
  }
}
await questions.close();
await child.status;
await lines.cancel();
await printTable(`Accuracy, ${CONCURRENCY} concurrent`, rows);
