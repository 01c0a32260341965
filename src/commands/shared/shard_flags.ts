/**
 * The flags of a task that does one share of a job.
 *
 * @module
 */
import { restartsText, type Shard, shardName } from "../../base/shard.ts";
import type { FlagTable, OptionsOf } from "../../cli/flag.ts";
import { readShard } from "./find_shard.ts";

const section = "Many machines";

/** Which share this is, and of how many. */
export const shardFlags = {
  shard: {
    kind: "string",
    section,
    long: "shard",
    value: "I/N|auto|none",
    help: "do share I of N, I from 0; auto takes it from Slurm, MPI, Kubernetes or GNU parallel",
    defaultHelp: "none",
  },
  shards: {
    kind: "integer",
    section,
    long: "shards",
    value: "N",
    min: 1,
    max: 1_000_000,
    help: "how many shares there are, where --shard auto can't find out",
  },
  startAt: {
    kind: "string",
    section,
    long: "start-at",
    value: "TIME|+30s",
    help:
      "begin at this time of the machine's clock, such as 2026-12-01T08:00:00Z, or after a while",
  },
  barrier: {
    kind: "string",
    section,
    long: "barrier",
    value: "FILE|HOST:PORT",
    help:
      "begin when all shards are there: they meet at a file in a shared folder, or at an address of shard 0 " +
      "(:PORT for tasks on one machine)",
  },
  barrierTimeout: {
    kind: "string",
    section,
    long: "barrier-timeout",
    value: "TIME",
    default: "60s",
    help: "give up, and say who is missing, after this time",
  },
} as const satisfies FlagTable;

/** For commands that begin at once. */
export const shareFlags = { shard: shardFlags.shard, shards: shardFlags.shards };

/** Their options. */
export type ShardOptions = OptionsOf<typeof shardFlags>;

/** The share that the flags ask for. @throws {InferenceError} USAGE */
export function shardOf(
  { shard, shards }: Pick<ShardOptions, "shard" | "shards">,
): Shard | undefined {
  return readShard(shard, shards, (name) => Deno.env.get(name));
}

/** The line that says which share a task does. */
export function shardLine(shard: Shard): string {
  return `Shard ${shardName(shard)}, from ${shard.source}${restartsText(shard.restarts)}\n`;
}
