/**
 * perf_client beside perf_analyzer (C++), the Python tritonclient, wrk and h2load, on one real Triton:
 * HTTP and gRPC, 1, 4 and 16 concurrent, small and 4 MiB tensors.
 *
 *     deno task bench:peers [--window 1500] [--rounds 1] [--only simple/grpc/4]
 *
 * Needs Linux on x86-64, Python 3, and the Debian packages wrk, nghttp2-client and libb64-0d. The bars
 * compare us with perf_analyzer: requests/s >= 1.0 x, p50 <= 1.1 x, p99 <= 1.25 x.
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { prepareEnvironment } from "../tests/interop/server/environment.ts";
import { makeRepository } from "../tests/interop/server/repository.ts";
import { startTriton, type Triton } from "../tests/interop/server/triton.ts";
import {
  type Contender,
  h2load,
  ours,
  type Outcome,
  perfAnalyzer,
  pythonClient,
  type Setting,
  wrk,
} from "./lib/peer_contenders.ts";
import { preparePeers } from "./lib/peer_environment.ts";
import { printTable, ratio } from "./lib/table.ts";

const MODELS = ["simple", "identity_large"] as const;
const WIRES = ["http", "grpc"] as const;
const CONCURRENCY = [1, 4, 16];
const BARS = { perSecond: 1.0, p50: 1.1, p99: 1.25 };

/** An outcome with the requests that the server counted. */
interface Counted extends Outcome {
  readonly cpuUs: number;
}

async function served(triton: Triton, model: string): Promise<number> {
  const response = await fetch(`http://${triton.http}/v2/models/${model}/stats`);
  const { model_stats } = await response.json();
  return Number(model_stats[0].inference_stats.success.count);
}

async function compete(
  contenders: readonly Contender[],
  setting: Setting,
  rounds: number,
  triton: Triton,
): Promise<Map<string, Counted>> {
  const results = new Map<string, Counted[]>();
  for (let round = 0; round < rounds; round++) {
    for (const contender of contenders) {
      if (!contender.wires.includes(setting.wire)) continue;
      const before = await served(triton, setting.model);
      const outcome = await contender.run(setting);
      const requests = await served(triton, setting.model) - before;
      const list = results.get(contender.name) ?? [];
      list.push({ ...outcome, cpuUs: outcome.cpuSeconds / Math.max(1, requests) * 1e6 });
      results.set(contender.name, list);
    }
  }
  return new Map([...results].map(([name, list]) => [name, middle(list)]));
}

/** The round with the middle throughput. */
function middle(list: Counted[]): Counted {
  list.sort((a, b) => a.perSecond - b.perSecond);
  return list[Math.floor(list.length / 2)]!;
}

const whole = (value: number | undefined) => value === undefined ? "-" : value.toFixed(0);

function verdict(ours: Counted, peer: Counted): string {
  const misses = [
    ours.perSecond >= BARS.perSecond * peer.perSecond ? "" : "requests/s",
    ours.p50Us! <= BARS.p50 * peer.p50Us! ? "" : "p50",
    ours.p99Us! <= BARS.p99 * peer.p99Us! ? "" : "p99",
  ].filter((name) => name !== "");
  return misses.length === 0 ? "holds" : `misses ${misses.join(", ")}`;
}

const args = parseArgs(Deno.args, { string: ["window", "rounds", "only"] });
const windowMs = Number(args.window ?? 1500);
const rounds = Number(args.rounds ?? 1);
const root = new URL("../", import.meta.url);
const environment = await prepareEnvironment(new URL(".venv/interop/", root), console.log);
const peers = await preparePeers(new URL(".venv/peers/", root), environment);
const folder = await Deno.makeTempDir({ prefix: "trtis-peers-" });
await makeRepository(`${folder}/models`, MODELS);
const triton = await startTriton(environment, { repository: `${folder}/models` });
const { python } = environment;
const contenders = [
  perfAnalyzer(python, folder, peers),
  pythonClient(python),
  wrk(python, folder),
  h2load(python, folder),
  ours(python, folder),
];
const rows = [[
  ..."MODEL,WIRE,CONC,CLIENT,REQUESTS/S,P50 US,P99 US,CPU US/REQ,MEMORY MIB,OURS / IT,BAR".split(
    ",",
  ),
]];
try {
  for (const model of MODELS) {
    for (const wire of WIRES) {
      for (const concurrency of CONCURRENCY) {
        const name = `${model}/${wire}/${concurrency}`;
        if (args.only !== undefined && !name.includes(String(args.only))) continue;
        const setting = { model, wire, concurrency, address: triton[wire], windowMs };
        const results = await compete(contenders, setting, rounds, triton);
        const own = results.get("trtis perf_client")!;
        for (const [client, result] of results) {
          const peer = client.startsWith("perf_analyzer");
          rows.push([
            ...[model, wire, String(concurrency), client, whole(result.perSecond)],
            ...[result.p50Us, result.p99Us, result.cpuUs, result.memoryMib].map(whole),
            result === own ? "" : ratio(own.perSecond, result.perSecond),
            peer ? verdict(own, result) : "",
          ]);
        }
        console.log(rows.slice(-results.size).map((row) => row.join("  ")).join("\n"));
      }
    }
  }
} finally {
  await triton.stop();
  await Deno.remove(folder, { recursive: true });
}
await printTable("perf_client and its peers on Triton", rows);
