import { assert, assertEquals } from "@std/assert";
import { InferenceError } from "../../base/errors.ts";
import { shardName } from "../../base/shard.ts";
import { parseShard, readShard, SHARD_VARIABLES, shardOfEnvironment } from "./find_shard.ts";

const env = (values: Readonly<Record<string, string>>) => (name: string) => {
  assert((SHARD_VARIABLES as readonly string[]).includes(name), `${name} is not allowed`);
  return values[name];
};

function refused(body: () => unknown): string {
  try {
    body();
  } catch (error) {
    assert(error instanceof InferenceError, String(error));
    assertEquals(error.code, "USAGE");
    return `${error.message}; ${error.hint}`;
  }
  throw new Error("not refused");
}

Deno.test("shards as given", () => {
  assertEquals(parseShard("2/8"), { index: 2, count: 8, source: "--shard" });
  assertEquals(shardName(parseShard(" 0/1 ")), "0/1");
  for (const text of ["8/8", "9/8", "0/0", "1", "1/", "-1/8", "1/8/2", "a/b", "", "1.5/8"]) {
    refused(() => parseShard(text));
  }
  assertEquals(
    refused(() => parseShard("8/8")),
    "Cannot use shard 8/8 from --shard: shards of 8 are 0 to 7; undefined",
  );
});

Deno.test("shards that the engines tell", () => {
  const table: [Record<string, string>, number | undefined, string][] = [
    // In an array job SLURM_PROCID is 0 in every task.
    [
      {
        SLURM_ARRAY_TASK_ID: "3",
        SLURM_ARRAY_TASK_MIN: "0",
        SLURM_ARRAY_TASK_MAX: "7",
        SLURM_ARRAY_TASK_COUNT: "8",
        SLURM_PROCID: "0",
        SLURM_NTASKS: "1",
      },
      undefined,
      "3/8",
    ],
    [
      {
        SLURM_ARRAY_TASK_ID: "14",
        SLURM_ARRAY_TASK_MIN: "10",
        SLURM_ARRAY_TASK_MAX: "16",
        SLURM_ARRAY_TASK_STEP: "2",
      },
      undefined,
      "2/4",
    ],
    [{ SLURM_PROCID: "5", SLURM_NTASKS: "6" }, undefined, "5/6"],
    [{ OMPI_COMM_WORLD_RANK: "1", OMPI_COMM_WORLD_SIZE: "2" }, undefined, "1/2"],
    [{ PMI_RANK: "0", PMI_SIZE: "4" }, undefined, "0/4"],
    [{ JOB_COMPLETION_INDEX: "7" }, 8, "7/8"],
    // GNU parallel counts from 1.
    [{ PARALLEL_SEQ: "1" }, 8, "0/8"],
    [{ PARALLEL_SEQ: "8" }, 8, "7/8"],
  ];
  for (const [values, count, wanted] of table) {
    assertEquals(shardName(shardOfEnvironment(env(values), count)!), wanted);
  }
  assertEquals(shardOfEnvironment(env({})), undefined);
  assertEquals(shardOfEnvironment(env({ SLURM_PROCID: "" })), undefined);
});

Deno.test("environments that don't say enough, or contradict themselves", () => {
  const table: [Record<string, string>, number | undefined, string][] = [
    [{ JOB_COMPLETION_INDEX: "7" }, undefined, "--shards N"],
    [{ PARALLEL_SEQ: "0" }, 8, "below its first"],
    [{ PARALLEL_SEQ: "9" }, 8, "8/8"],
    [{ SLURM_PROCID: "x", SLURM_NTASKS: "2" }, undefined, 'SLURM_PROCID="x"'],
    [
      {
        SLURM_ARRAY_TASK_ID: "3",
        SLURM_ARRAY_TASK_MIN: "1",
        SLURM_ARRAY_TASK_MAX: "7",
        SLURM_ARRAY_TASK_COUNT: "3",
      },
      undefined,
      "evenly spaced",
    ],
    [
      {
        SLURM_ARRAY_TASK_ID: "11",
        SLURM_ARRAY_TASK_MIN: "10",
        SLURM_ARRAY_TASK_MAX: "16",
        SLURM_ARRAY_TASK_STEP: "2",
      },
      undefined,
      "evenly spaced",
    ],
  ];
  for (const [values, count, text] of table) {
    const message = refused(() => shardOfEnvironment(env(values), count));
    assert(message.includes(text), message);
  }
});

Deno.test("--shard and --shards", () => {
  const slurm = env({ SLURM_PROCID: "1", SLURM_NTASKS: "2" });
  assertEquals(readShard(undefined, undefined, slurm), undefined);
  assertEquals(readShard("none", undefined, slurm), undefined);
  assertEquals(shardName(readShard("AUTO", undefined, slurm)!), "1/2");
  assertEquals(shardName(readShard("0/8", undefined, slurm)!), "0/8");
  const again = (values: Record<string, string>) => readShard("0/8", 8, env(values))?.restarts;
  assertEquals(again({ SLURM_RESTART_COUNT: "2" }), 2);
  assertEquals(again({ SLURM_RESTART_COUNT: "2", TRTIS_RESTARTS: "1" }), 1);
  assertEquals(again({ TRTIS_RESTARTS: "0" }), undefined);
  assertEquals(again({ TRTIS_RESTARTS: "" }), undefined);
  refused(() => readShard("0/8", 8, env({ TRTIS_RESTARTS: "often" })));
  refused(() => readShard("0/8", 4, slurm));
  refused(() => readShard("auto", undefined, env({})));
  refused(() => readShard(undefined, 8, slurm));
});
