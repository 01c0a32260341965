/**
 * Tensors as JSON: perf_client, perf_analyzer (C++) and the Python tritonclient on one real Triton, `simple` over
 * HTTP, beside the same in binary.
 *
 *     deno task bench:json-tensors [--window 1500] [--rounds 3]
 *
 * Needs what bench:shared-memory needs. The bar: requests/s >= 1.0 x each peer's, as JSON.
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { prepareEnvironment } from "../tests/interop/server/environment.ts";
import { makeRepository } from "../tests/interop/server/repository.ts";
import { startTriton } from "../tests/interop/server/triton.ts";
import { ours, perfAnalyzer, pythonClient } from "./lib/peer_contenders.ts";
import { preparePeers } from "./lib/peer_environment.ts";
import { competeBy, whole } from "./lib/rounds.ts";
import { printTable, ratio } from "./lib/table.ts";

const JSON_FLAGS = ["--input-tensor-format", "json", "--output-tensor-format", "json"];

const args = parseArgs(Deno.args, { string: ["window", "rounds"] });
const windowMs = Number(args.window ?? 1500);
const rounds = Number(args.rounds ?? 3);
const root = new URL("../", import.meta.url);
const environment = await prepareEnvironment(new URL(".venv/interop/", root), console.log);
const peers = await preparePeers(new URL(".venv/peers/", root), environment);
const folder = await Deno.makeTempDir({ prefix: "trtis-json-" });
await makeRepository(`${folder}/models`, ["simple"]);
const triton = await startTriton(environment, { repository: `${folder}/models` });
const { python } = environment;
const contenders = [
  perfAnalyzer(python, folder, peers, { name: "perf_analyzer, JSON", flags: JSON_FLAGS }),
  pythonClient(python, { name: "tritonclient, JSON", flags: ["json"] }),
  ours(python, folder, { name: "trtis, JSON", flags: JSON_FLAGS }),
  ours(python, folder, { name: "trtis, binary" }),
];
const rows = [["CONC", "CLIENT", "REQUESTS/S", "P50 US", "P99 US", "OURS / IT"]];
try {
  for (const concurrency of [1, 4]) {
    const base = { model: "simple", wire: "http", concurrency } as const;
    const setting = { ...base, address: triton.http, windowMs };
    const results = await competeBy(contenders, setting, rounds);
    const own = results.get("trtis, JSON")!;
    for (const [client, result] of results) {
      rows.push([
        ...[String(concurrency), client],
        ...[result.perSecond, result.p50Us, result.p99Us].map(whole),
        result === own ? "" : ratio(own.perSecond, result.perSecond),
      ]);
      console.log(rows.at(-1)!.join("  "));
    }
  }
} finally {
  await triton.stop();
  await Deno.remove(folder, { recursive: true });
}
await printTable("simple with tensors as JSON, on Triton over HTTP", rows);
