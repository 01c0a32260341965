/**
 * Many tasks on one machine: whether 8 shards at 2,000 requests a second are the one schedule, how
 * together they begin, and what merging costs.
 *
 *     deno task bench:shards [--only schedule|start|merge|pictures] [--seconds 8] [--seed 1] [--rounds 10] [--files 1000]
 *
 * One server in a process of its own records when requests come. Beside the shards stand the schedule as it
 * was planned and one process that keeps it.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { merges, pictureMerges } from "./lib/shard_merges.ts";
import { schedules } from "./lib/shard_schedules.ts";
import { starts } from "./lib/shard_starts.ts";

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    seconds: { type: "string", default: "8" },
    seed: { type: "string", default: "1" },
    rounds: { type: "string", default: "10" },
    files: { type: "string", default: "1000" },
  },
});
const folder = await Deno.makeTempDir();
const parts: Record<string, () => Promise<void>> = {
  schedule: () => schedules(folder, Number(values.seconds), Number(values.seed)),
  start: () => starts(folder, Number(values.rounds)),
  merge: () => merges(folder, Number(values.files)),
  pictures: () => pictureMerges(folder, Number(values.files)),
};
try {
  for (const [name, run] of Object.entries(parts)) {
    if (values.only === undefined || values.only === name) await run();
  }
} finally {
  await Deno.remove(folder, { recursive: true });
}
