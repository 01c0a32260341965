/**
 * Tensors in shared memory, of perf_client and of perf_analyzer (C++), on one real Triton, beside the same tensors
 * over the network: `identity_large` with 4 MiB, HTTP and gRPC.
 *
 *     deno task bench:shared-memory [--window 1500] [--rounds 3] [--only http/1]
 *
 * Needs Linux on x86-64, Python 3, and the Debian packages wrk, nghttp2-client and libb64-0d. The bars:
 * requests/s >= 1.0 x perf_analyzer's, and >= 5 x our own over the network.
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { prepareEnvironment } from "../tests/interop/server/environment.ts";
import { makeRepository } from "../tests/interop/server/repository.ts";
import { startTriton } from "../tests/interop/server/triton.ts";
import { ours, perfAnalyzer } from "./lib/peer_contenders.ts";
import { preparePeers } from "./lib/peer_environment.ts";
import { competeBy, whole } from "./lib/rounds.ts";
import { printTable, ratio } from "./lib/table.ts";

const SHARED = ["--shared-memory", "system"];

const args = parseArgs(Deno.args, { string: ["window", "rounds", "only"] });
const windowMs = Number(args.window ?? 1500);
const rounds = Number(args.rounds ?? 3);
const root = new URL("../", import.meta.url);
const environment = await prepareEnvironment(new URL(".venv/interop/", root), console.log);
const peers = await preparePeers(new URL(".venv/peers/", root), environment);
const folder = await Deno.makeTempDir({ prefix: "trtis-shared-" });
await makeRepository(`${folder}/models`, ["identity_large"]);
const triton = await startTriton(environment, { repository: `${folder}/models` });
const { python } = environment;
const contenders = [
  perfAnalyzer(python, folder, peers, { name: "perf_analyzer, shared", flags: SHARED }),
  ours(python, folder, { name: "trtis, shared", flags: SHARED }),
  perfAnalyzer(python, folder, peers, { name: "perf_analyzer, network" }),
  ours(python, folder, { name: "trtis, network" }),
];
const rows = [[
  ..."WIRE,CONC,CLIENT,REQUESTS/S,P50 US,P99 US,OURS / IT".split(","),
]];
try {
  for (const wire of ["http", "grpc"] as const) {
    for (const concurrency of [1, 4]) {
      if (args.only !== undefined && `${wire}/${concurrency}` !== args.only) continue;
      const model = "identity_large" as const;
      const setting = { model, wire, concurrency, address: triton[wire], windowMs };
      const results = await competeBy(contenders, setting, rounds);
      const own = results.get("trtis, shared")!;
      for (const [client, result] of results) {
        rows.push([
          ...[wire, String(concurrency), client],
          ...[result.perSecond, result.p50Us, result.p99Us].map(whole),
          result === own ? "" : ratio(own.perSecond, result.perSecond),
        ]);
        console.log(rows.at(-1)!.join("  "));
      }
    }
  }
} finally {
  await triton.stop();
  await Deno.remove(folder, { recursive: true });
}
await printTable("4 MiB in shared memory and over the network, on Triton", rows);
