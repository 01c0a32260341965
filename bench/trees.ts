/**
 * perf_client of this tree and of another one, run in turn on one real Triton: whether a change made
 * the closed loop slower.
 *
 *     git worktree add ../before COMMIT
 *     deno task bench:trees ../before [--window 1000] [--rounds 5] [--model simple] [--levels 1,4,16]
 *
 * Processor time is that of the whole program, start-up included, by the requests that it reports; the
 * runs are short, so a few microseconds of it are the start. The middle of all rounds.
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { resolve } from "node:path";
import { prepareEnvironment } from "../tests/interop/server/environment.ts";
import { makeRepository } from "../tests/interop/server/repository.ts";
import { startTriton } from "../tests/interop/server/triton.ts";
import { ours } from "./lib/peer_contenders.ts";
import { competeBy, whole } from "./lib/rounds.ts";
import { printTable, ratio } from "./lib/table.ts";

const args = parseArgs(Deno.args, { string: ["window", "rounds", "model", "levels"] });
const [tree] = args._;
if (tree === undefined) throw new Error("name the other tree's folder");
const windowMs = Number(args.window ?? 1000);
const rounds = Number(args.rounds ?? 5);
const model = args.model === "identity_large" ? "identity_large" : "simple";
const levels = String(args.levels ?? "1,4,16").split(",").map(Number);
const venv = new URL("../.venv/interop/", import.meta.url);
const environment = await prepareEnvironment(venv, console.error);
const folder = await Deno.makeTempDir({ prefix: "trtis-trees-" });
await makeRepository(`${folder}/models`, [model]);
const triton = await startTriton(environment, { repository: `${folder}/models` });
const { python } = environment;
const contenders = [
  ours(python, folder, { name: "that tree", main: resolve(String(tree), "main.ts") }),
  ours(python, folder, { name: "this tree" }),
];
const rows = ["WIRE,CONC,TREE,REQUESTS/S,P50 US,P99 US,CPU S,THIS / THAT".split(",")];
try {
  for (const wire of ["http", "grpc"] as const) {
    for (const concurrency of levels) {
      const setting = {
        model,
        wire,
        concurrency,
        address: triton[wire],
        windowMs,
      } as const;
      const results = await competeBy(contenders, setting, rounds);
      const that = results.get("that tree")!;
      for (const [name, result] of results) {
        rows.push([
          ...[wire, String(concurrency), name],
          ...[result.perSecond, result.p50Us, result.p99Us].map(whole),
          result.cpuSeconds.toFixed(2),
          result === that ? "" : ratio(result.perSecond, that.perSecond),
        ]);
      }
    }
  }
} finally {
  await triton.stop();
  await Deno.remove(folder, { recursive: true });
}
await printTable(
  `perf_client of two trees on Triton, ${model}, the middle of ${rounds} rounds`,
  rows,
);
