/**
 * `trtis shard COMMAND ...`: another command, with the share of the work that this task finds for itself.
 *
 * @module
 */
import { type Command, defineCommand } from "../cli/command.ts";
import { dispatch } from "../cli/dispatch.ts";
import { findEntry, nearestName, type Program } from "../cli/entry.ts";
import { usageError, withSuggestion } from "../cli/usage.ts";
import { shardFlags } from "./shared/shard_flags.ts";

/** The command over a program. */
export function shardCommand(program: Program): Command {
  return defineCommand({
    name: "shard",
    summary: "run a command on this task's share of the work (Slurm, MPI, Kubernetes, parallel)",
    group: "machines",
    examples: [
      {
        text: "In the script of a Slurm array job",
        command: "trtis shard image_client -m resnet50 -o part-$SLURM_ARRAY_TASK_ID.csv photos/",
      },
      {
        text: "Where the number of tasks is not in the environment",
        command: "trtis shard --shards 8 perf_client -m simple --request-rate 2000",
      },
    ],
    positionals: [{ name: "COMMAND", help: "the command and its arguments", many: true }],
    passesOn: true,
    flags: { shards: shardFlags.shards },
    notes: [
      "It is the same as --shard auto: Slurm's array tasks go first, then srun, OpenMPI, MPICH, Kubernetes " +
      "(JOB_COMPLETION_INDEX) and GNU parallel (PARALLEL_SEQ); the last two need --shards.",
    ],
    async run({ shards }, [name, ...rest], context) {
      if (name === undefined) throw usageError("Missing argument COMMAND: the command to run");
      const entry = findEntry(program.entries, name);
      if (entry === undefined) {
        const near = nearestName(program.entries, name);
        throw usageError(withSuggestion(`Unknown command "${name}"`, near && `"${near}"`));
      }
      const { command } = await entry.load();
      if (!("shard" in command.flags)) {
        throw usageError(
          `Cannot split ${command.name} into shards`,
          "the image clients and perf_client can be split",
        );
      }
      // The arguments come after: they may say otherwise.
      const found = ["--shard=auto", ...shards === undefined ? [] : [`--shards=${shards}`]];
      return await dispatch([name, ...found, ...rest], context, program);
    },
  });
}
