/**
 * Which share of a job a task has: from `--shard`, or from what the engine that started it put into
 * the environment.
 *
 * @module
 */
import { usageError } from "../../cli/usage.ts";
import { type Shard, shardName } from "../../base/shard.ts";

/** Reads a variable of the environment. */
export type ReadEnv = (name: string) => string | undefined;

/** Variables that {@linkcode readShard} reads; the program is allowed no others. */
export const SHARD_VARIABLES = [
  "SLURM_ARRAY_TASK_ID",
  "SLURM_ARRAY_TASK_MIN",
  "SLURM_ARRAY_TASK_MAX",
  "SLURM_ARRAY_TASK_STEP",
  "SLURM_ARRAY_TASK_COUNT",
  "SLURM_PROCID",
  "SLURM_NTASKS",
  "OMPI_COMM_WORLD_RANK",
  "OMPI_COMM_WORLD_SIZE",
  "PMI_RANK",
  "PMI_SIZE",
  "JOB_COMPLETION_INDEX",
  "PARALLEL_SEQ",
  "SLURM_RESTART_COUNT",
  "TRTIS_RESTARTS",
] as const;

/** Reads `I/N`, I from 0. @throws {InferenceError} USAGE */
export function parseShard(text: string): Shard {
  const match = /^(\d{1,9})\/(\d{1,9})$/.exec(text.trim());
  if (match === null) {
    throw usageError(`Cannot use "${text}" for --shard: expected I/N, such as 0/8, auto or none`);
  }
  return checked(Number(match[1]), Number(match[2]), "--shard");
}

function checked(index: number, count: number, source: string): Shard {
  if (count < 1) throw usageError(`Cannot use ${source}: there must be at least one shard`);
  if (index < count) return { index, count, source };
  throw usageError(
    `Cannot use shard ${index}/${count} from ${source}: shards of ${count} are 0 to ${count - 1}`,
  );
}

/**
 * The share of this task, from the environment of Slurm (array jobs, then `srun`), OpenMPI, MPICH,
 * a Kubernetes Indexed Job or GNU parallel, in this order. `SLURM_PROCID` is 0 in every task of an
 * array, so the array goes first.
 *
 * @param count `--shards`: needed where the engine doesn't tell how many there are
 * @throws {InferenceError} USAGE when the variables contradict one another or `count` is missing
 */
export function shardOfEnvironment(env: ReadEnv, count?: number): Shard | undefined {
  const whole = (name: string) => wholeNumber(name, env(name));
  const array = whole("SLURM_ARRAY_TASK_ID");
  if (array !== undefined) return slurmArray(array, whole, count);
  const ranks = [
    ["SLURM_PROCID", "SLURM_NTASKS"],
    ["OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE"],
    ["PMI_RANK", "PMI_SIZE"],
  ] as const;
  for (const [rank, size] of ranks) {
    const index = whole(rank);
    if (index !== undefined) return counted(index, count ?? whole(size), rank);
  }
  const completion = whole("JOB_COMPLETION_INDEX");
  if (completion !== undefined) return counted(completion, count, "JOB_COMPLETION_INDEX");
  const sequence = whole("PARALLEL_SEQ");
  // GNU parallel counts from 1.
  if (sequence !== undefined) return counted(sequence - 1, count, "PARALLEL_SEQ");
  return undefined;
}

/**
 * The share that `--shard` and `--shards` ask for, and how often its task was started again: as Slurm
 * says, or `TRTIS_RESTARTS`, where a manifest can put what its engine knows.
 *
 * @throws {InferenceError} USAGE
 */
export function readShard(
  text: string | undefined,
  count: number | undefined,
  env: ReadEnv,
): Shard | undefined {
  const shard = readShare(text, count, env);
  if (shard === undefined) return undefined;
  const whole = (name: string) => wholeNumber(name, env(name));
  const restarts = whole("TRTIS_RESTARTS") ?? whole("SLURM_RESTART_COUNT") ?? 0;
  return restarts === 0 ? shard : { ...shard, restarts };
}

function readShare(
  text: string | undefined,
  count: number | undefined,
  env: ReadEnv,
): Shard | undefined {
  const word = text?.trim().toLowerCase() ?? "none";
  if (word === "none") {
    if (count === undefined) return undefined;
    throw usageError(
      "--shards says how many shards there are, not which one this is",
      "add --shard auto",
    );
  }
  if (word !== "auto") {
    const shard = parseShard(text!);
    if (count === undefined || count === shard.count) return shard;
    throw usageError(`--shard ${shardName(shard)} and --shards ${count} contradict each other`);
  }
  const found = shardOfEnvironment(env, count);
  if (found !== undefined) return found;
  throw usageError(
    "--shard auto found no task number in the environment",
    "run it under Slurm, MPI, a Kubernetes Indexed Job or GNU parallel, or give --shard I/N",
  );
}

function slurmArray(
  id: number,
  whole: (name: string) => number | undefined,
  count: number | undefined,
): Shard {
  const source = "SLURM_ARRAY_TASK_ID";
  const first = whole("SLURM_ARRAY_TASK_MIN") ?? 0;
  const step = Math.max(1, whole("SLURM_ARRAY_TASK_STEP") ?? 1);
  const last = whole("SLURM_ARRAY_TASK_MAX");
  const size = whole("SLURM_ARRAY_TASK_COUNT") ??
    (last === undefined ? undefined : Math.floor((last - first) / step) + 1);
  const index = (id - first) / step;
  const even = last === undefined || size === undefined || first + (size - 1) * step === last;
  if (!Number.isInteger(index) || index < 0 || !even) {
    throw usageError(
      `Cannot tell which share task ${id} of the Slurm array has: its task numbers are not evenly spaced`,
      "use --array=0-7, or give --shard I/N",
    );
  }
  return counted(index, count ?? size, source);
}

function counted(index: number, count: number | undefined, source: string): Shard {
  if (count === undefined) {
    throw usageError(
      `${source} says that this is task ${index}, but not of how many`,
      "add --shards N",
    );
  }
  if (index < 0) throw usageError(`Cannot use ${source}: it is below its first value`);
  return checked(index, count, source);
}

function wholeNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined || text === "") return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw usageError(`Cannot use the variable ${name}="${text}": expected a whole number`);
}
