/**
 * What perf_client reports beside the truth: a server that answers after 2, 5 and 20 ms, or after 5 ms
 * with a 1 % share of 100 ms, measures itself how long every request really took. Where wrk is
 * installed, it says what it sees over HTTP: what it is off by, the machine is.
 *
 *     deno task bench:accuracy
 *
 * The bar: p50, p90, p99 and throughput within 3 % or 0.3 ms of the truth.
 *
 * @module
 */
import { connectProtocol } from "../src/client/connect.ts";
import { percentileOf } from "../src/perf/percentile.ts";
import { measure } from "../src/perf/measure.ts";
import { DEFAULT_SETTINGS, LOAD_CONNECTIONS, type PassResult } from "../src/perf/types.ts";
import type { Wire } from "../src/protocol/types.ts";
import { startAsked } from "./lib/asked_process.ts";
import { type DelayAddresses, DELAYS, type Times } from "./lib/delay_server.ts";
import { printTable } from "./lib/table.ts";

/** Enough for some seconds each. */
const REQUESTS: Readonly<Record<string, number>> = { "2 ms": 10_000, "5 ms": 6000, "20 ms": 2000 };
const requestsOf = (delay: string) => REQUESTS[delay] ?? 6000;
const WARM_UP_ROUNDS = 2;
const WRK_SECONDS = 5;
const CONCURRENCY = 4;
const WIRES = ["http", "grpc"] as const;
const PERCENTILES = [50, 90, 99];
const BAR = { share: 0.03, ms: 0.3 };

const double = startAsked("delay_server.ts");

async function truth(name: string): Promise<Times> {
  return JSON.parse(await double.ask(name));
}

/** The load goes to the double, all other questions to a whole server. */
async function reported(delay: string, wire: Wire): Promise<PassResult> {
  const description = (url: string) =>
    ({ url, wire, api: "v1", connections: LOAD_CONNECTIONS }) as const;
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
      connect: () => connectProtocol(description(addresses.load[`${delay} ${wire}`]!)),
      toolVersion: "bench",
      startedAt: new Date(),
    });
    const [level] = result.levels;
    if (level!.counts.failed > 0) throw new Error(level!.errors[0]!.message);
    return level!.reported;
  } finally {
    protocol.close();
  }
}

/** What somebody says of a delay; latencies in milliseconds. */
interface Figures {
  readonly percentiles: readonly number[];
  readonly perSecond: number;
}

function figuresOf(times: Times): Figures {
  const sorted = times.map(([begin, end]) => end - begin).sort((a, b) => a - b);
  const begin = Math.min(...times.map(([begin]) => begin));
  const end = Math.max(...times.map(([, end]) => end));
  return {
    percentiles: PERCENTILES.map((percentile) => percentileOf(sorted, percentile)),
    perSecond: times.length / (end - begin) * 1000,
  };
}

function figuresOfPass({ latency, inferPerSecond }: PassResult): Figures {
  const at = (percentile: number) =>
    latency!.percentiles.find((one) => one.percentile === percentile)!.us / 1000;
  return { percentiles: PERCENTILES.map(at), perSecond: inferPerSecond };
}

/** What wrk sees, or undefined when it isn't installed. */
async function wrk(delay: string): Promise<Figures | undefined> {
  const script = await Deno.makeTempFile({ suffix: ".lua" });
  const figures = PERCENTILES.map((p) => `l:percentile(${p}) / 1000`).join(", ");
  await Deno.writeTextFile(
    script,
    `wrk.method = "POST"\nwrk.body = string.rep("x", 128)\ndone = function(s, l, r)\n` +
      `  print("FIGURES", ${figures}, s.requests / s.duration * 1e6)\nend\n`,
  );
  const url = `http://${addresses.load[`${delay} http`]}/api/infer/simple`;
  const flags = ["-t1", `-c${CONCURRENCY}`, `-d${WRK_SECONDS}`, "-s", script, url];
  try {
    const { stdout } = await new Deno.Command("wrk", { args: flags }).output();
    const found = /FIGURES\s+(.*)/.exec(new TextDecoder().decode(stdout));
    if (found === null) throw new Error("wrk said nothing");
    const numbers = found[1]!.trim().split(/\s+/).map(Number);
    return { percentiles: numbers.slice(0, -1), perSecond: numbers.at(-1)! };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  } finally {
    await Deno.remove(script);
  }
}

const addresses: DelayAddresses = JSON.parse(await double.line());
const rows = [
  ["DELAY", "WIRE", "FIGURE", "TRUTH", "REPORTED", "OFF BY", "BAR", "WRK'S TRUTH", "WRK", "OFF BY"],
];

function compare(
  [delay, wire, figure]: readonly [string, string, string],
  [real, said]: readonly [number, number],
  wrk: readonly number[] | undefined,
): void {
  const off = Math.abs(said - real);
  const near = off <= BAR.share * real || figure.startsWith("p") && off <= BAR.ms;
  const pair = (real: number, said: number) => [
    ...[real.toFixed(3), said.toFixed(3)],
    `${(Math.abs(said - real) / real * 100).toFixed(2)} %`,
  ];
  const verdict = near ? "holds" : "misses";
  const peer = wrk === undefined ? ["-", "-", "-"] : pair(wrk[0]!, wrk[1]!);
  rows.push([delay, wire, figure, ...pair(real, said), verdict, ...peer]);
}
// The first measurements of a process run while its code is still being compiled.
for (const wire of WIRES) {
  for (let round = 0; round < WARM_UP_ROUNDS; round++) await reported("2 ms", wire);
  await truth(`2 ms ${wire}`);
}
for (const delay of Object.keys(DELAYS)) {
  for (const wire of WIRES) {
    const said = figuresOfPass(await reported(delay, wire));
    // The warm-up comes first and is not part of the figures.
    const real = figuresOf((await truth(`${delay} ${wire}`)).slice(-requestsOf(delay)));
    const wrkSaid = wire === "http" ? await wrk(delay) : undefined;
    const wrkReal = wrkSaid && figuresOf(await truth(`${delay} ${wire}`));
    const pick = (choose: (figures: Figures) => number) =>
      wrkReal && [choose(wrkReal), choose(wrkSaid)];
    PERCENTILES.forEach((percentile, i) => {
      const at = ({ percentiles }: Figures) => percentiles[i]!;
      compare([delay, wire, `p${percentile} ms`], [at(real), at(said)], pick(at));
    });
    const rate = ({ perSecond }: Figures) => perSecond;
    compare([delay, wire, "requests/s"], [rate(real), rate(said)], pick(rate));
  }
}
await double.stop();
await printTable(`Accuracy, ${CONCURRENCY} concurrent`, rows);
